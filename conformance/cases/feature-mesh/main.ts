import { App, Chart } from 'cdk8s';
import {
  Backend, GrpcMethodMatch, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, HttpHeaderMatch, HttpMethod, HttpPathModifier, HttpQueryParamMatch,
  HttpRedirectScheme, HttpRoute, HttpRouteFilter, HttpRouteMatch, RouteParent,
} from 'cdk8s-mesh';

/** Routes of Services. */
const app = new App();
const chart = new Chart(app, 'feature-mesh');

new HttpRoute(chart, 'split', {
  metadata: { name: 'split', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('split')],
  rules: [
    {
      backends: [
        { backend: Backend.serviceName('echo-v1', { port: 80 }), weight: 70 },
        { backend: Backend.serviceName('echo-v2', { port: 80 }), weight: 30 },
      ],
    },
  ],
});
new HttpRoute(chart, 'rules', {
  metadata: { name: 'rules', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('rules')],
  rules: [
    {
      name: 'exact',
      matches: [HttpRouteMatch.pathExact('/exact')],
      backends: [{ backend: Backend.serviceName('echo-v2', { port: 80 }) }],
    },
    {
      name: 'header',
      matches: [HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('version', 'two')] })],
      backends: [{ backend: Backend.serviceName('echo-v2', { port: 80 }) }],
    },
    {
      name: 'query',
      matches: [HttpRouteMatch.of({ queryParams: [HttpQueryParamMatch.exact('version', 'two')] })],
      backends: [{ backend: Backend.serviceName('echo-v2', { port: 80 }) }],
    },
    {
      name: 'method',
      matches: [HttpRouteMatch.httpMethod(HttpMethod.DELETE)],
      backends: [{ backend: Backend.serviceName('echo-v2', { port: 80 }) }],
    },
    { matches: [HttpRouteMatch.pathPrefix('/only')], backends: [{ backend: Backend.serviceName('echo-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'paths', {
  metadata: { name: 'paths', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('paths')],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/prefix')],
      filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/new') })],
      backends: [{ backend: Backend.serviceName('echo-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/full')],
      filters: [HttpRouteFilter.rewrite({ path: HttpPathModifier.replaceFullPath('/index.html') })],
      backends: [{ backend: Backend.serviceName('echo-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'redirects', {
  metadata: { name: 'redirects', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('redirects')],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/scheme')], filters: [HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS })] },
    { matches: [HttpRouteMatch.pathPrefix('/port')], filters: [HttpRouteFilter.redirect({ port: 8083 })] },
    {
      matches: [HttpRouteMatch.pathPrefix('/path')],
      filters: [HttpRouteFilter.redirect({ path: HttpPathModifier.replacePrefixMatch('/new') })],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/status')],
      filters: [HttpRouteFilter.redirect({ hostname: 'new.example.org', statusCode: 307 })],
    },
  ],
});
new HttpRoute(chart, 'ported', {
  metadata: { name: 'ported', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('ported', { port: 8080 })],
  rules: [
    { backends: [{ backend: Backend.serviceName('echo-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'backend', {
  metadata: { name: 'backend', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('backend')],
  rules: [
    {
      backends: [
        {
          backend: Backend.serviceName('echo-v1', { port: 80 }),
          filters: [HttpRouteFilter.requestHeaders({ set: { 'x-set': 'backend' }, remove: ['x-remove'] })],
        },
      ],
    },
  ],
});
new HttpRoute(chart, 'producer', {
  metadata: { name: 'producer', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('consumed')],
  rules: [
    {
      filters: [HttpRouteFilter.responseHeaders({ set: { 'x-route': 'producer' } })],
      backends: [{ backend: Backend.serviceName('echo-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'consumer', {
  metadata: { name: 'consumer', namespace: 'other' },
  parents: [RouteParent.consumerServiceName('consumed', { namespace: 'shop' })],
  rules: [
    {
      filters: [HttpRouteFilter.responseHeaders({ set: { 'x-route': 'consumer' } })],
      backends: [{ backend: Backend.serviceName('echo-v2', { namespace: 'shop', port: 80 }) }],
    },
  ],
});
new GrpcRoute(chart, 'greeter', {
  metadata: { name: 'greeter', namespace: 'shop' },
  parents: [RouteParent.producerServiceName('greeter')],
  rules: [
    {
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: 'shop.Greeter', method: 'Greet' }) })],
      filters: [GrpcRouteFilter.requestHeaders({ set: { 'x-set': 'route' } })],
      backends: [
        { backend: Backend.serviceName('greeter-v1', { port: 80 }), weight: 70 },
        { backend: Backend.serviceName('greeter-v2', { port: 80 }), weight: 30 },
      ],
    },
    {
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: 'shop.Greeter', method: 'Bye' }) })],
      filters: [GrpcRouteFilter.requestHeaders({ set: { 'x-set': 'route' } })],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
  ],
});

app.synth();
