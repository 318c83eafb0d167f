import { request } from 'node:http';
import { connect } from 'node:http2';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { call } from '../envoy/grpc';
import { Seen, seenIn } from '../envoy/seen';
import { Certificate } from '../world/certificates';

/** What came back through a tunnel. */
export interface HboneReply {
  /** A status of HTTP, a word of gRPC, or `no tunnel`, `answered`, `closed`. */
  readonly status: number | string;
  /** Who answered, where it was none of the proxies. */
  readonly backend?: string;
  /** What a host outside saw, without headers. */
  readonly outside?: Omit<Seen, 'headers'>;
}

/** What is sent through a tunnel, and by whom. */
export interface HboneRequest {
  readonly waypoint: { readonly ip: string; readonly port: number };
  readonly identity: Certificate;
  /** The address that the client asked for. */
  readonly authority: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  /** What the client speaks: `http:`, `https:`, `grpc:`, or `tcp:` for bytes. */
  readonly protocol?: string;
}

const TIMEOUT = 5_000;

/** Sends a request as the proxy of a node does: in a tunnel by CONNECT, over mTLS with the identity of its pod. */
export async function sendByHbone({ waypoint, identity, authority, host, method, path, headers: own, protocol = 'http:' }: HboneRequest): Promise<HboneReply> {
  const session = connect(`https://${waypoint.ip}:${waypoint.port}`, { cert: identity.certificate, key: identity.key, rejectUnauthorized: false });
  try {
    return await new Promise<HboneReply>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method} ${path} by ${authority}`)), TIMEOUT);
      const done = (reply: HboneReply) => {
        clearTimeout(timer);
        resolve(reply);
      };
      session.on('error', () => done({ status: 'no tunnel' }));
      const tunnel = session.request({ ':method': 'CONNECT', ':authority': authority });
      tunnel.on('error', () => done({ status: 'no tunnel' })).on('response', headers => {
        if (headers[':status'] !== 200) {
          done({ status: 'no tunnel' });
          return;
        }
        const bytes = tunnel as unknown as Duplex;
        if (protocol === 'tcp:') {
          talk(bytes).then(done, () => done({ status: 'closed' }));
          return;
        }
        if (protocol === 'grpc:') {
          callBy(bytes, host, path).then(done, () => done({ status: 'closed' }));
          return;
        }
        const closed = () => done({ status: protocol === 'https:' ? 'closed' : 'no tunnel' });
        const connection = protocol === 'https:' ? connectTls({ socket: bytes, servername: host, rejectUnauthorized: false }).on('error', closed) : bytes;
        request({ method, path, headers: { ...own, host }, createConnection: () => connection as never }, response => {
          let body = '';
          response.setEncoding('utf8').on('data', more => body += more).on('error', closed).on('end', () => {
            done({ status: response.statusCode!, ...response.headers['x-backend'] && { backend: `${response.headers['x-backend']}` }, ...outside(body) });
          });
        }).on('error', closed).end();
      });
    });
  } finally {
    session.destroy();
  }
}

/** A call of gRPC. */
async function callBy(bytes: Duplex, host: string, path: string): Promise<HboneReply> {
  const url = `grpc://${host}${path}`;
  const { outcome, seen } = await call({ name: url, url }, new URL(url), bytes as never, {});
  const { headers, ...outsideOf } = seen ?? {};
  return { status: outcome, ...'backend' in outsideOf && { outside: outsideOf as Omit<Seen, 'headers'> } };
}

/** A line, and what comes back. */
async function talk(bytes: Duplex): Promise<HboneReply> {
  bytes.write('ping\r\n');
  let text = '';
  for await (const chunk of bytes.setEncoding('utf8')) {
    text += chunk;
  }
  return text === '' ? { status: 'closed' } : { status: 'answered', ...outside(text) };
}

function outside(text: string): Pick<HboneReply, 'outside'> {
  const { headers, ...seen } = seenIn(text) ?? {};
  return 'backend' in seen ? { outside: seen as Omit<Seen, 'headers'> } : {};
}
