import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdNetwork, networksToKube } from './linkerd-network';
import type { EgressNetworkSpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** What becomes of traffic to the world outside that no route matches. */
export enum LinkerdTrafficPolicy {
  /** It goes where it wants. */
  ALLOW = 'Allow',
  /** It is refused. */
  DENY = 'Deny',
}

/** Properties of an EgressNetwork. */
export interface LinkerdEgressNetworkProps extends ResourceProps {
  /** What becomes of traffic that no route of the EgressNetwork matches. */
  readonly trafficPolicy: LinkerdTrafficPolicy;

  /**
   * What is outside, at least one range. Of several EgressNetworks, that with the smallest range holds.
   *
   * @default - all that is not in the networks of the cluster, as the control plane was told them
   */
  readonly networks?: LinkerdNetwork[];
}

/** What routes have to know of an EgressNetwork. */
export interface ILinkerdEgressNetwork {
  /** The name of the EgressNetwork. */
  readonly name: string;

  /**
   * The namespace of the EgressNetwork.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of an EgressNetwork that is in the cluster already. */
export interface FromLinkerdEgressNetworkNameOptions {
  /**
   * The namespace of the EgressNetwork.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * The world outside of the cluster, as clients of its namespace see it; one in the namespace `linkerd-egress` is for clients of all namespaces that have none.
 * Routes with `LinkerdRouteParent.egressNetwork` say what may be called. It holds for proxies that are asked: whoever goes around his proxy is not held.
 *
 * @see https://linkerd.io/2-edge/reference/egress-network/
 */
export class LinkerdEgressNetwork extends LinkerdConstruct implements ILinkerdEgressNetwork {
  /**
   * An EgressNetwork that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromEgressNetworkName(name: string, options: FromLinkerdEgressNetworkNameOptions = {}): ILinkerdEgressNetwork {
    return checkNamed('EgressNetwork', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'egressnetworks';

  private readonly spec: Manifest<EgressNetworkSpec>;

  /**
   * @throws when the list of networks is empty, or an exception is not within its network, or all of it
   */
  constructor(scope: Construct, id: string, props: LinkerdEgressNetworkProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'EgressNetwork', props.metadata);
    const { trafficPolicy, networks } = props;
    this.spec = { trafficPolicy, networks: networks && networksToKube(networks, this._named, 'leave networks out to mean all that is not in the cluster') };
  }

  /** @internal */
  public _toKube(): Manifest<EgressNetworkSpec> {
    return this.spec;
  }
}
