import { App, Chart, Duration } from 'cdk8s';
import {
  Backend, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Timeouts and tries. */
const app = new App();
const chart = new Chart(app, 'feature-http-resilience');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'timeouts', {
  metadata: { name: 'timeouts', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['timeouts.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/request')],
      timeouts: { request: Duration.millis(500) },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/backend')],
      timeouts: { request: Duration.seconds(0), backendRequest: Duration.millis(500) },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/never')],
      timeouts: { request: Duration.seconds(0) },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'retries', {
  metadata: { name: 'retries', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['retries.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/twice')],
      retry: { attempts: 2, codes: [500, 503], backoff: Duration.millis(25) },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/once')],
      retry: { codes: [503] },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/within')],
      timeouts: { request: Duration.seconds(2), backendRequest: Duration.millis(500) },
      retry: { attempts: 2, codes: [503, 504] },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'connections', {
  metadata: { name: 'connections', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['connections.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/retry')],
      retry: { attempts: 3 },
      backends: [{ backend: Backend.serviceName('halfway', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/down')],
      retry: { attempts: 3 },
      backends: [{ backend: Backend.serviceName('down', { port: 80 }) }],
    },
  ],
});
new HttpRoute(chart, 'no-retries', {
  metadata: { name: 'no-retries', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['no-retries.example.com'],
  rules: [
    {
      matches: [HttpRouteMatch.pathPrefix('/status')],
      retry: { attempts: 0, codes: [503] },
      backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }],
    },
    {
      matches: [HttpRouteMatch.pathPrefix('/down')],
      retry: { attempts: 0 },
      backends: [{ backend: Backend.serviceName('down', { port: 80 }) }],
    },
  ],
});

app.synth();
