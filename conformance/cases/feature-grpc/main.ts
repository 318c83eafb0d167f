import { App, Chart } from 'cdk8s';
import {
  Backend, Certificate, Gateway, GatewayClass, GrpcMethodMatch, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, HttpHeaderMatch, Listener,
  RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Routes of gRPC. */
const app = new App();
const chart = new Chart(app, 'feature-grpc');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.http({ name: 'http', routes: RouteNamespaces.all() }),
    Listener.https({ name: 'https', certificates: [Certificate.fromSecretName('public-tls')], routes: RouteNamespaces.all() }),
  ],
});
new GrpcRoute(chart, 'methods', {
  metadata: { name: 'methods', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['methods.example.com'],
  rules: [
    {
      name: 'greet',
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: 'shop.Greeter', method: 'Greet' }) })],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
    {
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ service: 'shop.Greeter' }) })],
      backends: [{ backend: Backend.serviceName('greeter-v1', { port: 80 }) }],
    },
    {
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.exact({ method: 'Anywhere' }) })],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
    {
      matches: [GrpcRouteMatch.of({ method: GrpcMethodMatch.regex({ service: 'shop\\.(Chat|Talk)er', method: 'Say.*' }) })],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
  ],
});
new GrpcRoute(chart, 'headers', {
  metadata: { name: 'headers', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['headers.example.com'],
  rules: [
    {
      matches: [GrpcRouteMatch.of({ headers: [HttpHeaderMatch.exact('X-Version', 'two')] })],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
    {
      matches: [
        GrpcRouteMatch.of({
          method: GrpcMethodMatch.exact({ service: 'shop.Greeter', method: 'Greet' }),
          headers: [HttpHeaderMatch.regex('x-color', 'blue|green')],
        }),
      ],
      backends: [{ backend: Backend.serviceName('greeter-v2', { port: 80 }) }],
    },
    { backends: [{ backend: Backend.serviceName('greeter-v1', { port: 80 }) }] },
  ],
});
new GrpcRoute(chart, 'modified', {
  metadata: { name: 'modified', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['modified.example.com'],
  rules: [
    {
      filters: [
        GrpcRouteFilter.requestHeaders({ set: { 'x-set': 'route' }, add: { 'x-add': 'route' }, remove: ['x-remove'] }),
        GrpcRouteFilter.responseHeaders({ set: { 'x-set': 'route' } }),
      ],
      backends: [{ backend: Backend.serviceName('greeter-v1', { port: 80 }) }],
    },
  ],
});
new GrpcRoute(chart, 'modified-backend', {
  metadata: { name: 'modified-backend', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['modified-backend.example.com'],
  rules: [
    {
      backends: [
        { backend: Backend.serviceName('greeter-v1', { port: 80 }), filters: [GrpcRouteFilter.requestHeaders({ set: { 'x-set': 'backend' } })] },
      ],
    },
  ],
});
new GrpcRoute(chart, 'mirror', {
  metadata: { name: 'mirror', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['mirror.example.com'],
  rules: [
    {
      filters: [GrpcRouteFilter.mirror({ backend: Backend.serviceName('copy', { port: 80 }) })],
      backends: [{ backend: Backend.serviceName('greeter-v1', { port: 80 }) }],
    },
  ],
});
new GrpcRoute(chart, 'weights', {
  metadata: { name: 'weights', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['weights.example.com'],
  rules: [
    {
      backends: [
        { backend: Backend.serviceName('greeter-v1', { port: 80 }), weight: 80 },
        { backend: Backend.serviceName('greeter-v2', { port: 80 }), weight: 20 },
      ],
    },
  ],
});

app.synth();
