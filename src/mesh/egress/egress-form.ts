import { Construct } from 'constructs';
import { EgressBody, EgressBodyProps } from './egress-body';
import { EgressKind } from './egress-kind';
import { LinkerdEgress } from './egress-network';
import { EgressNetworkOptions, ProvisionedEgressOptions } from './egress-options';
import { ProvisionedEgress } from './egress-provisioned';
import { SelfManagedEgress } from './egress-self-managed';
import { WaypointEgress } from './egress-waypoint';
import { EgressWithoutGateway } from './egress-without-gateway';
import { GatewayWorkloadOptions } from '../gateway/gateway-workload';
import { IWaypoint } from '../waypoint/waypoint-reference';

/** What stands between clients and the world outside. */
export class EgressForm {
  /**
   * A gateway of Istio that is a Deployment of yours, with Istio's own kinds; for sidecars.
   *
   * @param workload how the pods run
   */
  public static selfManaged(workload: GatewayWorkloadOptions = {}): EgressForm {
    return new EgressForm(EgressKind.SELF_MANAGED, 'istio-egressgateway', (scope, props) => new SelfManagedEgress(scope, props, workload));
  }

  /**
   * A gateway that istiod provisions from a Gateway of class `istio`, with routes of Gateway API; for sidecars. TCP needs TCPRoutes, which istiod before 1.31 reads
   * only when PILOT_ENABLE_ALPHA_GATEWAY_API says so.
   *
   * @param options what istiod is told
   */
  public static provisioned(options: ProvisionedEgressOptions = {}): EgressForm {
    return new EgressForm(EgressKind.PROVISIONED, 'egress', (scope, props) => new ProvisionedEgress(scope, props, options));
  }

  /**
   * A waypoint; for ambient.
   *
   * @param waypoint one of the gateway's namespace; by default one is made, named like the gateway
   */
  public static waypoint(waypoint?: IWaypoint): EgressForm {
    return new EgressForm(EgressKind.WAYPOINT, waypoint?.name ?? 'egress', (scope, props) => new WaypointEgress(scope, props, waypoint));
  }

  /**
   * No gateway: proxies of Linkerd refuse what no route of an EgressNetwork allows, and go out by themselves.
   *
   * @param options what is not as usual
   */
  public static egressNetwork(options: EgressNetworkOptions = {}): EgressForm {
    return new EgressForm(EgressKind.EGRESS_NETWORK, 'egress', (scope, props) => new LinkerdEgress(scope, props, options));
  }

  /** No gateway: sidecars refuse hosts that they do not know, and go out by themselves. What is not said to them can go out past them. */
  public static withoutGateway(): EgressForm {
    return new EgressForm(EgressKind.WITHOUT_GATEWAY, 'egress', (scope, props) => new EgressWithoutGateway(scope, props));
  }

  /**
   * The usual form of a kind.
   *
   * @internal
   */
  public static _usual(kind: EgressKind): EgressForm {
    switch (kind) {
      case EgressKind.WAYPOINT: return EgressForm.waypoint();
      case EgressKind.EGRESS_NETWORK: return EgressForm.egressNetwork();
      default: return EgressForm.selfManaged();
    }
  }

  private constructor(
    /** @internal */
    public readonly _kind: EgressKind,
    /** @internal */
    public readonly _usualName: string,
    /** @internal */
    public readonly _build: (scope: Construct, props: EgressBodyProps) => EgressBody,
  ) {}
}
