import { App, Chart } from 'cdk8s';
import {
  Backend, Gateway, GatewayClass, HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpQueryParamMatch, HttpRoute, HttpRouteMatch, Listener,
  RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Rules of all kinds of matches, and routes that share a host. */
const app = new App();
const chart = new Chart(app, 'feature-http-matching');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'matches', {
  metadata: { name: 'matches', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['matches.example.com'],
  rules: [
    {
      name: 'exact',
      matches: [HttpRouteMatch.pathExact('/exact')],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }), weight: 1 }],
    },
    {
      name: 'methods',
      matches: [HttpRouteMatch.httpMethod(HttpMethod.POST), HttpRouteMatch.of({ path: HttpPathMatch.prefix('/search'), method: HttpMethod.GET })],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }],
    },
    {
      name: 'headers',
      matches: [HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('X-User', 'beta'), HttpHeaderMatch.regex('x-device', 'mobile|tablet')] })],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }],
    },
    {
      name: 'queries',
      matches: [
        HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.exact('version', '2')] }),
        HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.regex('lang', 'de|fr')] }),
      ],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }],
    },
    {
      name: 'prefix',
      matches: [HttpRouteMatch.pathPrefix('/api/v2/')],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }],
    },
    {
      name: 'longer-prefix',
      matches: [HttpRouteMatch.pathPrefix('/api/v2/users')],
      backends: [{ backend: Backend.serviceName('web-v3', { port: 80 }) }],
    },
    { name: 'rest', matches: [HttpRouteMatch.pathPrefix('/')], backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'order', {
  metadata: { name: 'order', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['order.example.com'],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/a')], backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
    {
      matches: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/a'), headers: [HttpHeaderMatch.exact('x-one', 'a')] })],
      backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }],
    },
    {
      matches: [
        HttpRouteMatch.of({ path: HttpPathMatch.prefix('/a'), queryParams: [HttpQueryParamMatch.exact('q', 'a')], method: HttpMethod.GET }),
      ],
      backends: [{ backend: Backend.serviceName('web-v3', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'across-a', {
  metadata: { name: 'across-a', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['across.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/'), HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('version', 'two')] })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'across-b', {
  metadata: { name: 'across-b', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['across.example.com'],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/v2')], backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
    {
      matches: [
        HttpRouteMatch.of({
          path: HttpPathMatch.prefix('/'),
          headers: [HttpHeaderMatch.exact('version', 'two'), HttpHeaderMatch.exact('x-more', 'yes')],
        }),
      ],
      backends: [{ backend: Backend.serviceName('web-v3', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'hosts-wide', {
  metadata: { name: 'hosts-wide', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['*.example.org'],
  rules: [
    { matches: [HttpRouteMatch.pathExact('/exact')], backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'hosts-narrow', {
  metadata: { name: 'hosts-narrow', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['*.wild.example.org', 'exact.example.org'],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/')], backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});

app.synth();
