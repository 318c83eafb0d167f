import { checkLinkerdIdentity } from './linkerd-identity';
import { LinkerdIdentityRef } from './linkerd-identity-ref';
import type { MeshTlsAuthenticationSpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/**
 * Clients of the mesh: either by what they run as, or by the names in their certificates.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#meshtlsauthentication
 */
export class LinkerdIdentities {
  /** Every client of the mesh, and of meshes that trust each other. */
  public static readonly ANY_MESHED = LinkerdIdentities.named('*');

  /**
   * Clients by what they run as, at least one.
   *
   * @throws when there is none
   */
  public static references(...identityRefs: LinkerdIdentityRef[]): LinkerdIdentities {
    if (identityRefs.length === 0) {
      throw new Error('identityRefs must have at least one, got none: use LinkerdIdentities.ANY_MESHED to mean every client of the mesh');
    }
    return new LinkerdIdentities({ refs: [...identityRefs] });
  }

  /**
   * Clients by the names in their certificates, at least one: `web.shop.serviceaccount.identity.linkerd.cluster.local`, all names under one with `*.` before it,
   * or a SPIFFE ID. `LinkerdMesh.principal` says the name of a service account.
   *
   * @throws when there is none, or one is no such name
   */
  public static named(...identities: string[]): LinkerdIdentities {
    if (identities.length === 0) {
      throw new Error('identities must have at least one, got none: use LinkerdIdentities.ANY_MESHED to mean every client of the mesh');
    }
    identities.forEach(identity => checkLinkerdIdentity(identity, 'identity of a MeshTLSAuthentication'));
    return new LinkerdIdentities({ names: [...identities] });
  }

  private constructor(private readonly clients: { readonly refs?: readonly LinkerdIdentityRef[]; readonly names?: readonly string[] }) {}

  /**
   * These clients and one more; nothing where they are known by names.
   *
   * @internal
   */
  public _with(ref: LinkerdIdentityRef): LinkerdIdentities | undefined {
    const { refs } = this.clients;
    return refs && new LinkerdIdentities({ refs: refs.concat(ref) });
  }

  /** @internal */
  public _toKube(ownNamespace: string | undefined): Manifest<MeshTlsAuthenticationSpec> {
    const { refs, names } = this.clients;
    return { identities: names, identityRefs: refs?.map(ref => ref._toKube(ownNamespace)) };
  }
}
