const HOSTNAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_LENGTH = 253;
const IPV4 = /^\d+(\.\d+){3}$/;

/** Refuses what Gateway API does not take as a hostname: it may start with `*.`, and is no IP address. */
export function checkHostname(value: string, what = 'hostname'): string {
  if (value.length > MAX_LENGTH) {
    throw new Error(`${what} must have at most ${MAX_LENGTH} characters, got ${value.length}: '${value}'`);
  }
  if (!HOSTNAME.test(value) || IPV4.test(value)) {
    throw new Error(`${what} must be a lower case DNS name, optionally starting with '*.', got '${value}'`);
  }
  return value;
}

/** Refuses a hostname that is a wildcard as well. */
export function checkPreciseHostname(value: string, what = 'hostname'): string {
  if (isWildcard(value)) {
    throw new Error(`${what} must name one host, got '${value}': wildcards are not allowed here`);
  }
  return checkHostname(value, what);
}

export function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*');
}

/** Whether every host that `b` stands for is one that `a` stands for; `*.x` covers all below `x`, never `x`. */
export function covers(a: string, b: string): boolean {
  return a === b || (isWildcard(a) && b.replace(/^\*/, '').endsWith(a.slice(1)));
}

/** The hosts that both stand for; `undefined` stands for every host, and is the answer when both do. */
export function intersect(a: string | undefined, b: string | undefined): { host?: string } | undefined {
  if (a === undefined || b === undefined) {
    return { host: a ?? b };
  }
  return covers(a, b) ? { host: b } : covers(b, a) ? { host: a } : undefined;
}

/**
 * Which of two hostnames that match a request goes first, as a sort asks: one without wildcard, then the longer one; no hostname is the least.
 */
export function compareHostnames(a: string | undefined, b: string | undefined): number {
  return specificity(b) - specificity(a);
}

/** No hostname has 254 characters, so that every wildcard is below every other. */
function specificity(hostname: string | undefined): number {
  return hostname === undefined ? 0 : isWildcard(hostname) ? hostname.length : 254 + hostname.length;
}
