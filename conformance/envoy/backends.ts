import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { Answers, Request, Response } from './answers';
import { authorize } from './authorizer';
import { RateLimiter } from './rate-limiter';
import { Seen, TlsSeen } from './seen';
import { Certificates } from '../world/certificates';

/** A backend that listens. */
export interface Backend {
  readonly name: string;
  readonly port: number;
}

/** How a connection came. */
type Way = Partial<TlsSeen> & Pick<Seen, 'tunnel'>;

const HTTP2_PREFACE = 'PRI * HTTP/2.0';
const TLS_HANDSHAKE = 0x16;
const HTTP = /^[A-Z]+ /;

/** Servers on loopback that stand for applications and for the outside: each says what it saw, over HTTP of both versions, gRPC, TLS or plain TCP. */
export class Backends {
  private readonly started = new Map<string, Promise<Backend>>();
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly answers = new Answers();
  private readonly authorizers = new Set<string>();
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(private readonly certificates: Certificates) {
  }

  /** The backend of that name; it is started when it is first asked for. */
  public get(name: string): Promise<Backend> {
    const backend = this.started.get(name) ?? this.start(name, '127.0.0.1', 0);
    this.started.set(name, backend);
    return backend;
  }

  /** Starts a backend at an address of its own. */
  public async start(name: string, ip: string, port: number): Promise<Backend> {
    const server = createServer({ allowHalfOpen: false }, socket => this.accept(name, socket));
    this.servers.push(server);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, ip, resolve));
    return { name, port: (server.address() as AddressInfo).port };
  }

  /** Has the backend of that name decide on the requests of others. */
  public authorize(name: string): void {
    this.authorizers.add(name);
  }

  /** Has the backend of that name count the requests of others. */
  public limit(name: string, limiter: RateLimiter): void {
    this.limiters.set(name, limiter);
  }

  /** Which backends saw a request, as often as they saw it. */
  public sawRequest(tag: string): string[] {
    return this.answers.sawRequest(tag);
  }

  public async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await Promise.all([...new Set(this.limiters.values())].map(limiter => limiter.stop()));
    await Promise.all(this.servers.map(server => new Promise(resolve => server.close(resolve))));
  }

  private accept(name: string, socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    this.serve(name, socket);
  }

  /** Looks at the first bytes to know what is spoken. */
  private serve(name: string, socket: Socket, tls?: Way): void {
    socket.once('data', (chunk: Buffer) => {
      const start = chunk.toString('latin1');
      if (tls?.sni === undefined && chunk[0] === TLS_HANDSHAKE) {
        socket.pause();
        socket.unshift(chunk);
        this.serveTls(name, socket, tls);
      } else if (start.startsWith(HTTP2_PREFACE)) {
        socket.pause();
        socket.unshift(chunk);
        createHttp2Server((request, response) => void this.answer(name, request, response, tls)).emit('connection', socket);
      } else if (HTTP.test(start)) {
        socket.pause();
        socket.unshift(chunk);
        createHttpServer((request, response) => void this.answer(name, request, response, tls))
          .on('upgrade', (request, upgraded) => this.answers.upgrade(name, request, upgraded as Socket, tls))
          .on('connect', (request, tunnel) => this.openTunnel(name, request.url!, tunnel as Socket))
          .emit('connection', socket);
        socket.resume();
      } else {
        socket.end(`${JSON.stringify({ backend: name, ...tls } satisfies Seen)}\n`);
      }
    });
  }

  /** As a forward proxy does: what comes through the tunnel is for the host that it was asked for. */
  private openTunnel(name: string, target: string, socket: Socket): void {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    this.serve(target, socket, { tunnel: name });
  }

  private answer(name: string, request: Request, response: Response, tls?: Way): Promise<void> {
    const limiter = this.limiters.get(name);
    if (limiter !== undefined) {
      return limiter.decide(request, response);
    }
    return this.authorizers.has(name) ? authorize(request, response) : this.answers.answer(name, request, response, tls);
  }

  /** Has a certificate for each host that the test made one for, whatever its name. */
  private serveTls(name: string, socket: Socket, way?: Way): void {
    const server = createTlsServer({
      ALPNProtocols: ['http/1.1', 'h2'],
      // Who the client is, is said, and not judged.
      requestCert: true,
      rejectUnauthorized: false,
      SNICallback: (host, done) => {
        const made = this.certificates.certificates[`host/${host}`];
        done(null, made && createSecureContext({ cert: made.certificate, key: made.key }));
      },
    }, (secure: TLSSocket) => this.serve(name, secure.on('error', () => secure.destroy()), { ...way, ...tlsSeen(secure) }));
    server.on('tlsClientError', () => socket.destroy());
    server.emit('connection', socket);
  }
}

function tlsSeen(socket: TLSSocket): TlsSeen {
  const { subjectaltname: client } = socket.getPeerCertificate();
  return { sni: (socket as { servername?: string }).servername ?? '', ...client && { client } };
}
