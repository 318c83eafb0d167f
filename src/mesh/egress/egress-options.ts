import { LocalObjectReference } from '../../gateway-api/local-object-reference';

/** Options of an egress gateway that istiod provisions. */
export interface ProvisionedEgressOptions {
  /**
   * The revision whose proxy the gateway gets.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * A ConfigMap of the same namespace with overlays of the objects that istiod makes, such as one with `horizontalPodAutoscaler`.
   *
   * @default - none: one pod
   */
  readonly parameters?: LocalObjectReference;
}

/** Options of a way out that Linkerd's proxies guard. */
export interface EgressNetworkOptions {
  /**
   * The namespace whose EgressNetworks hold for all namespaces that have none, as Linkerd was installed.
   *
   * @default 'linkerd-egress'
   */
  readonly globalNamespace?: string;
}
