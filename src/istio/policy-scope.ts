import { ResourceProps } from 'cdk8s-plus-28';
import { PolicyTarget } from './policy-target';
import { WorkloadSelector } from './workload-selector';

/** What a security policy of Istio is about, and what reads it there. */
export interface PolicyScopeProps extends ResourceProps {
  /**
   * The workloads, in its own namespace; of any namespace, where it is in the root namespace of the mesh. Not with `targets`.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * The gateways, Services or ServiceEntries that it is attached to, 1 to 16. Not with `selector`.
   *
   * @default - it is about workloads
   */
  readonly targets?: PolicyTarget[];

  /**
   * What enforces it at the workloads. Say `PolicyEnforcement.PROXY` in an ambient mesh when they have sidecars or are gateways. Not with `targets`,
   * which are always proxies.
   *
   * @default - by the declared mesh: ztunnel where it is ambient, else the workload's own proxy; without a declared mesh nothing is known
   */
  readonly enforcement?: PolicyEnforcement;
}

/** What enforces a policy at a workload. */
export enum PolicyEnforcement {
  /** The node's proxy of an ambient mesh. It knows connections and identities, and reads no HTTP. */
  ZTUNNEL = 'ztunnel',
  /** The workload's own proxy: a sidecar, or that of a gateway. */
  PROXY = 'proxy',
}
