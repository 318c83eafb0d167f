import { App, Chart, Duration } from 'cdk8s';
import {
  Backend, CaCertificate, Certificate, DefaultGatewayScope, ExternalAuth, Gateway, GatewayAddress, GatewayApi, GatewayApiChannel, GatewayClass,
  GatewayRoutability, HttpRoute, HttpRouteFilter, Listener, ListenerFilter, RouteNamespaces, RouteParent, SessionPersistence,
} from 'cdk8s-mesh';

/** What only the experimental channel has, each on a gateway or a route of its own. */
const app = new App();
GatewayApi.declare(app, {
  channel: GatewayApiChannel.EXPERIMENTAL,
  // Istio does not read them: here it is asked what it does instead.
  unreadFields: [
    'Gateway addresses[].routability', 'Gateway defaultScope', 'Gateway listeners[].filters',
    'Gateway tls.frontend.default.validation.caCertificateRefs[].kind=ClusterTrustBundle',
    'HTTPRoute rules[].filters[].externalAuth', 'HTTPRoute rules[].sessionPersistence', 'HTTPRoute useDefaultGateways',
  ],
});
const chart = new Chart(app, 'feature-experimental');
const auth = ExternalAuth.http({ backend: Backend.serviceName('auth', { port: 80 }), path: '/check', allowedHeaders: ['x-user'] });
const web = [{ backend: Backend.serviceName('web', { port: 80 }) }];

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ routes: RouteNamespaces.all() })],
});
const filtered = new Gateway(chart, 'filtered', {
  metadata: { name: 'filtered', namespace: 'shop' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ filters: [ListenerFilter.externalAuth(auth)] })],
});
const inside = new Gateway(chart, 'inside', {
  metadata: { name: 'inside', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  addresses: [GatewayAddress.ipAddress(undefined, { routability: GatewayRoutability.CLUSTER })],
  listeners: [Listener.http({ routes: RouteNamespaces.all() })],
});
const bundled = new Gateway(chart, 'bundled', {
  metadata: { name: 'bundled', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  frontendTls: { validation: { caCertificates: [CaCertificate.clusterTrustBundle('clients')] } },
  listeners: [Listener.https({ hostname: 'plain.example.com', certificates: [Certificate.fromSecretName('plain')], routes: RouteNamespaces.all() })],
});
new Gateway(chart, 'scoped', {
  metadata: { name: 'scoped', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  defaultScope: DefaultGatewayScope.ALL,
  listeners: [Listener.http({ routes: RouteNamespaces.all() })],
});

new HttpRoute(chart, 'plain', {
  metadata: { name: 'plain', namespace: 'shop' },
  parents: [filtered, inside, bundled].map(one => RouteParent.gateway(one)),
  hostnames: ['plain.example.com'],
  rules: [{ backends: web }],
});
new HttpRoute(chart, 'authorized', {
  metadata: { name: 'authorized', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['authorized.example.com'],
  rules: [{ filters: [HttpRouteFilter.externalAuth(auth)], backends: web }],
});
new HttpRoute(chart, 'sticky', {
  metadata: { name: 'sticky', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['sticky.example.com'],
  rules: [{ sessionPersistence: SessionPersistence.cookie({ name: 'session', absoluteTimeout: Duration.hours(1) }), backends: web }],
});
new HttpRoute(chart, 'by-default', {
  metadata: { name: 'by-default', namespace: 'shop' },
  useDefaultGateways: DefaultGatewayScope.ALL,
  hostnames: ['by-default.example.com'],
  rules: [{ backends: web }],
});

app.synth();
