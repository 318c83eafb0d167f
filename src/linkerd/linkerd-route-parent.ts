import { POLICY_GROUP } from './linkerd-construct';
import { ILinkerdEgressNetwork } from './linkerd-egress-network';
import { hasRequests } from './linkerd-proxy-protocol';
import { ILinkerdServer } from './linkerd-server';
import { RouteParent } from '../gateway-api/route-parent';
import { GatewayController } from '../semantics/gateway-controller';
import { checkPort } from '../semantics/port';

/** Kinds of routes whose traffic are requests, which policies tell apart. */
const OF_REQUESTS = ['HTTPRoute', 'GRPCRoute'];

/**
 * What a route attaches to that only Linkerd knows. `RouteParent.producerService` and `RouteParent.consumerService` are for calls to Services.
 *
 * @see https://linkerd.io/2-edge/reference/httproute/#parentreference
 */
export class LinkerdRouteParent {
  /**
   * A Server of the route's own namespace. The route sends nothing anywhere: it is what a LinkerdAuthorizationPolicy is about, and from then on requests that match no
   * route of the Server are refused, probes and metrics among them. A route refuses it when it is of another namespace, or no HTTPRoute or GRPCRoute.
   *
   * @throws when the Server's protocol has no requests
   */
  public static server(server: ILinkerdServer): RouteParent {
    const { name, namespace, proxyProtocol } = server;
    if (!hasRequests(proxyProtocol)) {
      throw new Error(`Server '${name}' has proxyProtocol '${proxyProtocol}', of which a proxy sees no requests that a route could match: ` +
        'make the policy for the Server itself');
    }
    return RouteParent._of({ group: POLICY_GROUP, kind: 'Server', name, namespace }, GatewayController.LINKERD, route => {
      if (!OF_REQUESTS.includes(route.kind)) {
        throw new Error(`Server '${name}' takes routes of kind HTTPRoute or GRPCRoute, got ${route.kind} '${route.name}': make the policy for the Server itself`);
      }
      if (namespace !== undefined && namespace !== route.namespace) {
        throw new Error(`${route.kind} '${route.name}' must be in namespace '${namespace}' of its parent Server '${name}', ` +
          `got ${route.namespace === undefined ? 'none' : `'${route.namespace}'`}: a Server takes routes of its own namespace`);
      }
    });
  }

  /**
   * A port of the world outside, as an EgressNetwork sees it. A UDPRoute is refused.
   *
   * @param network the EgressNetwork
   * @param port the port that clients call, 1 to 65535
   * @throws when the port is none
   */
  public static egressNetwork(network: ILinkerdEgressNetwork, port: number): RouteParent {
    const { name, namespace } = network;
    checkPort(port, `port of parent EgressNetwork '${name}'`);
    return RouteParent._of({ group: POLICY_GROUP, kind: 'EgressNetwork', name, namespace, port }, GatewayController.LINKERD, route => {
      if (route.kind === 'UDPRoute') {
        throw new Error(`EgressNetwork '${name}' takes no UDPRoute, got '${route.name}': proxies leave datagrams alone`);
      }
    });
  }

  private constructor() {}
}
