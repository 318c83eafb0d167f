import { Chart } from 'cdk8s';
import { GRPC_FILTERS } from './grpc-filters';
import { SESSIONS } from './session-persistence';
import {
  Backend, DefaultGatewayScope, GrpcMethodMatch, GrpcRoute, GrpcRouteMatch, HttpHeaderMatch, IGateway, IListenerSet, RouteParent,
} from 'cdk8s-mesh';

/** What GRPCRoutes refer to. */
export interface GrpcRouteParts {
  readonly gateway: IGateway;
  readonly listenerSet: IListenerSet;
}

export function grpcRoutes(chart: Chart, { gateway, listenerSet }: GrpcRouteParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const onHttps = [RouteParent.gateway(gateway, { listener: 'https' })];
  const backends = [{ backend: Backend.serviceName('checkout', { port: 50051 }) }];
  /** A service for each rule, so that all rules are about other calls. */
  const serviceOf = (rule: string) => `shop.${rule.replaceAll('-', '_')}.v1.Service`;

  // parentRefs[].group, kind, name, namespace, sectionName, port
  new GrpcRoute(chart, 'ParentRefs', {
    metadata: metadata('parent-refs'),
    parents: [
      RouteParent.gateway(gateway, { listener: 'https', port: 443 }),
      RouteParent.listenerSet(listenerSet, { listener: 'https' }),
      RouteParent.producerServiceName('checkout', { port: 50051, portName: 'grpc' }),
    ],
    // hostnames
    hostnames: ['checkout.example.com', '*.grpc.example.com'],
    rules: [{ backends }],
  });

  // useDefaultGateways: All
  new GrpcRoute(chart, 'UseDefaultGatewaysAll', {
    metadata: metadata('use-default-gateways-all'),
    useDefaultGateways: DefaultGatewayScope.ALL,
    hostnames: ['prices.example.com'],
    rules: [{ backends }],
  });

  // useDefaultGateways: None
  new GrpcRoute(chart, 'UseDefaultGatewaysNone', {
    metadata: metadata('use-default-gateways-none'),
    useDefaultGateways: DefaultGatewayScope.NONE,
    parents: onHttps,
    hostnames: ['stock.example.com'],
    rules: [{ backends }],
  });

  // rules[].name, rules[].matches[]
  new GrpcRoute(chart, 'Matches', {
    metadata: metadata('matches'),
    parents: onHttps,
    hostnames: ['calls.example.com'],
    rules: [
      // rules[].matches[].method.type: Exact, service, method
      { name: 'method-exact', matches: [GrpcRouteMatch.serviceMethod('shop.checkout.v1.Checkout', 'Pay')], backends },
      // rules[].matches[].method.type: RegularExpression
      {
        name: 'method-regular-expression',
        matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.regex({ service: 'shop\\.reports\\..*', method: 'Get.*' }) })],
        backends,
      },
      // rules[].matches[].headers[].type: Exact and RegularExpression, name, value
      {
        name: 'headers',
        matches: [GrpcRouteMatch.of({ headers: [HttpHeaderMatch.exact('x-release', 'canary'), HttpHeaderMatch.regex('x-client', '^till-[0-9]+$')] })],
        backends,
      },
    ],
  });

  // rules[].filters[]
  new GrpcRoute(chart, 'Filters', {
    metadata: metadata('filters'),
    parents: onHttps,
    hostnames: ['grpc-filters.example.com'],
    rules: Object.entries(GRPC_FILTERS).map(([name, filter]) =>
      ({ name, matches: [GrpcRouteMatch.service(serviceOf(name))], filters: [filter], backends })),
  });

  // rules[].backendRefs[].group, kind, name, namespace, port, weight, filters[]
  new GrpcRoute(chart, 'BackendRefs', {
    metadata: metadata('backend-refs'),
    parents: onHttps,
    hostnames: ['grpc-backends.example.com'],
    rules: Object.entries(GRPC_FILTERS).map(([name, filter]) => ({
      name,
      matches: [GrpcRouteMatch.service(serviceOf(name))],
      backends: [
        { backend: Backend.serviceName('checkout', { port: 50051 }), weight: 95 },
        { backend: Backend.serviceName('checkout', { port: 50051, namespace: 'shop-next' }), weight: 5, filters: [filter] },
      ],
    })),
  });

  // rules[].sessionPersistence
  new GrpcRoute(chart, 'SessionPersistence', {
    metadata: metadata('session-persistence'),
    parents: onHttps,
    hostnames: ['grpc-sessions.example.com'],
    rules: Object.entries(SESSIONS).map(([name, sessionPersistence]) =>
      ({ name, matches: [GrpcRouteMatch.service(serviceOf(name))], sessionPersistence, backends })),
  });
}
