const TOKEN = /^[-!#$%&'*+.^_`|~0-9A-Za-z]+$/;
const JWT_CLAIM = /^@request\.auth\.claims[.[]/i;

/** Refuses what is no name of an HTTP header. */
export function checkHeaderName(name: string, what = 'header'): string {
  if (!TOKEN.test(name)) {
    throw new Error(`${what} must be the name of an HTTP header, got '${name}'`);
  }
  return name;
}

/** Whether a header match is about a claim of a token instead. */
export function isJwtClaim(name: string): boolean {
  return JWT_CLAIM.test(name);
}

/** Whether a header says which host a request is for. */
export function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase());
}
