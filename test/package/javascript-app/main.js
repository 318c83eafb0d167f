'use strict';

const { App, Chart, Duration } = require('cdk8s');
const {
  Backend, Certificate, DestinationRule, Gateway, GatewayClass, HttpRoute, HttpRouteMatch, IstioHost, IstioProtocol, Listener, RouteNamespaces,
  RouteParent, ServiceEntry, ServiceEntryResolution,
} = require('cdk8s-mesh');

const app = new App();
const chart = new Chart(app, 'plain', { namespace: 'shop' });

const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.https({ hostname: 'shop.example.com', certificates: [Certificate.fromSecretName('shop-tls')], routes: RouteNamespaces.named('shop') }),
  ],
});

new HttpRoute(chart, 'Route', {
  metadata: { name: 'web' },
  parents: [RouteParent.gateway(gateway, { listener: 'https' })],
  hostnames: ['shop.example.com'],
  rules: [{
    matches: [HttpRouteMatch.pathPrefix('/api')],
    backends: [
      { backend: Backend.serviceName('api', { namespace: 'backend', port: 8080 }), weight: 9 },
      { backend: Backend.serviceName('api-next', { namespace: 'backend', port: 8080 }) },
    ],
    timeouts: { request: Duration.seconds(5) },
  }],
});

const host = IstioHost.of('api.payments.example.com');
new ServiceEntry(chart, 'Payments', {
  metadata: { name: 'payments' },
  hosts: [host.host],
  ports: [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
  resolution: ServiceEntryResolution.DNS,
});
new DestinationRule(chart, 'PaymentsRule', { metadata: { name: 'payments' }, host });

app.synth();
