import { PolicyTarget } from '../istio/policy-target';
import { WorkloadSelector } from '../istio/workload-selector';

/** How Istio's policies and EnvoyFilters find the proxies of a gateway: exactly one of both is given. */
export interface GatewayPolicyScope {
  /**
   * Its pods, in its namespace.
   *
   * @default - the targets say it
   */
  readonly selector?: WorkloadSelector;

  /**
   * Its Gateway, in its namespace.
   *
   * @default - the selector says it
   */
  readonly targets?: PolicyTarget[];
}
