import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdIdentities } from './linkerd-identities';
import { LinkerdIdentityRef } from './linkerd-identity-ref';
import type { MeshTlsAuthenticationSpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a MeshTLSAuthentication. */
export interface LinkerdMeshTlsAuthenticationProps extends ResourceProps {
  /** The clients. */
  readonly identities: LinkerdIdentities;
}

/** What policies have to know of a MeshTLSAuthentication. */
export interface ILinkerdMeshTlsAuthentication {
  /** The name of the MeshTLSAuthentication. */
  readonly name: string;

  /**
   * The namespace of the MeshTLSAuthentication.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a MeshTLSAuthentication that is in the cluster already. */
export interface FromLinkerdMeshTlsAuthenticationNameOptions {
  /**
   * The namespace of the MeshTLSAuthentication.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Clients of the mesh, one of whom a caller must be, by mTLS.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#meshtlsauthentication
 */
export class LinkerdMeshTlsAuthentication extends LinkerdConstruct implements ILinkerdMeshTlsAuthentication {
  /**
   * A MeshTLSAuthentication that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromMeshTlsAuthenticationName(
    name: string, options: FromLinkerdMeshTlsAuthenticationNameOptions = {},
  ): ILinkerdMeshTlsAuthentication {
    return checkNamed('MeshTLSAuthentication', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'meshtlsauthentications';

  private identities: LinkerdIdentities;

  constructor(scope: Construct, id: string, props: LinkerdMeshTlsAuthenticationProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication', props.metadata);
    this.identities = props.identities;
  }

  /**
   * Adds a client.
   *
   * @throws when the clients are known by the names in their certificates: an object has one or the other
   */
  public addIdentityRef(ref: LinkerdIdentityRef): this {
    const identities = this.identities._with(ref);
    if (identities === undefined) {
      throw new Error(`${this._named} has identities by name and takes no identityRefs: make another one, with a policy of its own`);
    }
    this.identities = identities;
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<MeshTlsAuthenticationSpec> {
    return this.identities._toKube(this.namespace);
  }
}
