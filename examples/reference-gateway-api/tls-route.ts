import { Chart } from 'cdk8s';
import { Backend, DefaultGatewayScope, IGateway, IListenerSet, RouteParent, TlsRoute } from 'cdk8s-mesh';

/** What TLSRoutes refer to. */
export interface TlsRouteParts {
  readonly gateway: IGateway;
  readonly listenerSet: IListenerSet;
}

export function tlsRoutes(chart: Chart, { gateway, listenerSet }: TlsRouteParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });

  // parentRefs[].group, kind, name, namespace, sectionName, port
  new TlsRoute(chart, 'ParentRefs', {
    metadata: metadata('parent-refs'),
    parents: [RouteParent.gateway(gateway, { listener: 'tls-passthrough', port: 8443 })],
    // hostnames
    hostnames: ['vault.example.com'],
    // rules[].name
    ruleName: 'vault',
    // rules[].backendRefs[].group, kind, name, namespace, port, weight
    backends: [
      { backend: Backend.serviceName('vault', { port: 8200 }), weight: 3 },
      { backend: Backend.serviceName('vault', { port: 8200, namespace: 'shop-next' }), weight: 1 },
    ],
  });

  // useDefaultGateways: All
  new TlsRoute(chart, 'UseDefaultGatewaysAll', {
    metadata: metadata('use-default-gateways-all'),
    useDefaultGateways: DefaultGatewayScope.ALL,
    hostnames: ['vault.eu.example.com'],
    backends: [{ backend: Backend.serviceName('vault', { port: 8200 }) }],
  });

  // useDefaultGateways: None
  new TlsRoute(chart, 'UseDefaultGatewaysNone', {
    metadata: metadata('use-default-gateways-none'),
    useDefaultGateways: DefaultGatewayScope.NONE,
    parents: [RouteParent.listenerSet(listenerSet, { listener: 'tls-passthrough' })],
    hostnames: ['vault.example.com'],
    backends: [{ backend: Backend.serviceName('vault', { port: 8200 }) }],
  });
}
