import { checkAtMost } from './lists';
import { checkDnsSubdomain } from './names';

const NAME = /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const MAX_PREFIX = 252;

/** Refuses what cannot be the key of a label or an annotation: a name, after a domain and a slash if anything. */
export function checkQualifiedName(value: string, what: string): string {
  const { name, prefix } = keyParts(value);
  if (!isKeyName(name)) {
    throw new Error(`${what} must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got '${value}'`);
  }
  if (prefix !== undefined) {
    checkDnsSubdomain(prefix, `domain of ${what}`);
    // Gateway API takes one character less than Kubernetes.
    checkAtMost(MAX_PREFIX, prefix.length, `characters of the domain of ${what}`, 'use a shorter one');
  }
  return value;
}

/** Refuses what cannot be the value of a label; an empty one can. */
export function checkLabelValue(value: string, what: string): string {
  if (!isLabelValue(value)) {
    throw new Error(`${what} must be at most 63 letters, digits and inner -_., got '${value}'`);
  }
  return value;
}

/** Whether it can be the name of a key, which stands after the domain. */
export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/** Whether it can be the value of a label. */
export function isLabelValue(value: string): boolean {
  return value === '' || NAME.test(value);
}

/** The name of a key, and its domain if there is one. */
export function keyParts(key: string): { readonly name: string; readonly prefix?: string } {
  const [name, prefix] = key.split(/\/(?=[^/]*$)/).reverse();
  return { name, prefix };
}
