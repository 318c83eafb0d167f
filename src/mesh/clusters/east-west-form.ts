import { GatewayExposure } from '../gateway/gateway-exposure';
import { GatewayWorkloadOptions } from '../gateway/gateway-workload';

/** How an east-west gateway of yours runs. */
export interface SelfManagedEastWestOptions extends GatewayWorkloadOptions {
  /**
   * How other networks reach it. istiod tells its proxies the address of the load balancer, or those of nodes.
   *
   * @default GatewayExposure.external()
   */
  readonly exposure?: GatewayExposure;
}

/** What Istio is told of the east-west gateway that it provisions. */
export interface ProvisionedEastWestOptions {
  /**
   * The revision whose proxy the gateway gets.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * Annotations of what Istio makes, such as those that a cloud's load balancer reads.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Who runs the proxy of an EastWestGateway. */
export class EastWestForm {
  /**
   * You, as a Deployment whose proxy Istio injects, with Istio Gateways bound to it. For sidecars; in an ambient mesh it can expose the control plane only.
   *
   * @param options how the pods run
   */
  public static selfManaged(options: SelfManagedEastWestOptions = {}): EastWestForm {
    return new EastWestForm(options, undefined);
  }

  /**
   * Istio, from a Gateway of Gateway API: of class `istio` for sidecars, of class `istio-east-west` in an ambient mesh.
   *
   * @param options what Istio is told
   */
  public static provisioned(options: ProvisionedEastWestOptions = {}): EastWestForm {
    return new EastWestForm(undefined, options);
  }

  private constructor(
    /** @internal */
    public readonly _workload: SelfManagedEastWestOptions | undefined,
    /** @internal */
    public readonly _provisioned: ProvisionedEastWestOptions | undefined,
  ) {}
}
