import { CelError } from '../error';
import { fn, method, Overload } from '../overload';
import { quoted } from '../text';
import { BOOL, listOf, mapOf, opaque, STRING } from '../type';
import { Opaque } from '../value';
import { parseIp } from './ip';

const URL_TYPE = opaque('kubernetes.URL');

/** A URL as Go's net/url takes it, which is laxer than what browsers do. */
class GoUrl extends Opaque {
  public readonly type = URL_TYPE;

  constructor(
    private readonly text: string,
    public readonly scheme: string,
    public readonly host: string,
    public readonly path: string,
    public readonly query: string,
  ) {
    super();
  }

  public equals(other: GoUrl): boolean {
    return this.text === other.text;
  }

  public hostname(): string {
    return this.host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
  }

  public port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? '';
  }

  /** The path as it is written when that is an encoding of it, else encoded anew. */
  public escapedPath(): string {
    return /^[A-Za-z0-9\-_.~/$&+,:;=@!'()*[\]%]*$/.test(this.path) ? this.path : encodePath(decode(this.path));
  }

  public values(): Map<string, string[]> {
    const values = new Map<string, string[]>();
    for (const pair of this.query.split('&')) {
      const [, key, value = ''] = /^([^=]*)=?(.*)$/s.exec(pair)!;
      if (pair !== '' && !pair.includes(';') && isEncoded(pair)) {
        const name = decode(key.replaceAll('+', ' ')).toString();
        values.set(name, [...values.get(name) ?? [], decode(value.replaceAll('+', ' ')).toString()]);
      }
    }
    return values;
  }
}

function isEncoded(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

function decode(text: string): Buffer {
  const pieces = text.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(pieces.map((part, at) => at % 2 === 1 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part)));
}

function encodePath(bytes: Buffer): string {
  return [...bytes].map(byte => {
    const char = String.fromCharCode(byte);
    return byte < 0x80 && /[A-Za-z0-9\-_.~/$&+,:;=@]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** A part of a URL that is wrong. */
class Malformed extends Error {}

/** The look that decides takes a fragment for a part of path or query. */
function checkRequest(text: string): void {
  if (/[\x00-\x1f\x7f]/.test(text)) {
    throw new Malformed('net/url: invalid control character in URL');
  }
  if (text === '') {
    throw new Malformed('empty url');
  }
  parts(text);
}

function parts(text: string): GoUrl {
  if (text === '*') {
    return new GoUrl(text, '', '', '*', '');
  }
  if (text.startsWith(':')) {
    throw new Malformed('missing protocol scheme');
  }
  const [, scheme = '', rest, query = ''] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?([^?]*)(?:\?(.*))?$/s.exec(text)!;
  const lower = scheme.toLowerCase();
  if (!rest.startsWith('/')) {
    if (scheme === '') {
      throw new Malformed('invalid URI for request');
    }
    return new GoUrl(text, lower, '', '', query);
  }
  const [, authority, path] = scheme !== '' && rest.startsWith('//') ? /^\/\/([^/]*)(.*)$/s.exec(rest)! : ['', undefined, rest];
  const host = authority === undefined ? '' : parseAuthority(lower, authority);
  checkEncoded(path);
  return new GoUrl(text, lower, host, path, query);
}

function checkEncoded(text: string): void {
  if (!isEncoded(text)) {
    throw new Malformed(`invalid URL escape ${quoted(/%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)![0])}`);
  }
}

function parseAuthority(scheme: string, authority: string): string {
  const at = authority.lastIndexOf('@');
  const host = parseHost(scheme, authority.slice(at + 1));
  const user = authority.slice(0, Math.max(at, 0));
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) {
    throw new Malformed('net/url: invalid userinfo');
  }
  checkEncoded(user);
  return host;
}

function parseHost(scheme: string, host: string): string {
  const open = host.lastIndexOf('[');
  if (open > 0) {
    throw new Malformed('invalid IP-literal');
  }
  if (open === 0) {
    return parseLiteral(host);
  }
  const strict = scheme === 'http' || scheme === 'https';
  const colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
  checkPort(colon < 0 ? '' : host.slice(colon));
  return unescapeHost(host);
}

function checkPort(port: string): void {
  if (!/^(:\d*)?$/.test(port)) {
    throw new Malformed(`invalid port ${quoted(port)} after host`);
  }
}

/** An IPv6 address in brackets, with a zone after `%25`. */
function parseLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) {
    throw new Malformed('missing \']\' in host');
  }
  checkPort(host.slice(close + 1));
  const [address, ...zone] = host.slice(1, close).split('%25');
  const ip = parseIp(unescapeHost(address));
  if (!ip || ip.bits === 32 || zone.length > 0 && zone.join('') === '') {
    throw new Malformed('invalid host: unable to parse IP');
  }
  const suffix = zone.length > 0 ? `%${unescapeZone(zone.join('%25'))}` : '';
  return `[${unescapeHost(address)}${suffix}]${host.slice(close + 1)}`;
}

/** Only what is beyond ASCII may be escaped in a host. */
function unescapeHost(host: string): string {
  checkEncoded(host);
  const wrong = /%(?!25)[0-7]./.exec(host);
  if (wrong) {
    throw new Malformed(`invalid URL escape ${quoted(wrong[0])}`);
  }
  const character = /[ #/?@\\^`{|}]/.exec(host);
  if (character) {
    throw new Malformed(`invalid character ${quoted(character[0])} in host name`);
  }
  return decode(host).toString();
}

function unescapeZone(zone: string): string {
  checkEncoded(zone);
  const decoded = decode(zone).toString();
  if (/[#/?@\\^`{|}]/.test(decoded)) {
    throw new Malformed(`invalid URL escape ${quoted(zone)}`);
  }
  return decoded;
}

function errorOf(error: unknown): string {
  if (error instanceof Malformed) {
    return error.message;
  }
  throw error;
}

/** What is wrong with a URL, or undefined. */
export function urlProblem(text: string): string | undefined {
  try {
    checkRequest(text);
    return undefined;
  } catch (error) {
    return `parse ${quoted(text)}: ${errorOf(error)}`;
  }
}

function toUrl(text: string): GoUrl {
  const problem = urlProblem(text);
  if (problem !== undefined) {
    throw new CelError(`URL parse error during conversion from string: ${problem}`);
  }
  return parts(text.split('#')[0]);
}

export const URLS: readonly Overload[] = [
  fn('url', [STRING], URL_TYPE, toUrl),
  fn('isURL', [STRING], BOOL, (text: string) => urlProblem(text) === undefined),
  method('getScheme', [URL_TYPE], STRING, (url: GoUrl) => url.scheme),
  method('getHost', [URL_TYPE], STRING, (url: GoUrl) => url.host),
  method('getHostname', [URL_TYPE], STRING, (url: GoUrl) => url.hostname()),
  method('getPort', [URL_TYPE], STRING, (url: GoUrl) => url.port()),
  method('getEscapedPath', [URL_TYPE], STRING, (url: GoUrl) => url.escapedPath()),
  method('getQuery', [URL_TYPE], mapOf(STRING, listOf(STRING)), (url: GoUrl) => url.values()),
];
