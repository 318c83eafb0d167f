import { createServer as createHttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttp2Server, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls';
import { Certificates } from '../world/certificates';

/** What a backend says that it saw. */
export interface Seen {
  readonly backend: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The name of the server, when the backend was spoken to in TLS. */
  readonly sni?: string;
}

/** A backend that listens. */
export interface Backend {
  readonly name: string;
  readonly port: number;
}

/** By this header a test knows its request again; also in copies of it. */
export const TAG = 'x-conformance-request';
/** By these a request tells a backend how to answer. */
export const ANSWER = { delay: 'x-answer-after-ms', status: 'x-answer-status' };

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

const HTTP2_PREFACE = 'PRI * HTTP/2.0';
const TLS_HANDSHAKE = 0x16;
const HTTP = /^[A-Z]+ /;

/** Servers on loopback that stand for applications and for the outside: each says what it saw, over HTTP of both versions, TLS or plain TCP. */
export class Backends {
  private readonly started = new Map<string, Promise<Backend>>();
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly seenByTag = new Map<string, string[]>();

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

  /** Which backends saw a request, as often as they saw it. */
  public sawRequest(tag: string): string[] {
    return [...this.seenByTag.get(tag) ?? []].sort();
  }

  public async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await Promise.all(this.servers.map(server => new Promise(resolve => server.close(resolve))));
  }

  private accept(name: string, socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
    this.serve(name, socket);
  }

  /** Looks at the first bytes to know what is spoken. */
  private serve(name: string, socket: Socket, sni?: string): void {
    socket.once('data', (chunk: Buffer) => {
      const start = chunk.toString('latin1');
      if (sni === undefined && chunk[0] === TLS_HANDSHAKE) {
        socket.pause();
        socket.unshift(chunk);
        this.serveTls(name, socket);
      } else if (start.startsWith(HTTP2_PREFACE)) {
        socket.pause();
        socket.unshift(chunk);
        createHttp2Server((request, response) => void this.answer(name, request, response, sni)).emit('connection', socket);
      } else if (HTTP.test(start)) {
        socket.pause();
        socket.unshift(chunk);
        createHttpServer((request, response) => void this.answer(name, request, response, sni)).emit('connection', socket);
        socket.resume();
      } else {
        socket.end(`${JSON.stringify({ backend: name, sni })}\n`);
      }
    });
  }

  /** Has a certificate for each host that the test made one for, whatever its name. */
  private serveTls(name: string, socket: Socket): void {
    const server = createTlsServer({
      ALPNProtocols: ['http/1.1', 'h2'],
      SNICallback: (host, done) => {
        const made = this.certificates.certificates[`host/${host}`];
        done(null, made && createSecureContext({ cert: made.certificate, key: made.key }));
      },
    }, (secure: TLSSocket) => this.serve(name, secure.on('error', () => secure.destroy()), (secure as { servername?: string }).servername ?? ''));
    server.on('tlsClientError', () => socket.destroy());
    server.emit('connection', socket);
  }

  private async answer(name: string, request: Request, response: Response, sni: string | undefined): Promise<void> {
    const header = (key: string) => request.headers[key] as string | undefined;
    const tag = header(TAG);
    if (tag !== undefined) {
      this.seenByTag.set(tag, [...this.seenByTag.get(tag) ?? [], name]);
    }
    await new Promise(resolve => setTimeout(resolve, Number(header(ANSWER.delay) ?? 0)));
    // HTTP/2 has what is in the request line among the headers.
    const headers = Object.fromEntries(Object.entries({ host: header(':authority'), ...request.headers })
      .filter(([key, value]) => !key.startsWith(':') && value !== undefined)
      .map(([key, value]) => [key, String(value)]));
    const seen: Seen = { backend: name, method: request.method, path: request.url, headers, ...sni !== undefined && { sni } };
    response.writeHead(Number(header(ANSWER.status) ?? 200), { 'content-type': 'application/json' });
    response.end(JSON.stringify(seen));
  }
}
