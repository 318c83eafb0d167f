const MAX_PATH = 1024;
const FORBIDDEN = ['//', '/./', '/../', '%2f', '%2F', '#'];
const CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** Refuses a path that an Exact or PathPrefix match of Gateway API does not take. */
export function checkPath(value: string, what = 'path'): string {
  if (!value.startsWith('/')) {
    throw new Error(`${what} must start with '/', got '${value}'`);
  }
  if (value.length > MAX_PATH) {
    throw new Error(`${what} must have at most ${MAX_PATH} characters, got ${value.length}`);
  }
  const part = FORBIDDEN.find(p => value.includes(p)) ?? ['/..', '/.'].find(p => value.endsWith(p));
  if (part !== undefined) {
    throw new Error(`${what} must not contain '${part}', got '${value}': write the normalized path`);
  }
  if (!CHARACTERS.test(value)) {
    throw new Error(`${what} must consist of path characters and percent escapes, got '${value}': escape the others as %XX`);
  }
  return value;
}

/** The elements that a path prefix stands for: a trailing slash does not count, `/` is the empty string. */
export function prefixElements(prefix: string): string {
  return prefix.replace(/\/$/, '');
}

/** An Exact or PathPrefix match. */
export interface PathRange {
  readonly type: string;
  readonly value: string;
}

/** The paths that both match, which is one of the two, or nothing. */
export function narrowerPath<T extends PathRange>(a: T, b: T): T | undefined {
  return containsPath(a, b) ? b : containsPath(b, a) ? a : undefined;
}

function containsPath(outer: PathRange, inner: PathRange): boolean {
  if (outer.type === 'Exact') {
    return inner.type === 'Exact' && inner.value === outer.value;
  }
  const elements = prefixElements(outer.value);
  return prefixElements(inner.value) === elements || inner.value.startsWith(`${elements}/`);
}

/** Whether an Exact or PathPrefix match takes the path of a request, which has no query. */
export function matchesPath(match: PathRange, path: string): boolean {
  return match.type === 'Exact' ? path === match.value : containsPath(match, { type: 'Exact', value: path });
}
