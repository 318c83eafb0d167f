import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdNetwork, networksToKube } from './linkerd-network';
import type { NetworkAuthenticationSpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a NetworkAuthentication. */
export interface LinkerdNetworkAuthenticationProps extends ResourceProps {
  /** Where clients connect from, at least one range. */
  readonly networks: LinkerdNetwork[];
}

/** What policies have to know of a NetworkAuthentication. */
export interface ILinkerdNetworkAuthentication {
  /** The name of the NetworkAuthentication. */
  readonly name: string;

  /**
   * The namespace of the NetworkAuthentication.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a NetworkAuthentication that is in the cluster already. */
export interface FromLinkerdNetworkAuthenticationNameOptions {
  /**
   * The namespace of the NetworkAuthentication.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Clients by the address from which they connect, in the mesh or not.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#networkauthentication
 */
export class LinkerdNetworkAuthentication extends LinkerdConstruct implements ILinkerdNetworkAuthentication {
  /**
   * A NetworkAuthentication that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromNetworkAuthenticationName(
    name: string, options: FromLinkerdNetworkAuthenticationNameOptions = {},
  ): ILinkerdNetworkAuthentication {
    return checkNamed('NetworkAuthentication', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'networkauthentications';

  private readonly spec: Manifest<NetworkAuthenticationSpec>;

  /**
   * @throws when there is no network, or an exception is not within its network, or all of it
   */
  constructor(scope: Construct, id: string, props: LinkerdNetworkAuthenticationProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'NetworkAuthentication', props.metadata);
    this.spec = { networks: networksToKube(props.networks, this._named, 'it would match nobody, so make no policy') };
  }

  /** @internal */
  public _toKube(): Manifest<NetworkAuthenticationSpec> {
    return this.spec;
  }
}
