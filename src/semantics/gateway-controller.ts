import { checkDnsSubdomain } from './names';

const CONTROLLER_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** The controller that implements a GatewayClass, or the routes of Services. */
export class GatewayController {
  /** Istio, for gateways. */
  public static readonly ISTIO = GatewayController.of('istio.io/gateway-controller');
  /** Istio, for ambient waypoints. */
  public static readonly ISTIO_WAYPOINT = GatewayController.of('istio.io/mesh-controller');
  /** Istio, for gateways of another network. */
  public static readonly ISTIO_REMOTE = GatewayController.of('istio.io/unmanaged-gateway');
  /** Istio, for ambient east-west gateways. */
  public static readonly ISTIO_EAST_WEST = GatewayController.of('istio.io/eastwest-controller');
  /** Envoy Gateway. */
  public static readonly ENVOY_GATEWAY = GatewayController.of('gateway.envoyproxy.io/gatewayclass-controller');
  /** NGINX Gateway Fabric. */
  public static readonly NGINX = GatewayController.of('gateway.nginx.org/nginx-gateway-controller');
  /** Google Kubernetes Engine. */
  public static readonly GKE = GatewayController.of('networking.gke.io/gateway');
  /** Amazon VPC Lattice. */
  public static readonly AMAZON_VPC_LATTICE = GatewayController.of('application-networking.k8s.aws/gateway-api-controller');
  /** Cilium. */
  public static readonly CILIUM = GatewayController.of('io.cilium/gateway-controller');
  /** Traefik. */
  public static readonly TRAEFIK = GatewayController.of('traefik.io/gateway-controller');
  /** kgateway. */
  public static readonly KGATEWAY = GatewayController.of('kgateway.dev/kgateway');
  /** Linkerd, for routes of Services. */
  public static readonly LINKERD = GatewayController.of('linkerd.io/policy-controller');

  /**
   * A controller by name.
   *
   * @param name a domain, a slash and a path, such as `example.com/gateway-controller`
   * @throws when the name is not of that form
   */
  public static of(name: string): GatewayController {
    const [domain, ...path] = name.split('/');
    if (!CONTROLLER_PATH.test(path.join('/')) || name.length > 253) {
      throw new Error(`controller name must be a domain and a path such as example.com/gateway-controller, got '${name}'`);
    }
    checkDnsSubdomain(domain, 'domain of the controller name');
    return new GatewayController(name);
  }

  private constructor(
    /** The name as the controller writes it. */
    public readonly name: string,
  ) {}
}
