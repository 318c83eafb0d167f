import { IConstruct } from 'constructs';

interface Claim {
  readonly owner: IConstruct;
  readonly what: string;
}

/** By app: who has a Secret filled. */
const CLAIMS = new WeakMap<IConstruct, Map<string, Claim>>();

/**
 * Has a Secret filled for one owner. cert-manager makes one Certificate of the Secret's name, and leaves that of somebody else as it is:
 * with two, one of them never holds.
 */
export function claimSecret(owner: IConstruct, what: string, name: string, namespace = 'default'): void {
  const claims = CLAIMS.get(owner.node.root) ?? new Map<string, Claim>();
  CLAIMS.set(owner.node.root, claims);
  const key = `${namespace}/${name}`;
  const claim = claims.get(key);
  if (claim !== undefined && claim.owner !== owner) {
    throw new Error(`Secret '${name}' in namespace '${namespace}' is filled for ${claim.what} already, got ${what}: only one of them can have it; ` +
      'use another Secret, or leave the issuer of the Gateway or the Certificate out');
  }
  claims.set(key, { owner, what });
}
