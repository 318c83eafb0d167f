import { WorkloadSelector } from './workload-selector';
import type { AuthorizationPolicySpecTargetRefs } from '../imports/security.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** The most objects that a policy can be attached to. */
const MAX_TARGETS = 16;

/**
 * The object that a policy is attached to, in place of workloads by label: the way of Gateway API gateways and ambient waypoints.
 *
 * It is in the policy's own namespace; only a GatewayClass is in none, and the policy then in the root namespace of the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference
 */
export class PolicyTarget {
  /**
   * A Gateway of Gateway API: an ingress gateway or a waypoint.
   *
   * @throws when the name breaks DNS rules
   */
  public static gateway(name: string): PolicyTarget {
    return new PolicyTarget('gateway.networking.k8s.io', 'Gateway', checkDnsSubdomain(name, 'name of the Gateway'));
  }

  /**
   * A Service behind a waypoint.
   *
   * @throws when the name breaks DNS rules
   */
  public static service(name: string): PolicyTarget {
    return new PolicyTarget('', 'Service', checkDnsLabel(name, 'name of the Service'));
  }

  /**
   * A ServiceEntry behind a waypoint.
   *
   * @throws when the name breaks DNS rules
   */
  public static serviceEntry(name: string): PolicyTarget {
    return new PolicyTarget('networking.istio.io', 'ServiceEntry', checkDnsSubdomain(name, 'name of the ServiceEntry'));
  }

  /**
   * A GatewayClass: every waypoint of the class `istio-waypoint`.
   *
   * @throws when the name breaks DNS rules
   */
  public static gatewayClass(name: string): PolicyTarget {
    return new PolicyTarget('gateway.networking.k8s.io', 'GatewayClass', checkDnsSubdomain(name, 'name of the GatewayClass'));
  }

  /**
   * Refuses a policy that says twice, or with an empty list, what it is about.
   *
   * @internal
   */
  public static _check(kind: string, selector: WorkloadSelector | undefined, targets: PolicyTarget[] | undefined): void {
    if (targets === undefined) {
      return;
    }
    if (selector !== undefined) {
      throw new Error(`${kind} takes selector or targets, got both: use targets for gateways and waypoints, selector for other workloads`);
    }
    if (targets.length < 1 || targets.length > MAX_TARGETS) {
      throw new Error(`${kind} takes 1 to ${MAX_TARGETS} targets, got ${targets.length}: leave targets out to mean the whole namespace`);
    }
  }

  private constructor(
    /** The API group of the object; `''` is the core group. */
    public readonly group: string,
    /** The kind of the object. */
    public readonly kind: string,
    /** The name of the object. */
    public readonly name: string,
  ) {}

  /** @internal */
  public _toKube(): Manifest<AuthorizationPolicySpecTargetRefs> {
    return { group: this.group, kind: this.kind, name: this.name };
  }
}
