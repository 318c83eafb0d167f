import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdIdentities } from './linkerd-identities';
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

  private readonly identities: LinkerdIdentities;

  constructor(scope: Construct, id: string, props: LinkerdMeshTlsAuthenticationProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication', props.metadata);
    this.identities = props.identities;
  }

  /** @internal */
  public _toKube(): Manifest<MeshTlsAuthenticationSpec> {
    return this.identities._in(this.namespace);
  }
}
