import { Construct } from 'constructs';
import { GatewayBody, GatewayBodyProps } from './gateway-body';
import { ProvisionedGateway } from './provisioned-gateway';
import { ProvisionedGatewayOptions } from './provisioned-gateway-options';
import { SelfManagedGateway } from './self-managed-gateway';
import { SelfManagedGatewayOptions } from './self-managed-gateway-options';
import { IGatewayClass } from '../../gateway-api/gateway-class';
import { NginxGateway } from '../nginx/nginx-gateway';
import { NginxGatewayOptions } from '../nginx/nginx-options';

/** Who runs the proxy of a MeshedGateway. */
export class GatewayForm {
  /**
   * The controller of a GatewayClass, from a Gateway of Gateway API.
   *
   * Where the proxy is not the mesh's own, and an Istio sidecar stands beside it, routes of this gateway ask for Services by their names, by which the sidecar
   * finds them, and X-Forwarded-Host has the hostname. What no route can say so is refused: copies of requests, Flagger, and behind other classes than Envoy
   * Gateway's also several backends of a rule and calls of gRPC.
   *
   * @param gatewayClass the class
   * @param options what the controller is told
   */
  public static provisioned(gatewayClass: IGatewayClass, options: ProvisionedGatewayOptions = {}): GatewayForm {
    return new GatewayForm((scope, props) => new ProvisionedGateway(scope, props, gatewayClass, options));
  }

  /**
   * You, as a Deployment or DaemonSet whose proxy Istio injects, with an Istio Gateway or a Gateway of Gateway API bound to it.
   *
   * @param options how the pods run
   */
  public static selfManaged(options: SelfManagedGatewayOptions = {}): GatewayForm {
    return new GatewayForm((scope, props) => new SelfManagedGateway(scope, { ...props, workload: options }));
  }

  /**
   * You, as a Deployment of nginx with a proxy of the mesh beside it: nginx ends TLS, and what it sends to Services goes through the mesh. Its routes are those of
   * `addNginxRoute`. Policies of the mesh do not bind what arrives at nginx, which is past its proxy; they know the gateway's identity behind it.
   * Each request opens a connection to the proxy in the pod, which keeps those to Services; there is no gRPC on the way.
   *
   * @param options how it runs
   */
  public static nginx(options: NginxGatewayOptions = {}): GatewayForm {
    return new GatewayForm((scope, props) => new NginxGateway(scope, { ...props, options }));
  }

  private constructor(
    /** @internal */
    public readonly _build: (scope: Construct, props: GatewayBodyProps) => GatewayBody,
  ) {}
}
