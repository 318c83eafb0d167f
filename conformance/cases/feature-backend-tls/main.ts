import { App, Chart } from 'cdk8s';
import {
  Backend, BackendTlsPolicy, BackendTrust, CaCertificate, Certificate, Gateway, GatewayApi, GatewayClass, GrpcRoute, HttpRoute, Listener,
  PolicyTargetRef, RouteNamespaces, RouteParent, SubjectAltName,
} from 'cdk8s-mesh';

/** Backends with TLS, each with what a policy demands of its certificate. */
const app = new App();
// Istio does not read them: here it is asked what it does instead.
GatewayApi.declare(app, { unreadFields: ['Gateway tls.backend'] });
const chart = new Chart(app, 'feature-backend-tls');

const gateway = new Gateway(chart, 'public', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
const identified = new Gateway(chart, 'identified-gateway', {
  metadata: { name: 'identified', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  backendClientCertificate: Certificate.fromSecretName('gateway-client'),
  listeners: [Listener.http({ name: 'http', routes: RouteNamespaces.all() })],
});
new HttpRoute(chart, 'secure-httproute', {
  metadata: { name: 'secure', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['secure.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('secure', { port: 443 }) }] },
  ],
});
new HttpRoute(chart, 'identified-httproute', {
  metadata: { name: 'identified', namespace: 'shop' },
  parents: [RouteParent.gateway(identified)],
  hostnames: ['identified.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('secure', { port: 443 }) }] },
  ],
});
new HttpRoute(chart, 'named-httproute', {
  metadata: { name: 'named', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['named.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('named', { port: 443 }) }] },
  ],
});
new HttpRoute(chart, 'foreign-httproute', {
  metadata: { name: 'foreign', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['foreign.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('foreign', { port: 443 }) }] },
  ],
});
new HttpRoute(chart, 'mistrusted-httproute', {
  metadata: { name: 'mistrusted', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['mistrusted.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('mistrusted', { port: 443 }) }] },
  ],
});
new HttpRoute(chart, 'unsettled-httproute', {
  metadata: { name: 'unsettled', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['unsettled.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('unsettled', { port: 443 }) }] },
  ],
});
new GrpcRoute(chart, 'greeter-grpcroute', {
  metadata: { name: 'greeter', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway)],
  hostnames: ['greeter.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('greeter', { port: 443 }) }] },
  ],
});
new BackendTlsPolicy(chart, 'secure-backendtlspolicy-tls', {
  metadata: { name: 'secure', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('secure')],
  validation: {
    hostname: 'secure.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('backends')),
  },
});
new BackendTlsPolicy(chart, 'named-backendtlspolicy-tls', {
  metadata: { name: 'named', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('named')],
  validation: {
    hostname: 'named.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('backends')),
    subjectAltNames: [SubjectAltName.hostname('other.internal.example.com'), SubjectAltName.uri('spiffe://example.com/named')],
  },
});
new BackendTlsPolicy(chart, 'foreign-backendtlspolicy-tls', {
  metadata: { name: 'foreign', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('foreign')],
  validation: {
    hostname: 'foreign.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('backends')),
    subjectAltNames: [SubjectAltName.hostname('nobody.internal.example.com')],
  },
});
new BackendTlsPolicy(chart, 'mistrusted-backendtlspolicy-tls', {
  metadata: { name: 'mistrusted', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('mistrusted')],
  validation: {
    hostname: 'mistrusted.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('strangers')),
  },
});
new BackendTlsPolicy(chart, 'unsettled-backendtlspolicy-tls', {
  metadata: { name: 'unsettled', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('unsettled')],
  validation: {
    hostname: 'unsettled.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('nobody')),
  },
});
new BackendTlsPolicy(chart, 'greeter-backendtlspolicy-tls', {
  metadata: { name: 'greeter', namespace: 'shop' },
  targets: [PolicyTargetRef.serviceName('greeter')],
  validation: {
    hostname: 'greeter.internal.example.com',
    trust: BackendTrust.certificates(CaCertificate.configMapName('backends')),
  },
});

app.synth();
