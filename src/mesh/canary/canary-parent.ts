import { Service } from 'cdk8s-plus-28';
import { IGateway } from '../../gateway-api/gateway';
import { IListenerSet } from '../../gateway-api/listener-set';
import { RouteParent } from '../../gateway-api/route-parent';
import { VirtualServiceGateway, IIstioGateway } from '../../istio/istio-gateway-reference';
import { IstioHost } from '../../istio/istio-host';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { GatewayHostProtocol } from '../gateway/gateway-host';
import type { MeshedGateway } from '../gateway/meshed-gateway';

/**
 * A Service whose calls are divided.
 *
 * @internal
 */
export interface CanaryParentService {
  readonly name: string;
  readonly port?: number;
  readonly host: (namespace: string) => IstioHost;
  /** The parent of a route in another namespace, which counts for callers there. */
  readonly consumerParent: (namespace: string) => RouteParent;
  /** The Service, where it is of this app. */
  readonly known?: Service;
}

/**
 * What a parent is to one of the two kinds of route.
 *
 * @internal
 */
export interface CanaryParentBinding {
  readonly routeParents?: (hostnames: readonly string[]) => RouteParent[];
  readonly istioGateway?: IIstioGateway;
  /** The port of the gateway that the route is for; every one where none is said. */
  readonly gatewayPort?: number;
  readonly service?: CanaryParentService;
}

/** Where requests come from that a CanaryRoute divides. */
export class CanaryParent {
  /**
   * Requests from outside through a gateway of this app. Workloads of a closed namespace are told to take them.
   *
   * @param gateway the gateway, which serves the hosts of the route
   * @param port for CanaryProtocol.TCP the port of a `GatewayHost.tcp`; default: none, it goes by the hosts
   * @throws when the gateway is an nginx, or takes no bytes on the port
   */
  public static gateway(gateway: MeshedGateway, port?: number): CanaryParent {
    const { gateway: http, istioGateway, nginx } = gateway._body;
    if (nginx !== undefined) {
      throw new Error(`gateway '${gateway.name}' is an nginx, to which no route binds: call addNginxRoute with the Service, and pass CanaryParent.service, ` +
        'whose requests its sidecar divides');
    }
    if (port !== undefined && !gateway.hosts.some(host => host.protocol === GatewayHostProtocol.TCP && host.port === port)) {
      throw new Error(`gateway '${gateway.name}' takes no bytes on port ${port}: pass GatewayHost.tcp(${port}) to it`);
    }
    const listenersOf = (hostnames: readonly string[]) => port === undefined ? hostnames.map(hostname => gateway._listenerOf(hostname)) :
      http!.listeners!.filter(listener => listener.protocol === 'TCP' && listener.port === port).map(({ name }) => name);
    return new CanaryParent(`gateway '${gateway.name}'`, {
      routeParents: http && (hostnames => [...new Set(listenersOf(hostnames))].map(listener => RouteParent.gateway(http, { listener }))),
      istioGateway,
      gatewayPort: port,
    }, gateway, true);
  }

  /**
   * Requests through a Gateway of Gateway API.
   *
   * @param gateway the Gateway
   * @param listener the name of its listener
   */
  public static gatewayListener(gateway: IGateway, listener: string): CanaryParent {
    return new CanaryParent(`gateway '${gateway.name}'`, { routeParents: () => [RouteParent.gateway(gateway, { listener })] });
  }

  /**
   * Requests through a listener of a ListenerSet.
   *
   * @param set the ListenerSet
   * @param listener the name of its listener
   * @param through the gateway of this app that listens; default: another one, whose requests workloads of a closed namespace are not told to take
   * @throws when the ListenerSet is known to be one of another Gateway
   */
  public static listenerSet(set: IListenerSet, listener: string, through?: MeshedGateway): CanaryParent {
    if (through !== undefined && set.gateway !== undefined && set.gateway !== through.gateway) {
      throw new Error(`listener set '${set.name}' is of gateway '${set.gateway.name}', got gateway '${through.name}': pass the gateway that it adds to`);
    }
    return new CanaryParent(`listener set '${set.name}'`, { routeParents: () => [RouteParent.listenerSet(set, { listener })] }, through);
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
      routeParents: () => [RouteParent.producerService(service, { port })],
      istioGateway: VirtualServiceGateway.MESH,
      service: {
        name: service.name,
        port,
        host: () => IstioHost.service(service),
        consumerParent: () => RouteParent.consumerService(service, { port }),
        known: service,
      },
    });
  }

  /**
   * Requests of the mesh's own workloads to a Service of the route's namespace that is in the cluster already, or that Flagger makes.
   *
   * @param name the name of the Service
   * @param port the port that they call; default: every port
   * @throws when the name is no DNS label, or the port is none
   */
  public static serviceName(name: string, port?: number): CanaryParent {
    checkDnsLabel(name, 'name of the Service');
    if (port !== undefined) {
      checkPort(port);
    }
    return new CanaryParent(`service '${name}'`, {
      routeParents: () => [RouteParent.producerServiceName(name, { port })],
      istioGateway: VirtualServiceGateway.MESH,
      service: {
        name,
        port,
        host: namespace => IstioHost.serviceName(name, namespace),
        consumerParent: namespace => RouteParent.consumerServiceName(name, { namespace, port }),
      },
    });
  }

  private constructor(
    /** @internal */
    public readonly _description: string,
    /** @internal */
    public readonly _binding: CanaryParentBinding,
    /** @internal */
    public readonly _meshedGateway?: MeshedGateway,
    /**
     * Whether the hosts of the route must be hosts of the gateway.
     *
     * @internal
     */
    public readonly _servesHosts = false,
  ) {}
}
