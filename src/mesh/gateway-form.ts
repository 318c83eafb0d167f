import { Construct } from 'constructs';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { GatewayWorkloadOptions } from './gateway-workload';
import { ProvisionedGateway } from './provisioned-gateway';
import { SelfManagedGateway } from './self-managed-gateway';
import { IGatewayClass } from '../gateway-api/gateway-class';
import { LocalObjectReference } from '../gateway-api/local-object-reference';

/** Options of a gateway that a controller provisions. */
export interface ProvisionedGatewayOptions {
  /**
   * The revision whose proxy the gateway gets; Istio only.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * The service account of the pods that the controller makes: the gateway's identity.
   *
   * @default - what the controller is known to name it: `<gateway>-<class>` for Istio and NGINX Gateway Fabric
   */
  readonly serviceAccount?: string;

  /**
   * More labels of the objects that the controller makes.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * More annotations of the objects that the controller makes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * An object with settings of the implementation; for Istio a ConfigMap.
   *
   * @default - none
   */
  readonly parameters?: LocalObjectReference;
}

/** Who runs the proxy of a MeshedGateway. */
export class GatewayForm {
  /**
   * The controller of a GatewayClass, from a Gateway of Gateway API.
   *
   * @param gatewayClass the class
   * @param options what the controller is told
   */
  public static provisioned(gatewayClass: IGatewayClass, options: ProvisionedGatewayOptions = {}): GatewayForm {
    return new GatewayForm((scope, props) => new ProvisionedGateway(scope, { ...props, ...options, gatewayClass }));
  }

  /**
   * You, as a Deployment whose proxy Istio injects, with an Istio Gateway bound to it.
   *
   * @param options how the pods run
   */
  public static selfManaged(options: GatewayWorkloadOptions = {}): GatewayForm {
    return new GatewayForm((scope, props) => new SelfManagedGateway(scope, { ...props, workload: options }));
  }

  private constructor(
    /** @internal */
    public readonly _build: (scope: Construct, props: GatewayBodyProps) => GatewayBody,
  ) {}
}
