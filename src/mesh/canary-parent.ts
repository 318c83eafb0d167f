import { Service } from 'cdk8s-plus-28';
import type { MeshedGateway } from './meshed-gateway';
import { IGateway } from '../gateway-api/gateway';
import { RouteParent } from '../gateway-api/route-parent';
import { VirtualServiceGateway, IIstioGateway } from '../istio/istio-gateway-reference';
import { IstioHost } from '../istio/istio-host';

/**
 * What a parent is to one of the two kinds of route.
 *
 * @internal
 */
export interface CanaryParentBinding {
  readonly httpParents?: (hostnames: string[]) => RouteParent[];
  readonly istioGateway?: IIstioGateway;
  /** A host besides the route's own. */
  readonly istioHost?: IstioHost;
}

/** Where requests come from that a CanaryRoute divides. */
export class CanaryParent {
  /** Requests from outside through a gateway of this app. Workloads of a closed namespace are told to take them. */
  public static gateway(gateway: MeshedGateway): CanaryParent {
    const { gateway: http, istioGateway } = gateway._body;
    return new CanaryParent(`gateway '${gateway.name}'`, {
      httpParents: http && (hostnames => [...new Set(hostnames.map(hostname => gateway._listenerOf(hostname)))]
        .map(listener => RouteParent.gateway(http, { listener }))),
      istioGateway,
    }, gateway);
  }

  /**
   * Requests through a Gateway of Gateway API.
   *
   * @param gateway the Gateway
   * @param listener the name of its listener
   */
  public static gatewayListener(gateway: IGateway, listener: string): CanaryParent {
    return new CanaryParent(`gateway '${gateway.name}'`, { httpParents: () => [RouteParent.gateway(gateway, { listener })] });
  }

  /** Requests through a Gateway of Istio. */
  public static istioGateway(gateway: IIstioGateway): CanaryParent {
    return new CanaryParent(`istio gateway '${gateway.name}'`, { istioGateway: gateway });
  }

  /**
   * Requests of the mesh's own workloads, of every namespace, to a Service. A route of Gateway API must be in the Service's namespace for that.
   *
   * @param service the Service that they call
   * @param port the port that they call; default: every port
   */
  public static service(service: Service, port?: number): CanaryParent {
    return new CanaryParent(`service '${service.name}'`, {
      httpParents: () => [RouteParent.producerService(service, { port })],
      istioGateway: VirtualServiceGateway.MESH,
      istioHost: IstioHost.service(service),
    });
  }

  private constructor(
    /** @internal */
    public readonly _description: string,
    /** @internal */
    public readonly _binding: CanaryParentBinding,
    /** @internal */
    public readonly _meshedGateway?: MeshedGateway,
  ) {}
}
