import { createSocket } from 'node:dgram';
import { ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import { connect, Socket } from 'node:net';
import { connect as connectTls, SecureVersion } from 'node:tls';
import { Destination } from './destination';
import { call } from './grpc';
import { Seen, seenIn } from './seen';
import type { TokenSpec } from './token';
import type { Authority, Certificate } from '../world/certificates';

/** A request of a case. */
export interface RequestSpec {
  /** What it shows. */
  readonly name: string;
  /** The workload that sends it, as namespace/name; without it, somebody outside of the cluster. */
  readonly from?: string;
  /** The gateway that somebody outside reaches, as namespace/name of its workload. */
  readonly through?: string;
  /** With http, https, ws, wss, grpc or grpcs (whose path is the service and the method), tls, tcp or udp. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The body that it has: how long it is, and whether that is told before. */
  readonly body?: BodySpec;
  /** The Host header, where it is not that of the URL. */
  readonly host?: string;
  /** The name of the server in the TLS handshake, where it is not that of the URL. */
  readonly sni?: string;
  /** The only version of TLS that the client speaks. */
  readonly tlsVersion?: SecureVersion;
  /** Who signed the certificate that the client shows; without it, it shows none. */
  readonly certificate?: Authority;
  /** The address on loopback from which somebody outside connects. */
  readonly clientIp?: string;
  /** The address of the client that a load balancer in front tells in a header of the PROXY protocol. */
  readonly proxyProtocol?: string;
  /** Headers of the answer that the verdict tells, though they say nothing elsewhere. */
  readonly tells?: readonly string[];
  /** What `{token}` in its headers and its URL stands for. */
  readonly token?: TokenSpec;
  /** Between which milliseconds it must take. */
  readonly took?: Bounds;
  /** How often it is sent; by default once. */
  readonly times?: number;
  /** What is told of many requests without shares. */
  readonly tell?: Telling;
  /** Which share of them each backend must get, in percent. */
  readonly shares?: { readonly [backend: string]: number };
  /** For how many of them each mirror must get a copy, in percent. */
  readonly mirrors?: { readonly [backend: string]: number };
}

/** A body of a request. */
export interface BodySpec {
  readonly bytes: number;
  /** In chunks, of which nobody knows before how many there will be. */
  readonly chunked?: boolean;
}

/** Generous ones: machines are busy. */
export interface Bounds {
  readonly least: number;
  readonly below: number;
}

/** How often each outcome came, of requests one after the other; which outcomes came of all at once; whether one backend answered, or several. */
export type Telling = 'counts' | 'burst' | 'spread';

/** What came back. */
export interface Reply {
  /** The status, or what happened instead. */
  readonly outcome: number | string;
  readonly headers?: { readonly [name: string]: string };
  /** What the backend says that it saw, when a backend answered. */
  readonly seen?: Seen;
}

/** Whom clients outside trust, and how they show who they are. */
export interface ClientTrust {
  /** The authority, as PEM. */
  readonly authority: string;
  certificateBy(authority: Authority): Certificate;
}

const TIMEOUT = 8_000;
/** Milliseconds after which nobody answers a datagram any more. */
const DATAGRAM_TIMEOUT = 1_000;
const PORTS: { readonly [protocol: string]: number } = { 'http:': 80, 'ws:': 80, 'grpc:': 80, 'https:': 443, 'wss:': 443, 'grpcs:': 443, 'tls:': 443 };
/** What a client with TLS offers to speak. */
const ALPN: { readonly [protocol: string]: string[] | undefined } = { 'https:': ['http/1.1'], 'wss:': ['http/1.1'], 'grpcs:': ['h2'], 'tls:': undefined };

export function portOf(url: URL): number {
  return url.port === '' ? PORTS[url.protocol] : Number(url.port);
}

/** Sends a request over a connection of its own. */
export async function send(spec: RequestSpec, to: Destination, trust: ClientTrust, extra: { readonly [name: string]: string } = {}): Promise<Reply> {
  const url = new URL(spec.url);
  let socket: Socket | undefined;
  try {
    if (url.protocol === 'udp:') {
      return await askByDatagram(to);
    }
    socket = await open(spec, url, to, trust);
    return await speak(spec, url, socket, extra);
  } catch (error) {
    return { outcome: nameOf(error as NodeJS.ErrnoException) };
  } finally {
    socket?.destroy();
  }
}

function speak(spec: RequestSpec, url: URL, socket: Socket, extra: { readonly [name: string]: string }): Promise<Reply> {
  switch (url.protocol) {
    case 'tcp:': case 'tls:': return talk(socket);
    case 'grpc:': case 'grpcs:': return call(spec, url, socket, extra);
    case 'ws:': case 'wss:': return upgrade(spec, url, socket, extra);
    default: return exchange(spec, url, socket, extra);
  }
}

async function open(spec: RequestSpec, url: URL, { ip, port, preamble }: Destination, trust: ClientTrust): Promise<Socket> {
  const { sni, tlsVersion, certificate, clientIp } = spec;
  const socket = connect({ host: ip, port, localAddress: clientIp });
  socket.setTimeout(TIMEOUT, () => socket.destroy(new Error('timeout')));
  await event(socket, 'connect');
  if (preamble !== undefined) {
    socket.write(preamble);
  }
  if (!(url.protocol in ALPN)) {
    return socket;
  }
  const own = certificate && trust.certificateBy(certificate);
  const secure = connectTls({
    socket,
    servername: sni ?? url.hostname,
    ca: trust.authority,
    ALPNProtocols: ALPN[url.protocol],
    ...own && { cert: own.certificate, key: own.key },
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

async function exchange(spec: RequestSpec, url: URL, socket: Socket, extra: object): Promise<Reply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { body } = spec;
    const length = body === undefined ? {} : body.chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.bytes };
    begin(spec, url, socket, { ...length, ...extra }, resolve).on('error', reject).end(body && 'x'.repeat(body.bytes));
  });
  return replyOf(response);
}

