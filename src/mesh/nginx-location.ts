import { hasControlCharacters, NginxDirective } from './nginx-directive';
import { NginxHostHeader, NginxRoute } from './nginx-route';
import { HttpPathMatchType } from '../gateway-api/http-path-match';
import { describeDuration } from '../semantics/duration';
import { prefixElements } from '../semantics/path';

/** A route whose options nginx takes, in its words. */
export interface NginxLocation {
  readonly route: NginxRoute;
  /** The path without escapes, and whether what is below it is meant too; a prefix has no slash at its end. */
  readonly path: string;
  readonly isPrefix: boolean;
  readonly settings: NginxDirective[];
}

/** Refuses what nginx cannot do. */
export function nginxLocation(route: NginxRoute): NginxLocation {
  const { hostname, path, timeout, maxBodySize, buffering = true } = route;
  const what = `nginx route for '${hostname}${path?.value ?? '/'}'`;
  if (path?.type === HttpPathMatchType.REGULAR_EXPRESSION) {
    throw new Error(`${what} must have an exact path or a prefix, got a regular expression: use HttpPathMatch.prefix`);
  }
  const settings: NginxDirective[] = [];
  if (timeout !== undefined) {
    const milliseconds = timeout.toMilliseconds({ integral: false });
    if (!Number.isInteger(milliseconds) || milliseconds < 1) {
      throw new Error(`timeout of ${what} must be at least 1 ms and in whole milliseconds, got ${describeDuration(timeout)}`);
    }
    settings.push(...['proxy_read_timeout', 'proxy_send_timeout'].map(name => NginxDirective.of(name, `${milliseconds}ms`)));
  }
  if (maxBodySize !== undefined) {
    const kibibytes = maxBodySize.toKibibytes();
    if (kibibytes < 1) {
      throw new Error(`maxBodySize of ${what} must be at least 1 KiB, got ${kibibytes}: nginx takes 0 for any size`);
    }
    settings.push(NginxDirective.of('client_max_body_size', `${kibibytes}k`));
  }
  if (!buffering) {
    settings.push(NginxDirective.of('proxy_request_buffering', 'off'), NginxDirective.of('proxy_buffering', 'off'));
  }
  const isPrefix = path?.type !== HttpPathMatchType.EXACT;
  const plain = withoutEscapes(path?.value ?? '/', what);
  return { route, path: isPrefix ? prefixElements(plain) : plain, isPrefix, settings };
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
export function writeLocations(locations: NginxLocation[]): NginxDirective[] {
  const exact = new Set(locations.filter(({ isPrefix }) => !isPrefix).map(({ path }) => path));
  return locations.flatMap(location => {
    const { path, isPrefix } = location;
    if (!isPrefix) {
      return [writeLocation(['=', path], location)];
    }
    // With the slash only, nginx would redirect `/api` to `/api/`; without it, `/apix` would be taken too.
    return [
      ...path === '' || exact.has(path) ? [] : [writeLocation(['=', path], location)],
      writeLocation([`${path}/`], location),
    ];
  });
}

function writeLocation(args: string[], { route: { upstream, hostHeader }, settings }: NginxLocation): NginxDirective {
  return NginxDirective.block('location', args, [
    // A name in a variable is resolved for each request, as long as the DNS says; one that stands in proxy_pass itself, at the start only.
    NginxDirective.of('set', '$upstream', `${upstream.host}:${upstream.port}`),
    NginxDirective.of('set', '$upstream_host', hostHeader === NginxHostHeader.CLIENT ? '$host' : '$upstream'),
    ...settings,
    // What was compared is what is sent on: else escapes would lead past the routes.
    NginxDirective.of('rewrite', '^', '$uri', 'break'),
    NginxDirective.of('proxy_pass', 'http://$upstream'),
  ]);
}
