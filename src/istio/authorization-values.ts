const SEGMENT = /^[-a-zA-Z0-9._~%!$&'()+,;:@=]+$/;

/** Refuses a value; `what` names its field in the message. */
export type ValueCheck = (value: string, what: string) => void;

/** A value that must only not be empty. */
export function checkText(value: string, what: string): void {
  if (value === '') {
    throw new Error(`${what} must not be empty: leave the field out to mean any`);
  }
}

/** A value with `*` at one end at most: elsewhere Istio takes it for a letter, and nothing matches. */
export function checkPattern(value: string, what: string): void {
  checkText(value, what);
  const stars = value.split('*').length - 1;
  if (stars > 1 || (stars === 1 && !value.startsWith('*') && !value.endsWith('*'))) {
    throw new Error(`${what} must have at most one '*', first or last, got '${value}'`);
  }
}

/** The identity of a workload. */
export function checkPrincipal(value: string, what: string): void {
  checkPattern(value, what);
  if (value.startsWith('spiffe://')) {
    throw new Error(`${what} must be <trust domain>/ns/<namespace>/sa/<service account>, got '${value}': leave out spiffe://`);
  }
}

/** A trust domain. */
export function checkTrustDomain(value: string, what: string): void {
  checkPattern(value, what);
  if (value.includes('/')) {
    throw new Error(`${what} must not contain '/', got '${value}': use principals for whole identities`);
  }
}

/** A path, or a template of paths. Istio would take a `*` inside for a letter: a policy that denies would let pass what is meant. */
export function checkPathPattern(value: string, what: string): void {
  checkText(value, what);
  const segments = value.replace(/^\/+|\/+$/g, '').split('/');
  const template = /\{\*{1,2}\}/.test(value);
  const rest = segments.indexOf('{**}');
  const isOff = (segment: string, index: number) =>
    segment === '{*}' || segment === '{**}' ? rest >= 0 && index > rest : /[{}]/.test(segment) || (template && !SEGMENT.test(segment));
  if (segments.some(isOff) || (!template && value.replace(/^\*|\*$/, '').includes('*'))) {
    throw new Error(`${what} must be a path, with '*' at one end, or with whole segments {*} and at last one {**}, got '${value}'`);
  }
}
