import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  AttachedPolicy, Backend, BackendTlsPolicy, BackendTrust, CaCertificate, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, Listener,
  PolicyTargetForm, PolicyTargetRef, RouteParent,
} from 'cdk8s-mesh';

// The code of docs/guides/policies.md.
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const gateway = new Gateway(chart, 'Edge', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.ENVOY_GATEWAY, listeners: [Listener.http()] });
const cart = new Service(chart, 'Cart', { metadata: { name: 'cart' }, ports: [{ name: 'https', port: 443 }] });
const route = new HttpRoute(chart, 'Web', {
  metadata: { name: 'web' },
  parents: [RouteParent.gateway(gateway, { listener: 'http' })],
  rules: [
    { name: 'uploads', matches: [HttpRouteMatch.pathPrefix('/uploads')], backends: [{ backend: Backend.service(cart) }] },
    { name: 'rest', backends: [{ backend: Backend.service(cart) }] },
  ],
});

new BackendTlsPolicy(chart, 'CartTls', {
  metadata: { name: 'cart-tls' },
  targets: [PolicyTargetRef.service(cart, { port: 'https' })],
  validation: { hostname: 'cart.shop.svc', trust: BackendTrust.certificates(CaCertificate.configMapName('cart-ca')) },
});

// For everything that comes through the Gateway ...
new AttachedPolicy(chart, 'Defaults', {
  metadata: { name: 'edge-defaults' },
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'BackendTrafficPolicy',
  targets: [PolicyTargetRef.gateway(gateway)],
  spec: {
    retry: { numRetries: 2 },
    requestBuffer: { limit: '1Mi' },
  },
});

// ... except for uploads, which take more, and keep the retries.
new AttachedPolicy(chart, 'Uploads', {
  metadata: { name: 'uploads' },
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'BackendTrafficPolicy',
  targets: [PolicyTargetRef.httpRoute(route, { rule: 'uploads' })],
  spec: {
    mergeType: 'StrategicMerge',
    requestBuffer: { limit: '64Mi' },
  },
});

new AttachedPolicy(chart, 'Health', {
  metadata: { name: 'cart-health' },
  apiVersion: 'networking.gke.io/v1',
  kind: 'HealthCheckPolicy',
  form: PolicyTargetForm.TARGET_REF,
  targets: [PolicyTargetRef.service(cart)],
  spec: { default: { config: { type: 'HTTPS', httpsHealthCheck: { requestPath: '/healthz' } } } },
});

app.synth();
