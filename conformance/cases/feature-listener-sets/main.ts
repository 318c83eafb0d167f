import { App, Chart } from 'cdk8s';
import {
  Backend, Certificate, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener, ListenerNamespaces, ListenerSet, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** A gateway, and the listeners that teams add to it. */
const app = new App();
const chart = new Chart(app, 'feature-listener-sets');

const shared = new Gateway(chart, 'shared', {
  metadata: { name: 'shared', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  allowedListeners: ListenerNamespaces.selected({ labels: { listeners: 'allowed' } }),
  listeners: [Listener.http({ name: 'http', hostname: 'gateway.example.com', routes: RouteNamespaces.all() })],
});
new Gateway(chart, 'closed', {
  metadata: { name: 'closed', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
const shopListeners = new ListenerSet(chart, 'shop-listenerset', {
  metadata: { name: 'shop', namespace: 'shop' },
  gateway: shared,
  listeners: [
    Listener.http({ name: 'http', hostname: 'shop.example.com' }),
    Listener.https({ name: 'https', hostname: 'shop.example.com', certificates: [Certificate.fromSecretName('shop-tls')] }),
  ],
});
const teamListeners = new ListenerSet(chart, 'team-listenerset', {
  metadata: { name: 'team', namespace: 'team' },
  gateway: shared,
  listeners: [
    Listener.http({ name: 'http', port: 8080, hostname: 'team.example.com' }),
  ],
});
new HttpRoute(chart, 'shop-httproute', {
  metadata: { name: 'shop', namespace: 'shop' },
  parents: [RouteParent.listenerSet(shopListeners)],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'shop-https', {
  metadata: { name: 'shop-https', namespace: 'shop' },
  parents: [RouteParent.listenerSet(shopListeners, { listener: 'https' })],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/secure')], backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'team-httproute', {
  metadata: { name: 'team', namespace: 'team' },
  parents: [RouteParent.listenerSet(teamListeners, { listener: 'http' })],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v3', { port: 80 }) }] },
  ],
});
new HttpRoute(chart, 'on-gateway', {
  metadata: { name: 'on-gateway', namespace: 'shop' },
  parents: [RouteParent.gateway(shared)],
  hostnames: ['gateway.example.com', 'shop.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v2', { port: 80 }) }] },
  ],
});

app.synth();
