import { App, Chart } from 'cdk8s';
import {
  Backend, CaCertificate, Certificate, FrontendValidationMode, Gateway, GatewayClass, HttpRoute, Listener, RouteNamespaces, RouteParent,
} from 'cdk8s-mesh';

/** Gateways that ask their clients for certificates. */
const app = new App();
const chart = new Chart(app, 'feature-gateway-client-certificates');

const strict = new Gateway(chart, 'strict', {
  metadata: { name: 'strict', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  frontendTls: {
    validation: { caCertificates: [CaCertificate.configMapName('clients')] },
    ports: [{ port: 8443, validation: { caCertificates: [CaCertificate.configMapName('strangers')] } }],
  },
  listeners: [
    Listener.https({
      name: 'https',
      hostname: 'shop.example.com',
      certificates: [Certificate.fromSecretName('shop-tls')],
      routes: RouteNamespaces.all(),
    }),
    Listener.https({
      name: 'other',
      port: 8443,
      hostname: 'shop.example.com',
      certificates: [Certificate.fromSecretName('shop-tls')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
const fallback = new Gateway(chart, 'fallback', {
  metadata: { name: 'fallback', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  frontendTls: {
    validation: { caCertificates: [CaCertificate.configMapName('clients')], mode: FrontendValidationMode.ALLOW_INSECURE_FALLBACK },
  },
  listeners: [
    Listener.https({
      name: 'https',
      hostname: 'shop.example.com',
      certificates: [Certificate.fromSecretName('shop-tls')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
const broken = new Gateway(chart, 'broken', {
  metadata: { name: 'broken', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  frontendTls: {
    validation: { caCertificates: [CaCertificate.configMapName('nobody')] },
  },
  listeners: [
    Listener.https({
      name: 'https',
      hostname: 'shop.example.com',
      certificates: [Certificate.fromSecretName('shop-tls')],
      routes: RouteNamespaces.all(),
    }),
  ],
});
new HttpRoute(chart, 'shop', {
  metadata: { name: 'shop', namespace: 'shop' },
  parents: [RouteParent.gateway(strict), RouteParent.gateway(fallback), RouteParent.gateway(broken)],
  hostnames: ['shop.example.com'],
  rules: [
    { backends: [{ backend: Backend.serviceName('web-v1', { port: 80 }) }] },
  ],
});

app.synth();
