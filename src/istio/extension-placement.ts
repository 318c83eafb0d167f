import { ResourceProps } from 'cdk8s-plus-28';
import { PolicyTarget } from './policy-target';
import { IstioTrafficSelector } from './traffic-selector';
import { WorkloadSelector } from './workload-selector';

/** Where in the chain of a proxy an extension runs. */
export enum ExtensionPhase {
  /** Before Istio's filters of authentication. */
  AUTHN = 'AUTHN',
  /** Before Istio's filters of authorization, and after those of authentication. */
  AUTHZ = 'AUTHZ',
  /** Before Istio's filters of statistics, and after those of authorization. */
  STATS = 'STATS',
}

/** For which workloads and which of their traffic an extension runs, and when. */
export interface ExtensionPlacementProps extends ResourceProps {
  /**
   * The workloads, in its own namespace; of any namespace, where it is in the root namespace of the mesh. Not with `targets`.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * The gateways, Services or ServiceEntries that it is attached to, 1 to 16; waypoints take no notice of selectors. Not with `selector`.
   *
   * @default - it is about workloads
   */
  readonly targets?: PolicyTarget[];

  /**
   * The traffic for which it runs: what one of them matches.
   *
   * @default - all traffic
   */
  readonly match?: IstioTrafficSelector[];

  /**
   * Where in the chain of the proxy it runs.
   *
   * @default - near the end of the chain, before the router
   */
  readonly phase?: ExtensionPhase;

  /**
   * The order among the extensions of a phase, a whole number of 32 bits: the highest runs first.
   *
   * @default - after all that have one; among equals, the order of name and namespace
   */
  readonly priority?: number;
}
