const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The longest DNS label, which is also the longest label value. */
const MAX_LABEL = 63;
const MAX_SUBDOMAIN = 253;

/** Refuses what is not a DNS label (RFC 1123); `what` names the value in the message. */
export function checkDnsLabel(value: string, what: string): string {
  if (value.length > MAX_LABEL) {
    throw new Error(`${what} must have at most ${MAX_LABEL} characters, got '${value}' with ${value.length}: choose a shorter name`);
  }
  if (!LABEL.test(value)) {
    throw new Error(`${what} must be a DNS label (lower case letters, digits and inner dashes), got '${value}'`);
  }
  return value;
}

/** Refuses what is not a DNS subdomain (RFC 1123): labels joined by dots. */
export function checkDnsSubdomain(value: string, what: string): string {
  if (value.length > MAX_SUBDOMAIN || !SUBDOMAIN.test(value)) {
    throw new Error(`${what} must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most ${MAX_SUBDOMAIN} characters), got '${value}'`);
  }
  return value;
}

/** What has a name, and is in a namespace or in none. */
interface Named {
  readonly name: string;
  readonly namespace?: string;
}

/** Refuses an object whose name or namespace the API server does not take. */
export function checkNamed<T extends Named>(kind: string, object: T, checkName = checkDnsSubdomain): T {
  checkName(object.name, `name of the ${kind}`);
  if (object.namespace !== undefined) {
    checkDnsLabel(object.namespace, `namespace of the ${kind}`);
  }
  return object;
}

/** A host as part of an object's name: `*.shop.example.com` is `wildcard-shop-example-com`. */
export function hostSlug(host: string): string {
  return host.replace(/^\*/, 'wildcard').replace(/\./g, '-');
}

/** The name that a cluster's DNS gives to a Service. */
export function serviceHost(name: string, namespace: string, clusterDomain = 'cluster.local'): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/** A kind with its article: `an HTTPRoute`. */
export function article(kind: string): string {
  return `${/^[AEHI]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
