import { App, Chart, Duration } from 'cdk8s';
import { Namespace, Service } from 'cdk8s-plus-28';
import {
  Backend, Certificate, CertManagerIssuance, CertManagerIssuer, ExternalDns, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayClass,
  GatewayController, GrpcRoute, GrpcRouteMatch, HttpMethod, HttpPathMatch, HttpRoute, HttpRouteFilter, HttpRouteMatch, Listener, ListenerNamespaces,
  ListenerSet, RouteNamespaces, RouteParent, TcpRoute,
} from 'cdk8s-mesh';

// The code of docs/guides/gateway-api.md.
const app = new App();
GatewayApi.declare(app, {
  bundle: GatewayApiBundle.V1_6,
  channel: GatewayApiChannel.STANDARD,
  mesh: GatewayController.ISTIO,
});
const chart = new Chart(app, 'platform');

const infra = new Namespace(chart, 'Infra', { metadata: { name: 'infra' } });
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: infra.name },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.https({
      hostname: '*.example.com',
      certificates: [Certificate.fromSecretName('example-com-tls')],
      routes: RouteNamespaces.named('shop', 'payments'),
    }),
    Listener.tcp({ name: 'postgres', port: 5432, routes: RouteNamespaces.named('shop') }),
  ],
  allowedListeners: ListenerNamespaces.named('tenant-a'),
});

const web = new Service(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ name: 'http', port: 8080 }] });
const cart = new Service(chart, 'Cart', { metadata: { name: 'cart', namespace: 'payments' }, ports: [{ name: 'http', port: 8080 }] });
const shop = new HttpRoute(chart, 'Shop', {
  metadata: { name: 'shop', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'https' })],
  hostnames: ['shop.example.com'],
  rules: [
    {
      name: 'checkout',
      matches: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/checkout'), method: HttpMethod.POST })],
      filters: [HttpRouteFilter.requestHeaders({ set: { 'x-checkout': 'true' } })],
      backends: [{ backend: Backend.service(cart) }],
      timeouts: { request: Duration.seconds(10), backendRequest: Duration.seconds(2) },
    },
    { name: 'pages', backends: [{ backend: Backend.service(web) }] },
  ],
});

new GrpcRoute(chart, 'Quotes', {
  metadata: { name: 'quotes', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'https' })],
  hostnames: ['quotes.example.com'],
  rules: [{ matches: [GrpcRouteMatch.service('shop.v1.Quotes')], backends: [{ backend: Backend.serviceName('quotes', { port: 50051 }) }] }],
});
new TcpRoute(chart, 'Database', {
  metadata: { name: 'orders', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'postgres' })],
  backends: [{ backend: Backend.serviceName('orders', { port: 5432 }) }],
});

new HttpRoute(chart, 'CartForAll', {
  metadata: { name: 'cart', namespace: 'payments' },
  parents: [RouteParent.producerService(cart)],
  rules: [{ timeouts: { request: Duration.seconds(2) }, backends: [{ backend: Backend.service(cart) }] }],
});
new HttpRoute(chart, 'CartForReports', {
  metadata: { name: 'cart-for-reports', namespace: 'reports' },
  parents: [RouteParent.consumerService(cart)],
  rules: [{ timeouts: { request: Duration.minutes(5) }, backends: [{ backend: Backend.service(cart) }] }],
});

const tenant = new Chart(app, 'tenant-a', { namespace: 'tenant-a' });
const listeners = new ListenerSet(tenant, 'Listeners', {
  gateway,
  listeners: [Listener.https({ hostname: 'a.example.org', certificates: [Certificate.fromSecretName('a-tls')] })],
});
new HttpRoute(tenant, 'Web', {
  parents: [RouteParent.listenerSet(listeners, { listener: 'https' })],
  rules: [{ backends: [{ backend: Backend.serviceName('web', { port: 80 }) }] }],
});

CertManagerIssuance.listenerSet(listeners, CertManagerIssuer.clusterIssuer('letsencrypt'));
new ExternalDns().publish(shop, { hostnames: ['www.example.com'], ttl: Duration.minutes(5) });

app.synth();
