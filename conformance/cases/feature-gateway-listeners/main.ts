import { App, Chart } from 'cdk8s';
import {
  Backend, Certificate, Gateway, GatewayAddress, GatewayClass, HttpRoute, HttpRouteMatch, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Gateways with several listeners, and routes that name them by section, by port and by host. */
const app = new App();
const chart = new Chart(app, 'feature-gateway-listeners');

const isolation = new Gateway(chart, 'isolation', {
  metadata: { name: 'isolation', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.http({ name: 'empty', routes: RouteNamespaces.all() }),
    Listener.http({ name: 'wide', hostname: '*.example.com', routes: RouteNamespaces.all() }),
    Listener.http({ name: 'narrow', hostname: '*.foo.example.com', routes: RouteNamespaces.all() }),
    Listener.http({ name: 'exact', hostname: 'abc.foo.example.com', routes: RouteNamespaces.all() }),
  ],
});
const ports = new Gateway(chart, 'ports', {
  metadata: { name: 'ports', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.http({ name: 'http', routes: RouteNamespaces.all() }),
    Listener.http({ name: 'alternative', port: 8080, routes: RouteNamespaces.all() }),
  ],
});
const oneHost = new Gateway(chart, 'one-host', {
  metadata: { name: 'one-host', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', hostname: 'foo.example.org', routes: RouteNamespaces.all() })],
});
const secure = new Gateway(chart, 'secure', {
  metadata: { name: 'secure', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.https({
      name: 'shop',
      hostname: 'shop.example.com',
      certificates: [Certificate.fromSecretName('wildcard')],
      routes: RouteNamespaces.all(),
    }),
    Listener.https({
      name: 'rest',
      hostname: '*.example.com',
      certificates: [Certificate.fromSecretName('wildcard')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
const addressed = new Gateway(chart, 'addressed', {
  metadata: { name: 'addressed', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  addresses: [GatewayAddress.ipAddress('203.0.113.77')],
  infrastructure: { labels: { team: 'edge' }, annotations: { 'example.com/note': 'kept' } },
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
const addressEmpty = new Gateway(chart, 'address-empty', {
  metadata: { name: 'address-empty', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  addresses: [GatewayAddress.ipAddress()],
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'on-empty', {
  metadata: { name: 'on-empty', namespace: 'shop' },
  parents: [RouteParent.gateway(isolation, { listener: 'empty' })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'on-wide', {
  metadata: { name: 'on-wide', namespace: 'shop' },
  parents: [RouteParent.gateway(isolation, { listener: 'wide' })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'on-narrow', {
  metadata: { name: 'on-narrow', namespace: 'shop' },
  parents: [RouteParent.gateway(isolation, { listener: 'narrow' })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v3', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'on-exact', {
  metadata: { name: 'on-exact', namespace: 'shop' },
  parents: [RouteParent.gateway(isolation, { listener: 'exact' })],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/exact')], backends: [{ backend: Backend.serviceName('web-v4', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'by-port', {
  metadata: { name: 'by-port', namespace: 'shop' },
  parents: [RouteParent.gateway(ports, { port: 80 })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'by-other-port', {
  metadata: { name: 'by-other-port', namespace: 'shop' },
  parents: [RouteParent.gateway(ports, { port: 8080 })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'by-host-wide', {
  metadata: { name: 'by-host-wide', namespace: 'shop' },
  parents: [RouteParent.gateway(oneHost)],
  hostnames: ['*.example.org'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'by-host-exact', {
  metadata: { name: 'by-host-exact', namespace: 'shop' },
  parents: [RouteParent.gateway(oneHost)],
  hostnames: ['foo.example.org'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'secure-shop', {
  metadata: { name: 'secure-shop', namespace: 'shop' },
  parents: [RouteParent.gateway(secure, { listener: 'shop' })],
  hostnames: ['shop.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'secure-rest', {
  metadata: { name: 'secure-rest', namespace: 'shop' },
  parents: [RouteParent.gateway(secure, { listener: 'rest' })],
  hostnames: ['admin.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'at-address', {
  metadata: { name: 'at-address', namespace: 'shop' },
  parents: [RouteParent.gateway(addressed), RouteParent.gateway(addressEmpty)],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});

app.synth();
