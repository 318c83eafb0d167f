const DNS_LIKE = /^(\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SPIFFE = /^spiffe:\/\/[a-z0-9._-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/;

/** Refuses what is no identity of the mesh: a DNS name, which may start with `*`, or a SPIFFE ID. */
export function checkLinkerdIdentity(identity: string, what: string): string {
  if (!DNS_LIKE.test(identity) && !SPIFFE.test(identity)) {
    throw new Error(`${what} must be a DNS name such as 'web.shop.serviceaccount.identity.linkerd.cluster.local', which may start with '*', ` +
      `or a SPIFFE ID, got '${identity}'`);
  }
  return identity;
}
