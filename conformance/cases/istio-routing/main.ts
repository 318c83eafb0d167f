import { App, Chart, Duration } from 'cdk8s';
import {
  Destination, DestinationRule, IstioCorsPolicy, IstioDirectResponse, IstioGateway, IstioHost, IstioHttpRedirect, IstioHttpRewrite, IstioServer,
  StringMatch, VirtualService, VirtualServiceDelegate, VirtualServiceHttpRoute, WorkloadSelector,
} from 'cdk8s-mesh';

/** What routes of a VirtualService do with a request, a host for each matter. */
const app = new App();
const chart = new Chart(app, 'istio-routing');
const gateway = new IstioGateway(chart, 'edge', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});
const rule = new DestinationRule(chart, 'web', { metadata: { name: 'web', namespace: 'shop' }, host: IstioHost.serviceName('web', 'shop') });
const v1 = Destination.subset(rule.addSubset({ name: 'v1', labels: { version: 'v1' } }), { port: 80 });
const v2 = Destination.subset(rule.addSubset({ name: 'v2', labels: { version: 'v2' } }), { port: 80 });
const copy = Destination.host(IstioHost.serviceName('copy', 'shop'), { port: 80 });

const host = (name: string, ...httpRoutes: VirtualServiceHttpRoute[]) => new VirtualService(chart, name, {
  metadata: { name, namespace: 'shop' }, hosts: [IstioHost.of(`${name}.example.com`)], gateways: [gateway], httpRoutes,
});
const on = (path: string) => [{ uri: StringMatch.prefix(path) }];
const plain = { destinations: [{ destination: v1 }] };

host('weights',
  { matches: on('/split'), destinations: [{ destination: v1, weight: 75 }, { destination: v2, weight: 25 }] },
  { matches: on('/none'), destinations: [{ destination: v1, weight: 100 }, { destination: v2, weight: 0 }] },
  plain);
host('rewrite',
  { matches: on('/api/'), rewrite: IstioHttpRewrite.uri('/'), ...plain },
  { matches: on('/user/'), rewrite: IstioHttpRewrite.uriRegex('/user/([0-9]+)', '/people/\\1'), ...plain },
  { matches: on('/host'), rewrite: IstioHttpRewrite.authority('internal.example.com'), ...plain },
  plain);
host('redirect',
  { matches: on('/uri'), redirect: IstioHttpRedirect.to({ uri: '/moved' }) },
  { matches: on('/prefix'), redirect: IstioHttpRedirect.to({ prefixRewrite: '/new', code: 308 }) },
  { matches: on('/authority'), redirect: IstioHttpRedirect.to({ authority: 'other.example.com', code: 302 }) },
  plain);
host('response', { matches: on('/closed'), directResponse: IstioDirectResponse.text(503, 'closed for today') }, plain);
host('headers',
  {
    matches: on('/all'),
    headers: {
      request: { set: { 'x-set': 'route' }, add: { 'x-add': 'route' }, remove: ['x-remove'] },
      response: { set: { 'x-frame-options': 'DENY' } },
    },
    ...plain,
  },
  { matches: on('/one'), destinations: [{ destination: v1, headers: { request: { set: { 'x-set': 'destination' } } } }] },
  plain);
host('mirror',
  { matches: on('/all'), mirrors: [{ destination: copy, percentage: 100 }], ...plain },
  { matches: on('/some'), mirrors: [{ destination: copy, percentage: 30 }], ...plain },
  plain);
host('cors', {
  matches: on('/shared'),
  cors: IstioCorsPolicy.of({
    allowOrigins: [StringMatch.exact('https://app.example.com')],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['x-token'],
    exposeHeaders: ['x-page'],
    maxAge: Duration.hours(24),
    allowCredentials: true,
  }),
  ...plain,
}, plain);
const delegate = new VirtualServiceDelegate(chart, 'orders', {
  metadata: { name: 'orders', namespace: 'shop' },
  httpRoutes: [{ matches: [{ uri: StringMatch.prefix('/orders/new') }], destinations: [{ destination: v2 }] }, plain],
});
host('delegate', { matches: on('/orders'), delegate }, { directResponse: IstioDirectResponse.status(404) });

app.synth();
