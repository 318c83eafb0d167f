import { Chart } from 'cdk8s';
import { Backend, DefaultGatewayScope, IGateway, IListenerSet, RouteParent, TcpRoute } from 'cdk8s-mesh';

/** What TCPRoutes refer to. */
export interface TcpRouteParts {
  readonly gateway: IGateway;
  readonly listenerSet: IListenerSet;
}

export function tcpRoutes(chart: Chart, { gateway, listenerSet }: TcpRouteParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // parentRefs[].group, kind, name, namespace, sectionName, port
  new TcpRoute(chart, 'ParentRefs', {
    metadata: metadata('parent-refs'),
    parents: [RouteParent.gateway(gateway, { listener: 'tcp', port: 1883 })],
    // rules[].name
    ruleName: 'mqtt',
    // rules[].backendRefs[].group, kind, name, namespace, port, weight
    backends: [
      { backend: Backend.serviceName('mqtt', { port: 1883 }), weight: 3 },
      { backend: Backend.serviceName('mqtt', { port: 1883, namespace: 'shop-next' }), weight: 1 },
    ],
  });

  // useDefaultGateways: All
  new TcpRoute(chart, 'UseDefaultGatewaysAll', {
    metadata: metadata('use-default-gateways-all'),
    useDefaultGateways: DefaultGatewayScope.ALL,
    backends: [{ backend: Backend.serviceName('mqtt', { port: 1883 }) }],
  });

  // useDefaultGateways: None
  new TcpRoute(chart, 'UseDefaultGatewaysNone', {
    metadata: metadata('use-default-gateways-none'),
    useDefaultGateways: DefaultGatewayScope.NONE,
    parents: [RouteParent.listenerSet(listenerSet, { listener: 'tcp' })],
    backends: [{ backend: Backend.serviceName('mqtt', { port: 1883 }) }],
  });
}
