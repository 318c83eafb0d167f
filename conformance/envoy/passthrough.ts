import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** Where the network leads to from an address that a client named: nothing, when there is nobody. */
export type Route = (address: string, port: number) => Promise<{ readonly ip: string; readonly port: number } | undefined>;

const HEADER = /^PROXY TCP4 \S+ (\S+) \d+ (\d+)\r\n/;

/** The network behind a proxy that passes a connection on to where its client wanted to go, which the proxy says in a header of the PROXY protocol. */
export class Passthrough {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly route: Route) {
    this.server = createServer(socket => {
      this.keep(socket);
      socket.once('data', (chunk: Buffer) => void this.forward(socket, chunk));
    });
  }

  /** The port at which it listens. */
  public async start(): Promise<number> {
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.server.close(resolve));
  }

  private async forward(socket: Socket, chunk: Buffer): Promise<void> {
    socket.pause();
    const [header = '', address, port] = HEADER.exec(chunk.toString('latin1')) ?? [];
    const to = header === '' ? undefined : await this.route(address, Number(port));
    if (to === undefined) {
      socket.destroy();
      return;
    }
    const onward = this.keep(connect(to.port, to.ip));
    onward.write(chunk.subarray(header.length));
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
  }
}
