import { App, Chart } from 'cdk8s';
import {
  Backend, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Backends of several protocols and namespaces, with weights. */
const app = new App();
const chart = new Chart(app, 'feature-http-backends');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'weights', {
  metadata: { name: 'weights', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['weights.example.com'],
  rules: [
    {
      backends: [
        { backend: Backend.serviceName('web-v1', { port: 80 }), weight: 70 },
        { backend: Backend.serviceName('web-v2', { port: 80 }), weight: 30 },
        { backend: Backend.serviceName('h2c', { port: 80 }), weight: 0 },
      ],
    },
  ],
});
new HttpRoute(chart, 'h2c', {
  metadata: { name: 'h2c', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['h2c.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('h2c', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'chat', {
  metadata: { name: 'chat', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['chat.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('chat', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'granted', {
  metadata: { name: 'granted', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['granted.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('granted', { namespace: 'other', port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'missing', {
  metadata: { name: 'missing', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['missing.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('nobody', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'nothing', {
  metadata: { name: 'nothing', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['nothing.example.com'],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/')] },
  ],
});

app.synth();