/** Asks for a WebSocket, and sends a line through it: what is inside of frames is nobody's matter here. */
async function upgrade(spec: RequestSpec, url: URL, socket: Socket, extra: object): Promise<Reply> {
  const headers = { 'connection': 'Upgrade', 'upgrade': 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': Buffer.alloc(16).toString('base64') };
  return new Promise((resolve, reject) => {
    begin(spec, url, socket, { ...headers, ...extra }, response => replyOf(response).then(resolve, reject))
      .on('upgrade', ({ statusCode }, upgraded) => talk(upgraded as Socket).then(({ seen }) => resolve({ outcome: statusCode!, seen }), reject))
      .on('error', reject).end();
  });
}

type Answer = (response: IncomingMessage) => void;

function begin({ url: text, method = 'GET', headers, host }: RequestSpec, url: URL, socket: Socket, extra: object, answer: Answer): ClientRequest {
  const all = { host: host ?? url.host, ...headers, ...extra };
  return httpRequest({ createConnection: () => socket, method, path: pathOf(text), headers: all }, answer);
}

async function replyOf(response: IncomingMessage): Promise<Reply> {
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

function askByDatagram({ ip, port }: Destination): Promise<Reply> {
  const socket = createSocket('udp4');
  return new Promise<Reply>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timeout')), DATAGRAM_TIMEOUT);
    socket.on('error', reject).on('close', () => clearTimeout(timer))
      .on('message', text => resolve({ outcome: 'answered', seen: seenIn(text.toString()) }));
    // Only a socket that is connected hears that nothing listens.
    socket.connect(port, ip, () => socket.send('ping'));
  }).finally(() => socket.close());
}

/** As it is written: parsing a URL resolves dots in its path. */
function pathOf(url: string): string {
  return /^\w+:\/\/[^/?]*(.*)$/.exec(url)?.[1] || '/';
}

function nameOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ECONNRESET': case 'EPIPE': return 'closed';
    case 'ECONNREFUSED': return 'nothing listens';
    default: return code ?? message;
  }
}
