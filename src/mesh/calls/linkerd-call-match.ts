import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { HttpMethod, HttpRouteMatch } from '../../gateway-api/http-route-match';

/** A path, or all paths below one. */
interface CallPath {
  /** For all below, it ends with a slash. */
  readonly path: string;
  readonly below: boolean;
}

/** Requests with a method, or any, to some paths. */
export interface CallMatch extends CallPath {
  readonly method?: string;
}

const METHODS: string[] = Object.values(HttpMethod);
const EVERY_PATH: CallPath = { path: '/', below: true };

/** What a call asks for, as matches of routes can say it. */
export function callMatches({ methods = [], paths = [] }: { readonly methods?: string[]; readonly paths?: string[] }, workload: string): CallMatch[] {
  const unknown = methods.find(method => !METHODS.includes(method));
  if (unknown !== undefined) {
    throw new Error(`methods of a call to workload '${workload}' must be among ${METHODS.join(', ')} in a Linkerd mesh, got '${unknown}'`);
  }
  const places = paths.length === 0 ? [EVERY_PATH] : paths.map(path => callPath(path, workload));
  return places.flatMap(place => methods.length === 0 ? [place] : methods.map(method => ({ ...place, method })));
}

/** Whether all requests of one are requests of the other. */
export function coversMatch(wide: CallMatch, narrow: CallMatch): boolean {
  return coversPath(wide, narrow) && (wide.method === undefined || wide.method === narrow.method);
}

/**
 * All matches that a route is needed for, so that the most specific route of a request is one whose requests are allowed to the same clients.
 *
 * A request goes to one route only. So requests that two matches are about need a match of their own; and as a prefix of Gateway API without its last slash is
 * the path above as well, that path needs one too.
 */
export function closeMatches(matches: readonly CallMatch[]): CallMatch[] {
  const above = matches.filter(({ path, below }) => below && path !== '/').map(({ path }) => ({ path: path.slice(0, -1), below: false }));
  const closed = new Map([...matches, ...above].map(match => [keyOfMatch(match), match]));
  for (let size = 0; size < closed.size;) {
    size = closed.size;
    const known = [...closed.values()];
    known.flatMap(one => known.flatMap(other => intersect(one, other) ?? [])).forEach(match => closed.set(keyOfMatch(match), match));
  }
  return [...closed.values()];
}

export function keyOfMatch({ path, below, method = '*' }: CallMatch): string {
  return `${method} ${path}${below ? '*' : ''}`;
}

/** A name for what it is about, such as `get-api-all`. */
export function slugOfMatch({ path, below, method = 'any' }: CallMatch): string {
  const words = path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return [method.toLowerCase(), ...words === '' ? [] : [words], ...below ? ['all'] : words === '' ? ['root'] : []].join('-');
}

export function routeMatch({ path, below, method }: CallMatch): HttpRouteMatch {
  return HttpRouteMatch.of({
    path: below ? HttpPathMatch.prefix(path === '/' ? path : path.slice(0, -1)) : HttpPathMatch.exact(path),
    method: method as HttpMethod | undefined,
  });
}

function callPath(path: string, workload: string): CallPath {
  if (path === '*' || path === '/*') {
    return EVERY_PATH;
  }
  const below = path.endsWith('/*');
  const plain = below ? path.slice(0, -1) : path;
  if (!plain.startsWith('/') || /[*{}]/.test(plain)) {
    throw new Error(`paths of a call to workload '${workload}' must be exact or end with '/*' in a Linkerd mesh, got '${path}': ` +
      'routes of Gateway API know paths and what is below them');
  }
  return { path: plain, below };
}

function coversPath(wide: CallPath, narrow: CallPath): boolean {
  return wide.below ? narrow.path.startsWith(wide.path) : !narrow.below && narrow.path === wide.path;
}

function intersect(one: CallMatch, other: CallMatch): CallMatch | undefined {
  const place = coversPath(one, other) ? other : coversPath(other, one) ? one : undefined;
  const methods = [one.method, other.method].filter(method => method !== undefined);
  return place === undefined || new Set(methods).size > 1 ? undefined : { path: place.path, below: place.below, method: methods[0] };
}
