import { App, Chart, Duration } from 'cdk8s';
import {
  Backend, Gateway, GatewayClass, HttpCorsMethod, HttpRoute, HttpRouteFilter, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Mirrors, all of the requests or a part, and CORS. */
const app = new App();
const chart = new Chart(app, 'feature-http-mirrors-cors');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'mirror', {
  metadata: { name: 'mirror', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['mirror.example.com'],
  rules: [
    {
      filters: [HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-1', { port: 80 }) })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'mirrors', {
  metadata: { name: 'mirrors', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['mirrors.example.com'],
  rules: [
    {
      filters: [
        HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-1', { port: 80 }) }),
        HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-2', { port: 80 }) }),
      ],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'percent', {
  metadata: { name: 'percent', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['percent.example.com'],
  rules: [
    {
      filters: [
        HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-1', { port: 80 }), percent: 20 }),
        HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-2', { port: 80 }), fraction: { numerator: 1, denominator: 2 } }),
      ],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'none', {
  metadata: { name: 'none', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['none.example.com'],
  rules: [
    {
      filters: [HttpRouteFilter.mirror({ backend: Backend.serviceName('copy-1', { port: 80 }), percent: 0 })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'cors-exact', {
  metadata: { name: 'cors-exact', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['cors-exact.example.com'],
  rules: [
    {
      filters: [
        HttpRouteFilter.cors({
          allowOrigins: ['https://app.example.com', 'https://*.example.org'],
          allowMethods: [HttpCorsMethod.GET, HttpCorsMethod.PUT],
          allowHeaders: ['x-token'],
          exposeHeaders: ['x-trace'],
          allowCredentials: true,
          maxAge: Duration.seconds(300),
        }),
      ],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'cors-any', {
  metadata: { name: 'cors-any', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['cors-any.example.com'],
  rules: [
    { filters: [HttpRouteFilter.cors({ allowOrigins: ['*'] })], backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'cors-any-with-credentials', {
  metadata: { name: 'cors-any-with-credentials', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['cors-any-with-credentials.example.com'],
  rules: [
    {
      filters: [HttpRouteFilter.cors({ allowOrigins: ['*'], allowMethods: [HttpCorsMethod.ALL], allowHeaders: ['*'], allowCredentials: true })],
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});

app.synth();
