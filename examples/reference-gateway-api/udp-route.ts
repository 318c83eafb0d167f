import { Chart } from 'cdk8s';
import { Backend, DefaultGatewayScope, IGateway, IListenerSet, RouteParent, UdpRoute } from 'cdk8s-mesh';

/** What UDPRoutes refer to. */
export interface UdpRouteParts {
  readonly gateway: IGateway;
  readonly listenerSet: IListenerSet;
}

export function udpRoutes(chart: Chart, { gateway, listenerSet }: UdpRouteParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // parentRefs[].group, kind, name, namespace, sectionName, port
  new UdpRoute(chart, 'ParentRefs', {
    metadata: metadata('parent-refs'),
    parents: [RouteParent.gateway(gateway, { listener: 'udp', port: 53 })],
    // rules[].name
    ruleName: 'dns',
    // rules[].backendRefs[].group, kind, name, namespace, port, weight
    backends: [
      { backend: Backend.serviceName('dns', { port: 53 }), weight: 3 },
      { backend: Backend.serviceName('dns', { port: 53, namespace: 'shop-next' }), weight: 1 },
    ],
  });

  // useDefaultGateways: All
  new UdpRoute(chart, 'UseDefaultGatewaysAll', {
    metadata: metadata('use-default-gateways-all'),
    useDefaultGateways: DefaultGatewayScope.ALL,
    backends: [{ backend: Backend.serviceName('dns', { port: 53 }) }],
  });

  // useDefaultGateways: None
  new UdpRoute(chart, 'UseDefaultGatewaysNone', {
    metadata: metadata('use-default-gateways-none'),
    useDefaultGateways: DefaultGatewayScope.NONE,
    parents: [RouteParent.listenerSet(listenerSet, { listener: 'udp' })],
    backends: [{ backend: Backend.serviceName('dns', { port: 53 }) }],
  });
}
