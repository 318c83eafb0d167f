import { ServiceAccount } from 'cdk8s-plus-28';
import { POLICY_GROUP } from './linkerd-construct';
import { LinkerdServiceAccountNameOptions } from './linkerd-identity-ref';
import { ILinkerdMeshTlsAuthentication } from './linkerd-mesh-tls-authentication';
import { ILinkerdNetworkAuthentication } from './linkerd-network-authentication';
import { refFrom, serviceAccountNameRef, serviceAccountRef } from './service-account-ref';
import type { AuthorizationPolicySpecRequiredAuthenticationRefs } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/** What else must be true of a client that is known by mTLS. */
export interface LinkerdAuthenticationOptions {
  /**
   * From where it must connect, beside who it is.
   *
   * @default - from anywhere
   */
  readonly network?: ILinkerdNetworkAuthentication;
}

/** What else must be true of a client that is known by a service account's name. */
export interface LinkerdServiceAccountNameAuthenticationOptions extends LinkerdServiceAccountNameOptions, LinkerdAuthenticationOptions {}

type Ref = Manifest<AuthorizationPolicySpecRequiredAuthenticationRefs>;

/**
 * Whom a LinkerdAuthorizationPolicy lets in: who it is, from where it connects, or both.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#authorizationpolicy
 */
export class LinkerdAuthentication {
  /** Everybody, in the mesh or not, from anywhere: no authentication is required. */
  public static everybody(): LinkerdAuthentication {
    return new LinkerdAuthentication([]);
  }

  /** The clients of a MeshTLSAuthentication. */
  public static meshTls(authentication: ILinkerdMeshTlsAuthentication, options: LinkerdAuthenticationOptions = {}): LinkerdAuthentication {
    const { name, namespace } = authentication;
    return new LinkerdAuthentication([{ group: POLICY_GROUP, kind: 'MeshTLSAuthentication', name, namespace }, ...networkRef(options)]);
  }

  /** The workloads of a service account of this app. */
  public static serviceAccount(account: ServiceAccount, options: LinkerdAuthenticationOptions = {}): LinkerdAuthentication {
    return new LinkerdAuthentication([serviceAccountRef(account), ...networkRef(options)]);
  }

  /**
   * The workloads of a service account that is in the cluster already.
   *
   * @throws when a name breaks DNS rules
   */
  public static serviceAccountName(name: string, options: LinkerdServiceAccountNameAuthenticationOptions = {}): LinkerdAuthentication {
    return new LinkerdAuthentication([serviceAccountNameRef(name, options.namespace), ...networkRef(options)]);
  }

  /** Whoever connects from the networks of a NetworkAuthentication, in the mesh or not. */
  public static network(network: ILinkerdNetworkAuthentication): LinkerdAuthentication {
    return new LinkerdAuthentication(networkRef({ network }));
  }

  private constructor(private readonly refs: Ref[]) {}

  /** @internal */
  public _toKube(ownNamespace: string | undefined): Ref[] {
    return this.refs.map(ref => refFrom(ownNamespace, ref));
  }
}

function networkRef({ network }: LinkerdAuthenticationOptions): Ref[] {
  return network === undefined ? [] : [{ group: POLICY_GROUP, kind: 'NetworkAuthentication', name: network.name, namespace: network.namespace }];
}
