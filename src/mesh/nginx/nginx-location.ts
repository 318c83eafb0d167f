import { hasControlCharacters, NginxDirective } from './nginx-directive';
import { NginxHostHeader, NginxRoute } from './nginx-route';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { describeDuration } from '../../semantics/duration';
import { prefixElements } from '../../semantics/path';

/** A route whose options nginx takes, in its words. */
export interface NginxLocation {
  readonly route: NginxRoute;
  /** The path without escapes, and whether what is below it is meant too; a prefix has no slash at its end. */
  readonly path: string;
  readonly isPrefix: boolean;
  readonly timeouts: NginxDirective[];
  readonly buffering: NginxDirective[];
  /** The longest body. */
  readonly maxBodyBytes?: number;
}

/** What locations of a server have beside what their routes say. */
export interface NginxLocationEdge {
  readonly location: NginxDirective[];
  /** The longest body, whatever routes say. */
  readonly maxBodyBytes?: number;
}

/** Refuses what nginx cannot do. */
export function nginxLocation(route: NginxRoute): NginxLocation {
  const { hostname, path, timeout, maxBodySize, buffering = true } = route;
  const what = `nginx route for '${hostname}${path?.value ?? '/'}'`;
  if (path?.type === HttpPathMatchType.REGULAR_EXPRESSION) {
    throw new Error(`${what} must have an exact path or a prefix, got a regular expression: use HttpPathMatch.prefix`);
  }
  const timeouts: NginxDirective[] = [];
  if (timeout !== undefined) {
    const milliseconds = timeout.toMilliseconds({ integral: false });
    if (!Number.isInteger(milliseconds) || milliseconds < 1) {
      throw new Error(`timeout of ${what} must be at least 1 ms and in whole milliseconds, got ${describeDuration(timeout)}`);
    }
    timeouts.push(...['proxy_read_timeout', 'proxy_send_timeout'].map(name => NginxDirective.of(name, `${milliseconds}ms`)));
  }
  if (maxBodySize !== undefined) {
    const kibibytes = maxBodySize.toKibibytes();
    if (kibibytes < 1) {
      throw new Error(`maxBodySize of ${what} must be at least 1 KiB, got ${kibibytes}: nginx takes 0 for any size`);
    }
  }
  const isPrefix = path?.type !== HttpPathMatchType.EXACT;
  const plain = withoutEscapes(path?.value ?? '/', what);
  return {
    route,
    path: isPrefix ? prefixElements(plain) : plain,
    isPrefix,
    timeouts,
    maxBodyBytes: maxBodySize && maxBodySize.toKibibytes() * 1024,
    buffering: buffering ? [] : ['proxy_request_buffering', 'proxy_buffering'].map(name => NginxDirective.of(name, 'off')),
  };
}

/** A path without escapes, of a match that is exact or a prefix; of the latter without a slash at its end. */
export function pathOfMatch({ type, value }: HttpPathMatch, what: string): string {
  if (type === HttpPathMatchType.REGULAR_EXPRESSION) {
    throw new Error(`${what} must have an exact path or a prefix, got a regular expression: use HttpPathMatch.prefix`);
  }
  const plain = withoutEscapes(value, what);
  return type === HttpPathMatchType.EXACT ? plain : prefixElements(plain);
}

/** A path without escapes, as policies write it. */
export function pathOfPattern(path: string, what: string): string {
  if (!path.startsWith('/') || /[*{}]/.test(path)) {
    throw new Error(`path of ${what} must begin with '/', and may have '*' at its end only, got '${path}'`);
  }
  return withoutEscapes(path, what);
}

/** nginx compares what it has taken escapes out of. */
function withoutEscapes(path: string, what: string): string {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    throw new Error(`path of ${what} must have escapes of UTF-8 only`);
  }
  if (hasControlCharacters(plain)) {
    throw new Error(`path of ${what} must not stand for control characters`);
  }
  return plain;
}

/** The locations of a server: an exact one beats the prefix of the same path, of which then only what is below it is left. */
export function writeLocations(locations: NginxLocation[], edge: NginxLocationEdge): NginxDirective[] {
  const exact = new Set(locations.filter(({ isPrefix }) => !isPrefix).map(({ path }) => path));
  return locations.flatMap(location => {
    const { path, isPrefix } = location;
    if (!isPrefix) {
      return [writeLocation(['=', path], location, edge)];
    }
    // With the slash only, nginx would redirect `/api` to `/api/`; without it, `/apix` would be taken too.
    return [
      ...path === '' || exact.has(path) ? [] : [writeLocation(['=', path], location, edge)],
      writeLocation([`${path}/`], location, edge),
    ];
  });
}

function writeLocation(args: string[], { route, timeouts, maxBodyBytes, buffering }: NginxLocation, edge: NginxLocationEdge): NginxDirective {
  const { upstream, hostHeader } = route;
  return NginxDirective.block('location', args, [
    // A name in a variable is resolved for each request, as long as the DNS says; one that stands in proxy_pass itself, at the start only.
    NginxDirective.of('set', '$upstream', `${upstream.host}:${upstream.port}`),
    NginxDirective.of('set', '$upstream_host', hostHeader === NginxHostHeader.CLIENT ? '$host' : '$upstream'),
    ...timeouts,
    ...maxBodyBytes === undefined ? [] : [bodySize(Math.min(maxBodyBytes, edge.maxBodyBytes ?? Infinity))],
    ...buffering,
    ...edge.location,
    // What was compared is what is sent on: else escapes would lead past the routes.
    NginxDirective.of('rewrite', '^', '$uri', 'break'),
    NginxDirective.of('proxy_pass', 'http://$upstream'),
  ]);
}

/** How long bodies may be. */
export function bodySize(bytes: number): NginxDirective {
  return NginxDirective.of('client_max_body_size', bytes % 1024 === 0 ? `${bytes / 1024}k` : bytes);
}
