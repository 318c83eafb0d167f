import { App, Chart } from 'cdk8s';
import {
  Backend, BackendTlsPolicy, BackendTrust, CaCertificate, Certificate, Gateway, GatewayClass, Listener, PolicyTargetRef, RouteNamespaces,
  RouteParent, TlsRoute,
} from 'cdk8s-mesh';

/** Connections that are passed through, or terminated. */
const app = new App();
const chart = new Chart(app, 'feature-tls-routes');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.tlsPassthrough({ name: 'pass', hostname: '*.example.com', routes: RouteNamespaces.all() }),
    Listener.tlsTerminate({
      name: 'plain',
      port: 8443,
      hostname: 'plain.example.com',
      certificates: [Certificate.fromSecretName('example-com')],
      routes: RouteNamespaces.all(),
    }),
    Listener.tlsTerminate({
      name: 'again',
      port: 8443,
      hostname: 'again.example.com',
      certificates: [Certificate.fromSecretName('again-tls')],
      routes: RouteNamespaces.all(),
    }),
    Listener.tlsTerminate({
      name: 'shared',
      port: 8443,
      hostname: '*.example.org',
      certificates: [Certificate.fromSecretName('example-org')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
const mixed = new Gateway(chart, 'mixed', {
  metadata: { name: 'mixed', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.tlsPassthrough({ name: 'pass', hostname: 'pass.example.com', routes: RouteNamespaces.all() }),
    Listener.tlsTerminate({
      name: 'terminate',
      hostname: 'terminate.example.com',
      certificates: [Certificate.fromSecretName('terminate-tls')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
new TlsRoute(chart, 'shop', {
  metadata: { name: 'shop', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'pass' })],
  hostnames: ['shop.example.com'],
  backends: [{ backend: Backend.serviceName('shop', { port: 443 }) }],
});
new TlsRoute(chart, 'bank', {
  metadata: { name: 'bank', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'pass' })],
  hostnames: ['bank.example.com'],
  backends: [
    { backend: Backend.serviceName('bank', { port: 443 }), weight: 90 },
    { backend: Backend.serviceName('bank-canary', { port: 443 }), weight: 10 },
  ],
});
new TlsRoute(chart, 'rest', {
  metadata: { name: 'rest', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'pass' })],
  hostnames: ['*.example.com'],
  backends: [{ backend: Backend.serviceName('rest', { port: 443 }) }],
});
new TlsRoute(chart, 'missing', {
  metadata: { name: 'missing', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'pass' })],
  hostnames: ['missing.example.com'],
  backends: [{ backend: Backend.serviceName('nobody', { port: 443 }) }],
});
new TlsRoute(chart, 'plain', {
  metadata: { name: 'plain', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'plain' })],
  hostnames: ['plain.example.com'],
  backends: [{ backend: Backend.serviceName('plain', { port: 8000 }) }],
});
new TlsRoute(chart, 'again-tlsroute', {
  metadata: { name: 'again', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'again' })],
  hostnames: ['again.example.com'],
  backends: [{ backend: Backend.serviceName('again', { port: 443 }) }],
});
new TlsRoute(chart, 'shared-a', {
  metadata: { name: 'shared-a', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'shared' })],
  hostnames: ['a.example.org'],
  backends: [{ backend: Backend.serviceName('plain', { port: 8000 }) }],
});
new TlsRoute(chart, 'shared-b', {
  metadata: { name: 'shared-b', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway, { listener: 'shared' })],
  hostnames: ['b.example.org'],
  backends: [{ backend: Backend.serviceName('rest', { port: 443 }) }],
});
new TlsRoute(chart, 'mixed-pass', {
  metadata: { name: 'mixed-pass', namespace: 'shop' },
  parents: [RouteParent.gateway(mixed, { listener: 'pass' })],
  hostnames: ['pass.example.com'],
  backends: [{ backend: Backend.serviceName('shop', { port: 443 }) }],
});
new TlsRoute(chart, 'mixed-terminate', {
  metadata: { name: 'mixed-terminate', namespace: 'shop' },
  parents: [RouteParent.gateway(mixed, { listener: 'terminate' })],
  hostnames: ['terminate.example.com'],
  backends: [{ backend: Backend.serviceName('plain', { port: 8000 }) }],
});
new BackendTlsPolicy(chart, 'again-backendtlspolicy-tls', {
  metadata: { name: 'again', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('again')],
  validation: {
    hostname: 'again.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('backends')),
  },
});

app.synth();
