import { checkHostname, covers } from '../semantics/hostname';
import { isIpAddress } from '../semantics/ip-address';
import { checkDnsLabel } from '../semantics/names';

/** The host of `namespace/host`, or of a host alone. */
export function bareHost(value: string): string {
  return value.slice(value.indexOf('/') + 1);
}

/** Refuses a host that Istio's registry does not take: a DNS name whose last label is no number, optionally starting with `*.`. */
export function checkRegistryHost(host: string, what: string): string {
  checkHostname(host, what);
  if (/(^|\.)\d+$/.test(host) || host.split('.').some(label => label.length > 63)) {
    throw new Error(`${what} must have labels of at most 63 characters, the last not all digits, got '${host}'`);
  }
  return host;
}

/** Refuses a host that a server of an Istio Gateway does not take: it may have a namespace, and be an IP address. */
export function checkServerHost(value: string, what: string): string {
  if (value.includes('/')) {
    checkNamespace(value.slice(0, value.indexOf('/')), value, what);
  }
  const host = bareHost(value);
  if (!isIpAddress(host)) {
    checkQualified(host, what);
  }
  return value;
}

/** Refuses a host that a Sidecar does not import or exclude. */
export function checkSidecarHost(value: string, what: string): string {
  if (!value.includes('/')) {
    throw new Error(`${what} must be namespace/host, got '${value}': write */${value} for any namespace, ./${value} for the Sidecar's own`);
  }
  const namespace = value.slice(0, value.indexOf('/'));
  if (namespace !== '~') {
    checkNamespace(namespace.replace(/^~/, ''), value, what);
  }
  checkQualified(bareHost(value), what);
  return value;
}

/**
 * Whether `b` imports into a Sidecar what `a` imports already.
 *
 * @param own the namespace of the Sidecar: `.` says the same
 */
export function importsToo(a: string, b: string, own?: string): boolean {
  if (a === b || a === '*/*') {
    return a === b || !b.startsWith('~');
  }
  const namespace = (value: string) => value.replace(/^\.\//, `${own ?? '.'}/`).split('/')[0];
  return !a.startsWith('~') && namespace(a) === namespace(b) && ['*', bareHost(b)].includes(bareHost(a));
}

/** What stands for "imports nothing". */
export const NOTHING = '~/*';

/** Whether a host of a Sidecar takes something away from what others import. */
export function isExclusion(value: string): boolean {
  return value.startsWith('~') && value !== NOTHING;
}

/**
 * Whether an exclusion of a Sidecar takes away all of what a host imports.
 *
 * @param own the namespace of the Sidecar: `.` says the same
 */
export function excludes(exclusion: string, host: string, own?: string): boolean {
  if (!isExclusion(exclusion) || host.startsWith('~')) {
    return false;
  }
  const namespace = (value: string) => value.slice(0, value.indexOf('/')).replace(/^\.$/, own ?? '.');
  const excluded = namespace(exclusion.slice(1)) || '*';
  return ['*', namespace(host)].includes(excluded) && covers(bareHost(exclusion), bareHost(host));
}

function checkNamespace(namespace: string, value: string, what: string): void {
  if (namespace !== '*' && namespace !== '.') {
    checkDnsLabel(namespace, `namespace of ${what} '${value}'`);
  }
}

function checkQualified(host: string, what: string): void {
  if (host === '*') {
    return;
  }
  if (!host.includes('.')) {
    throw new Error(`${what} must be fully qualified or '*', got '${host}': short names mean nothing here`);
  }
  checkRegistryHost(host, what);
}
