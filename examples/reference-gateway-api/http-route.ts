import { Chart, Duration } from 'cdk8s';
import { HTTP_FILTERS } from './http-filters';
import { SESSIONS } from './session-persistence';
import {
  Backend, DefaultGatewayScope, HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRoute, HttpRouteMatch, IBackend, IGateway,
  IListenerSet, RouteParent,
} from 'cdk8s-mesh';

/** What HTTPRoutes refer to. */
export interface HttpRouteParts {
  readonly gateway: IGateway;
  readonly listenerSet: IListenerSet;
  readonly xBackend: IBackend;
}

export function httpRoutes(chart: Chart, { gateway, listenerSet, xBackend }: HttpRouteParts): void {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const onHttps = [RouteParent.gateway(gateway, { listener: 'https' })];
  const backends = [{ backend: Backend.serviceName('web', { port: 8080 }) }];

  // parentRefs[].group, kind, name, namespace, sectionName, port
  new HttpRoute(chart, 'ParentRefs', {
    metadata: metadata('parent-refs'),
    parents: [
      RouteParent.gateway(gateway, { listener: 'https', port: 443 }),
      RouteParent.listenerSet(listenerSet, { listener: 'http' }),
      RouteParent.producerServiceName('web', { port: 8080, portName: 'http' }),
      RouteParent.consumerServiceName('catalogue', { namespace: 'catalogue', port: 8080 }),
      RouteParent.of({ group: 'example.com', kind: 'Tunnel', name: 'office' }),
    ],
    // hostnames
    hostnames: ['shop.example.com', '*.shop.example.com'],
    rules: [{ backends }],
  });

  // useDefaultGateways: All
  new HttpRoute(chart, 'UseDefaultGatewaysAll', {
    metadata: metadata('use-default-gateways-all'),
    useDefaultGateways: DefaultGatewayScope.ALL,
    hostnames: ['blog.example.com'],
    rules: [{ backends }],
  });

  // useDefaultGateways: None
  new HttpRoute(chart, 'UseDefaultGatewaysNone', {
    metadata: metadata('use-default-gateways-none'),
    useDefaultGateways: DefaultGatewayScope.NONE,
    parents: onHttps,
    hostnames: ['news.example.com'],
    rules: [{ backends }],
  });

  // rules[].name, rules[].matches[]
  new HttpRoute(chart, 'Matches', {
    metadata: metadata('matches'),
    parents: onHttps,
    hostnames: ['shop.example.com'],
    rules: [
      // rules[].matches[].path.type: Exact, value
      { name: 'path-exact', matches: [HttpRouteMatch.pathExact('/favicon.ico')], backends },
      // rules[].matches[].path.type: PathPrefix
      { name: 'path-prefix', matches: [HttpRouteMatch.pathPrefix('/products')], backends },
      // rules[].matches[].path.type: RegularExpression
      { name: 'path-regular-expression', matches: [HttpRouteMatch.of({ path: HttpPathMatch.regex('/orders/[0-9]+') })], backends },
      // rules[].matches[].headers[].type: Exact and RegularExpression, name, value
      {
        name: 'headers',
        matches: [HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('x-release', 'canary'), HttpHeaderMatch.regex('accept-language', '^de(-.*)?')] })],
        backends,
      },
      // rules[].matches[].queryParams[].type: Exact and RegularExpression, name, value
      {
        name: 'query-params',
        matches: [HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.exact('preview', 'true'), HttpQueryParamMatch.regex('page', '^[1-9][0-9]?$')] })],
        backends,
      },
      // rules[].matches[].method, all of its words
      { name: 'method', matches: Object.values(HttpMethod).map(method => HttpRouteMatch.of({ path: HttpPathMatch.prefix('/api'), method })), backends },
    ],
  });

  // rules[].filters[]
  new HttpRoute(chart, 'Filters', {
    metadata: metadata('filters'),
    parents: onHttps,
    hostnames: ['filters.example.com'],
    rules: Object.entries(HTTP_FILTERS).map(([name, filter]) => ({
      name,
      matches: [HttpRouteMatch.pathPrefix(`/${name}`)],
      filters: [filter],
      // A redirect answers itself.
      backends: name.startsWith('request-redirect') ? undefined : backends,
    })),
  });

  // rules[].backendRefs[].filters[]
  new HttpRoute(chart, 'BackendRefsFilters', {
    metadata: metadata('backend-refs-filters'),
    parents: onHttps,
    hostnames: ['backends.example.com'],
    rules: Object.entries(HTTP_FILTERS).map(([name, filter]) => ({
      name,
      matches: [HttpRouteMatch.pathPrefix(`/${name}`)],
      backends: [...backends, { backend: Backend.serviceName('web-next', { port: 8080 }), filters: [filter] }],
    })),
  });

  // rules[].backendRefs[].group, kind, name, namespace, port, weight
  new HttpRoute(chart, 'BackendRefs', {
    metadata: metadata('backend-refs'),
    parents: onHttps,
    hostnames: ['weights.example.com'],
    rules: [{
      name: 'backend-refs',
      backends: [
        { backend: Backend.serviceName('web', { port: 8080 }), weight: 90 },
        { backend: Backend.serviceName('web', { port: 8080, namespace: 'shop-next' }), weight: 9 },
        { backend: Backend.of({ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'web', port: 8080 }), weight: 1 },
        { backend: xBackend, weight: 0 },
      ],
    }],
  });

  // rules[].timeouts, rules[].retry, rules[].sessionPersistence
  new HttpRoute(chart, 'Resilience', {
    metadata: metadata('resilience'),
    parents: onHttps,
    hostnames: ['resilience.example.com'],
    rules: [
      // rules[].timeouts.request, backendRequest
      {
        name: 'timeouts',
        matches: [HttpRouteMatch.pathPrefix('/search')],
        timeouts: { request: Duration.seconds(10), backendRequest: Duration.millis(2500) },
        backends,
      },
      // rules[].retry.attempts, codes, backoff
      {
        name: 'retry',
        matches: [HttpRouteMatch.pathPrefix('/prices')],
        retry: { attempts: 3, codes: [502, 503, 504], backoff: Duration.millis(100) },
        backends,
      },
      // rules[].sessionPersistence
      ...Object.entries(SESSIONS).map(([name, sessionPersistence]) =>
        ({ name, matches: [HttpRouteMatch.pathPrefix(`/${name}`)], sessionPersistence, backends })),
    ],
  });
}
