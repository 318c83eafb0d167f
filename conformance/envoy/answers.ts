import { createHash } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Socket } from 'node:net';
import { frame } from './grpc';
import { Seen } from './seen';

/** By this header a test knows its request again; also in copies of it. */
export const TAG = 'x-conformance-request';
/** By these a request tells a backend how to answer: in gRPC, the status is one of gRPC; headers are JSON, and of HTTP. */
export const ANSWER = { delay: 'x-answer-after-ms', status: 'x-answer-status', times: 'x-answer-times', by: 'x-answer-by', headers: 'x-answer-headers' };

export type Request = IncomingMessage | Http2ServerRequest;
export type Response = ServerResponse | Http2ServerResponse;

const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What backends answer, and which requests they saw. */
export class Answers {
  private readonly seenByTag = new Map<string, string[]>();

  /** Which backends saw a request, as often as they saw it. */
  public sawRequest(tag: string): string[] {
    return [...this.seenByTag.get(tag) ?? []].sort();
  }

  public async answer(name: string, request: Request, response: Response, tls?: Partial<Seen>): Promise<void> {
    const header = (key: string) => request.headers[key] as string | undefined;
    // After so many tries it answers as usual, and so does a backend that is not meant.
    const asTold = this.note(name, request) <= Number(header(ANSWER.times) ?? Infinity) && (header(ANSWER.by) ?? name) === name;
    await new Promise(resolve => setTimeout(resolve, Number(asTold && header(ANSWER.delay) || 0)));
    const told = asTold ? header(ANSWER.status) : undefined;
    const seen = JSON.stringify(seenBy(name, request, tls));
    if (header('content-type')?.startsWith('application/grpc')) {
      response.writeHead(200, { 'content-type': 'application/grpc' });
      (response as Http2ServerResponse).write(frame(seen));
      response.addTrailers({ 'grpc-status': told ?? '0' });
      response.end();
    } else {
      const more = JSON.parse(asTold && header(ANSWER.headers) || '{}') as { [name: string]: string };
      response.writeHead(Number(told ?? 200), { 'content-type': 'application/json', ...more });
      response.end(seen);
    }
  }

  /** Takes an upgrade to a WebSocket, and says through it what it saw. */
  public upgrade(name: string, request: IncomingMessage, socket: Socket, tls?: Partial<Seen>): void {
    this.note(name, request);
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${WEBSOCKET}`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.once('data', () => socket.end(`${JSON.stringify(seenBy(name, request, tls))}\n`));
  }

  /** Gives how often the request was seen by now. */
  private note(name: string, { headers }: Request): number {
    const tag = headers[TAG] as string | undefined;
    if (tag === undefined) {
      return 1;
    }
    const seen = [...this.seenByTag.get(tag) ?? [], name];
    this.seenByTag.set(tag, seen);
    return seen.length;
  }
}

function seenBy(name: string, request: Request, tls?: Partial<Seen>): Seen {
  // HTTP/2 has what is in the request line among the headers.
  const headers = Object.fromEntries(Object.entries({ host: request.headers[':authority'], ...request.headers })
    .filter(([key, value]) => !key.startsWith(':') && value !== undefined)
    .map(([key, value]) => [key, String(value)]));
  return {
    backend: name, method: request.method, path: request.url, headers, ...tls, ...request.httpVersion === '2.0' && { protocol: 'HTTP/2' },
  };
}
