import { connect, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { Socket } from 'node:net';
import type { Reply, RequestSpec } from './request';
import { seenIn } from './seen';

/** The words of gRPC, by their number. */
const CODES = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
];
/** Of a message: whether it is compressed, and its length. */
const PREFIX = 5;

/** What gRPC sends: mostly a text in place of protobuf, which no proxy looks into. */
export function frame(content: string | Buffer): Buffer {
  const message = Buffer.from(content as string);
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Calls a method with an empty message. */
export async function call({ headers, host }: RequestSpec, url: URL, socket: Socket, extra: object): Promise<Reply> {
  const session = connect(`http://${url.host}`, { createConnection: () => socket });
  try {
    return await new Promise((resolve, reject) => {
      const scheme = url.protocol === 'grpcs:' ? 'https' : 'http';
      const stream = session.request({
        ':method': 'POST',
        ':scheme': scheme,
        ':authority': host ?? url.host,
        ':path': url.pathname,
        'content-type': 'application/grpc',
        'te': 'trailers',
        ...headers,
        ...extra,
      });
      const chunks: Buffer[] = [];
      let head: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
      let status: string | undefined;
      session.on('error', reject);
      stream.on('error', reject)
        .on('response', received => { head = received; status = received['grpc-status'] as string | undefined; })
        .on('trailers', received => status = received['grpc-status'] as string | undefined ?? status)
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve({
          outcome: status !== undefined ? CODES[Number(status)] : head[':status'] === undefined ? 'closed' : `HTTP ${head[':status']}`,
          headers: Object.fromEntries(Object.entries(head).filter(([name]) => !/^:|^grpc-/.test(name)).map(([name, value]) => [name, String(value)])),
          seen: seenIn(Buffer.concat(chunks).subarray(PREFIX).toString()),
        }))
        .end(frame(''));
    });
  } finally {
    session.destroy();
  }
}
