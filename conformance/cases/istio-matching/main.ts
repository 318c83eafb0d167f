import { App, Chart } from 'cdk8s';
import {
  Destination, DestinationRule, IstioGateway, IstioHost, IstioHttpMatch, IstioServer, StringMatch, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** What routes of a VirtualService match: what does goes to v2, all else to v1. */
const app = new App();
const chart = new Chart(app, 'istio-matching');
const gateway = new IstioGateway(chart, 'edge', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ name: 'http', hosts: ['*.example.com'] }), IstioServer.http({ name: 'http-8080', port: 8080, hosts: ['*.example.com'] })],
});
const rule = new DestinationRule(chart, 'web', { metadata: { name: 'web', namespace: 'shop' }, host: IstioHost.serviceName('web', 'shop') });
const v1 = Destination.subset(rule.addSubset({ name: 'v1', labels: { version: 'v1' } }), { port: 80 });
const v2 = Destination.subset(rule.addSubset({ name: 'v2', labels: { version: 'v2' } }), { port: 80 });

const matching = (name: string, ...matches: IstioHttpMatch[]) => new VirtualService(chart, name, {
  metadata: { name, namespace: 'shop' },
  hosts: [IstioHost.of(`${name}.example.com`)],
  gateways: [gateway],
  httpRoutes: [{ matches, destinations: [{ destination: v2 }] }, { destinations: [{ destination: v1 }] }],
});

matching('uri', { uri: StringMatch.exact('/exact') }, { uri: StringMatch.prefix('/prefix') }, { uri: StringMatch.regex('/item/[0-9]+') });
matching('case', { uri: StringMatch.exact('/Any'), ignoreUriCase: true });
matching('headers',
  { headers: { 'x-exact': StringMatch.exact('one') } },
  { headers: { 'x-prefix': StringMatch.prefix('be') } },
  { headers: { 'x-regex': StringMatch.regex('v[0-9]+') } },
  { headers: { 'x-present': StringMatch.present() } },
  { headers: { 'x-first': StringMatch.exact('a'), 'x-second': StringMatch.exact('b') } });
matching('without', { uri: StringMatch.prefix('/'), withoutHeaders: { 'x-bot': StringMatch.present() } });
matching('method', { method: StringMatch.exact('POST') });
matching('query',
  { queryParams: { exact: StringMatch.exact('one') } },
  { queryParams: { regex: StringMatch.regex('[0-9]+') } });
matching('port', { port: 8080 });

new VirtualService(chart, 'authority', {
  metadata: { name: 'authority', namespace: 'shop' },
  hosts: [IstioHost.of('*.authority.example.com')],
  gateways: [gateway],
  httpRoutes: [
    { matches: [{ authority: StringMatch.exact('b.authority.example.com') }], destinations: [{ destination: v2 }] },
    { destinations: [{ destination: v1 }] },
  ],
});
new VirtualService(chart, 'inside', {
  metadata: { name: 'inside', namespace: 'shop' },
  hosts: [IstioHost.serviceName('inside', 'shop')],
  httpRoutes: [
    { matches: [{ sourceLabels: { tier: 'canary' } }, { sourceNamespace: 'other' }], destinations: [{ destination: v2 }] },
    { destinations: [{ destination: v1 }] },
  ],
});

app.synth();
