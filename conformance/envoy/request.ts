import { ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import { connect, Socket } from 'node:net';
import { connect as connectTls, SecureVersion } from 'node:tls';
import { Seen } from './backends';
import { Destination } from './destination';

/** A request of a case. */
export interface RequestSpec {
  /** What it shows. */
  readonly name: string;
  /** The workload that sends it, as namespace/name; without it, somebody outside of the cluster. */
  readonly from?: string;
  /** The gateway that somebody outside reaches, as namespace/name of its workload. */
  readonly through?: string;
  /** With http, https or tcp. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The Host header, where it is not that of the URL. */
  readonly host?: string;
  /** The name of the server in the TLS handshake, where it is not that of the URL. */
  readonly sni?: string;
  /** The only version of TLS that the client speaks. */
  readonly tlsVersion?: SecureVersion;
  /** How often it is sent; by default once. */
  readonly times?: number;
  /** Which share of them each backend must get, in percent. */
  readonly shares?: { readonly [backend: string]: number };
}

/** What came back. */
export interface Reply {
  /** The status, or what happened instead. */
  readonly outcome: number | string;
  readonly headers?: { readonly [name: string]: string };
  /** What the backend says that it saw, when a backend answered. */
  readonly seen?: Seen;
}

const TIMEOUT = 8_000;
const PORTS: { readonly [protocol: string]: number } = { 'http:': 80, 'https:': 443 };

export function portOf(url: URL): number {
  return url.port === '' ? PORTS[url.protocol] : Number(url.port);
}

/** Sends a request over a connection of its own. */
export async function send(spec: RequestSpec, to: Destination, trusted: string, extra: { readonly [name: string]: string } = {}): Promise<Reply> {
  const url = new URL(spec.url);
  let socket: Socket | undefined;
  try {
    socket = await open(spec, url, to, trusted);
    return await (url.protocol === 'tcp:' ? talk(socket) : exchange(spec, url, socket, extra));
  } catch (error) {
    return { outcome: nameOf(error as NodeJS.ErrnoException) };
  } finally {
    socket?.destroy();
  }
}

async function open({ sni, tlsVersion }: RequestSpec, url: URL, { ip, port, preamble }: Destination, ca: string): Promise<Socket> {
  const socket = connect({ host: ip, port });
  socket.setTimeout(TIMEOUT, () => socket.destroy(new Error('timeout')));
  await event(socket, 'connect');
  if (preamble !== undefined) {
    socket.write(preamble);
  }
  if (url.protocol !== 'https:') {
    return socket;
  }
  const secure = connectTls({
    socket,
    servername: sni ?? url.hostname,
    ca,
    ALPNProtocols: ['http/1.1'],
    // OpenSSL itself refuses what is older than 1.2, unless it is told not to.
    ...tlsVersion && { minVersion: tlsVersion, maxVersion: tlsVersion, ciphers: 'DEFAULT@SECLEVEL=0' },
  });
  await event(secure, 'secureConnect');
  return secure;
}

function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('closed'));
    socket.once(name, () => { socket.off('error', reject).off('close', end); resolve(); }).once('error', reject).once('close', end);
  });
}

async function exchange({ url: text, method = 'GET', headers, host }: RequestSpec, url: URL, socket: Socket, extra: object): Promise<Reply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request: ClientRequest = httpRequest({
      createConnection: () => socket,
      method,
      path: pathOf(text),
      headers: { host: host ?? url.host, ...headers, ...extra },
    }, resolve);
    request.on('error', reject).end();
  });
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) {
    body += chunk;
  }
  return { outcome: response.statusCode!, headers: response.headers as { [name: string]: string }, seen: seenIn(body) };
}

/** A line, and what comes back. */
async function talk(socket: Socket): Promise<Reply> {
  socket.write('ping\r\n');
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    text += chunk;
  }
  const seen = seenIn(text);
  return seen === undefined ? { outcome: 'closed' } : { outcome: 'answered', seen };
}

/** As it is written: parsing a URL resolves dots in its path. */
function pathOf(url: string): string {
  return /^\w+:\/\/[^/?]*(.*)$/.exec(url)?.[1] || '/';
}

/** Proxies answer in their own words: those are no backend's. */
function seenIn(text: string): Seen | undefined {
  try {
    const seen = JSON.parse(text) as Seen;
    return typeof seen.backend === 'string' ? seen : undefined;
  } catch {
    return undefined;
  }
}

function nameOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ECONNRESET': case 'EPIPE': return 'closed';
    case 'ECONNREFUSED': return 'nothing listens';
    default: return code ?? message;
  }
}
