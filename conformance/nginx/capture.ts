import { connect, createServer, Server, Socket } from 'node:net';
import { Destination } from '../envoy/destination';

/** What iptables do in a pod: connections to a Service end at the sidecar, which is told where they wanted to go. */
export class Capture {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();

  /** Sends what arrives at an address on. */
  public async listen(ip: string, port: number, to: Destination): Promise<void> {
    const server = createServer(socket => {
      const beyond = connect({ host: to.ip, port: to.port });
      this.keep(socket, beyond);
      this.keep(beyond, socket);
      if (to.preamble !== undefined) {
        beyond.write(to.preamble);
      }
      socket.pipe(beyond).pipe(socket);
    });
    this.servers.push(server);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, ip, resolve));
  }

  public async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await Promise.all(this.servers.map(server => new Promise(resolve => server.close(resolve))));
  }

  private keep(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => other.destroy()).on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}
