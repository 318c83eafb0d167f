import { App, Chart } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, AuthorizationRule, Destination, IstioGateway, IstioHost, IstioServer, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** Lists of addresses at gateways: of the connection, of the client that X-Forwarded-For names, and of the one that the PROXY protocol names. */
const app = new App();
const chart = new Chart(app, 'istio-ip-lists');
const gateways = ['direct', 'behind', 'balanced'].map(name => new IstioGateway(chart, name, {
  metadata: { name, namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: name }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
}));
new VirtualService(chart, 'web', {
  metadata: { name: 'web', namespace: 'shop' },
  hosts: [IstioHost.of('*.example.com')],
  gateways,
  httpRoutes: [{ destinations: [{ destination: Destination.host(IstioHost.serviceName('web', 'shop'), { port: 80 }) }] }],
});
const policy = (gateway: string, name: string, action: AuthorizationAction, rules: AuthorizationRule[]) => new AuthorizationPolicy(chart, `${gateway}-${name}`, {
  metadata: { name: `${gateway}-${name}`, namespace: 'edge' }, selector: WorkloadSelector.labels({ istio: gateway }), action, rules,
});
const allow = { hosts: ['allow.example.com'] };
policy('direct', 'allow', AuthorizationAction.ALLOW, [
  { sources: [{ ipBlocks: ['127.1.0.0/16'] }], operations: [allow] },
  { sources: [{ remoteIpBlocks: ['203.0.113.0/24'] }], operations: [{ hosts: ['remote.example.com'] }] },
  { operations: [{ hosts: ['deny.example.com'] }] },
]);
policy('direct', 'deny', AuthorizationAction.DENY, [{ sources: [{ ipBlocks: ['127.2.0.0/16'] }], operations: [{ hosts: ['deny.example.com'], ports: [80] }] }]);
policy('behind', 'allow', AuthorizationAction.ALLOW, [
  { sources: [{ remoteIpBlocks: ['203.0.113.0/24'], notRemoteIpBlocks: ['203.0.113.66'] }], operations: [allow] },
]);
policy('balanced', 'allow', AuthorizationAction.ALLOW, [
  { sources: [{ remoteIpBlocks: ['203.0.113.0/24'] }], operations: [allow] },
  { sources: [{ ipBlocks: ['203.0.113.0/24'] }], operations: [{ hosts: ['source.example.com'] }] },
]);

app.synth();
