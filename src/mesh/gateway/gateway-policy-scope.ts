import { PolicyEnforcement } from '../../istio/policy-scope';
import { PolicyTarget } from '../../istio/policy-target';
import { WorkloadSelector } from '../../istio/workload-selector';

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

  /**
   * What enforces a policy there: with a selector the gateway's own proxy, in an ambient mesh too.
   *
   * @default - targets are proxies always
   */
  readonly enforcement?: PolicyEnforcement;
}
