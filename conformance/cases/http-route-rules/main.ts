import { App, Chart, Duration } from 'cdk8s';
import {
  Backend, Gateway, GatewayClass, HeaderModifier, HttpCorsMethod, HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpPathModifier, HttpQueryParamMatch,
  HttpRedirectScheme, HttpRoute, HttpRouteFilter, HttpRouteMatch, HttpRouteRule, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** What rules of an HTTPRoute can say, a host for each matter. */
const app = new App();
const chart = new Chart(app, 'http-route-rules');
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ routes: RouteNamespaces.all() })],
});
const backend = (name: string) => Backend.serviceName(name, { port: 80 });
const to = (name: string) => [{ backend: backend(name) }];
const route = (name: string, ...rules: HttpRouteRule[]) => new HttpRoute(chart, name, {
  metadata: { name, namespace: 'shop' }, parents: [RouteParent.gateway(gateway)], hostnames: [`${name}.example.com`], rules,
});

route('matches',
  { matches: [HttpRouteMatch.of({ path: HttpPathMatch.regex('/v[0-9]+/.*') })], backends: to('web-v2') },
  { matches: [HttpRouteMatch.httpMethod(HttpMethod.DELETE)], backends: to('web-v2') },
  { matches: [HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.regex('version', '2\\..*')] })], backends: to('web-v2') },
  { matches: [HttpRouteMatch.of({ headers: [HttpHeaderMatch.regex('user-agent', '.*Mobile.*')] })], backends: to('web-v2') },
  { matches: [HttpRouteMatch.pathExact('/exact')], backends: to('web-v2') },
  { backends: to('web-v1') });
route('headers', {
  filters: [
    HttpRouteFilter.requestHeaders({ set: { 'x-set': 'route' }, add: { 'x-add': 'route' }, remove: ['x-remove'] } satisfies HeaderModifier),
    HttpRouteFilter.responseHeaders({ set: { 'x-frame-options': 'DENY' } }),
  ],
  backends: to('web-v1'),
});
route('redirects',
  {
    matches: [HttpRouteMatch.pathPrefix('/old')],
    filters: [HttpRouteFilter.redirect({ hostname: 'new.example.com', path: HttpPathModifier.replacePrefixMatch('/new'), statusCode: 302 })],
  },
  { matches: [HttpRouteMatch.pathPrefix('/port')], filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS, port: 8443, statusCode: 301 })] },
  { filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replaceFullPath('/moved') })] });
route('rewrites',
  {
    matches: [HttpRouteMatch.pathPrefix('/api')],
    filters: [HttpRouteFilter.rewrite({ hostname: 'internal.example.com', path: HttpPathModifier.replacePrefixMatch('/') })],
    backends: to('web-v1'),
  },
  { filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replaceFullPath('/index.html') })], backends: to('web-v1') });
route('mirror', { filters: [HttpRouteFilter.mirror({ backend: backend('web-v2') })], backends: to('web-v1') });
route('cors', {
  filters: [HttpRouteFilter.cors({
    allowOrigins: ['https://app.example.com'], allowMethods: [HttpCorsMethod.GET], allowHeaders: ['x-token'], maxAge: Duration.minutes(5),
  })],
  backends: to('web-v1'),
});
route('timeouts', { timeouts: { request: Duration.seconds(1) }, backends: to('web-v1') });
route('granted', { backends: [{ backend: Backend.serviceName('search', { namespace: 'search', port: 80 }) }] });
route('missing', { backends: to('nobody') });
route('partly-missing', { backends: [...to('web-v1'), { backend: backend('nobody'), weight: 1 }] });
route('no-backend', { matches: [HttpRouteMatch.pathPrefix('/')] });

app.synth();
