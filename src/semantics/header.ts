const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const PLAIN_VALUE = /^[!-~]+([\t ][!-~]+)*$/;
const LINE_END = /[\0\r\n]/;
const MAX_VALUE = 4096;

/** Refuses what is not the name of an HTTP header; query parameters have the same rule. */
export function checkHeaderName(name: string, what = 'header name'): string {
  if (!NAME.test(name)) {
    throw new Error(`${what} must be 1 to 256 letters, digits or characters of !#$%&'*+-.^_\`|~, got '${name}'`);
  }
  return name;
}

/** Refuses a header value that no channel takes, or no message can have. */
export function checkHeaderValue(value: string, what = 'header value'): string {
  // Characters, as the API server counts them, are not units of UTF-16.
  const length = [...value].length;
  if (length < 1 || length > MAX_VALUE) {
    throw new Error(`${what} must have 1 to ${MAX_VALUE} characters, got ${length}`);
  }
  if (LINE_END.test(value)) {
    throw new Error(`${what} must have no line breaks and no NUL, got ${JSON.stringify(value)}`);
  }
  return value;
}

/** Refuses a header value where words with single blanks between them are wanted: in some places of the experimental channel. */
export function checkPlainHeaderValue(value: string, what = 'header value'): string {
  checkHeaderValue(value, what);
  if (!PLAIN_VALUE.test(value)) {
    throw new Error(`${what} must be printable ASCII with single blanks inside only, got '${value}'`);
  }
  return value;
}

/** What counts when two header names are compared: case does not. */
export function headerKey(name: string): string {
  return name.toLowerCase();
}

/** A condition on a header or a query parameter; without a type it is Exact. */
export interface ValueMatch {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}

/** Whether no message meets both lists of conditions, because they want different exact values of one name. */
export function excludeEachOther(a: readonly ValueMatch[] = [], b: readonly ValueMatch[] = [], key: (name: string) => string = headerKey): boolean {
  const isExact = ({ type }: ValueMatch) => (type ?? 'Exact') === 'Exact';
  return a.some(x => isExact(x) && b.some(y => isExact(y) && key(x.name) === key(y.name) && x.value !== y.value));
}
