import { App, Chart, Duration } from 'cdk8s';
import {
  AuthorizationAction, AuthorizationPolicy, Destination, DestinationRule, HttpFault, HttpRetries, IstioCorsPolicy, IstioDirectResponse,
  IstioGateway, IstioHost, IstioHttpRedirect, IstioHttpRewrite, IstioMesh, IstioServer, MeshNamespace, StringMatch, VirtualService,
  VirtualServiceHttpRoute, WorkloadSelector,
} from 'cdk8s-mesh';

/** What routes of a VirtualService can say, a host for each matter, and a policy that denies. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'virtual-service-rules');
new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const gateway = new IstioGateway(chart, 'Gateway', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});

const web = IstioHost.serviceName('web', 'shop');
const subsets = new DestinationRule(chart, 'Web', { metadata: { name: 'web', namespace: 'shop' }, host: web });
const v1 = Destination.subset(subsets.addSubset({ name: 'v1', labels: { version: 'v1' } }), { port: 80 });
const v2 = Destination.subset(subsets.addSubset({ name: 'v2', labels: { version: 'v2' } }), { port: 80 });

const routes = (name: string, ...all: VirtualServiceHttpRoute[]) => {
  const service = new VirtualService(chart, name, {
    metadata: { name, namespace: 'shop' }, hosts: [IstioHost.of(`${name}.example.com`)], gateways: [gateway],
  });
  all.forEach(route => service.addHttpRoute(route));
};

routes('matches',
  { matches: [{ uri: StringMatch.prefix('/api') }], destinations: [{ destination: v2 }] },
  { matches: [{ uri: StringMatch.exact('/EXACT'), ignoreUriCase: true }], destinations: [{ destination: v2 }] },
  { matches: [{ headers: { 'x-user': StringMatch.present() }, withoutHeaders: { 'x-bot': StringMatch.present() } }], destinations: [{ destination: v2 }] },
  { matches: [{ queryParams: { v: StringMatch.regex('2.*') } }, { method: StringMatch.exact('PUT') }], destinations: [{ destination: v2 }] },
  { destinations: [{ destination: v1 }] });
routes('weights', { destinations: [{ destination: v1, weight: 80 }, { destination: v2, weight: 20 }] });
routes('rewrites',
  {
    matches: [{ uri: StringMatch.prefix('/api/') }],
    rewrite: IstioHttpRewrite.uri('/', { authority: 'internal.example.com' }),
    destinations: [{ destination: v1 }],
  },
  { rewrite: IstioHttpRewrite.uriRegex('/users/([0-9]+)', '/people/\\1'), destinations: [{ destination: v1 }] });
routes('redirects', { redirect: IstioHttpRedirect.to({ uri: '/moved', authority: 'new.example.com', code: 308 }) });
routes('responses', { directResponse: IstioDirectResponse.text(503, 'closed for today') });
routes('faults',
  { matches: [{ uri: StringMatch.exact('/abort') }], fault: HttpFault.abort(418, 100), destinations: [{ destination: v1 }] },
  { timeout: Duration.seconds(1), destinations: [{ destination: v1 }] });
routes('headers', {
  headers: { request: { set: { 'x-set': 'route' }, add: { 'x-add': 'route' }, remove: ['x-remove'] }, response: { set: { 'x-frame-options': 'DENY' } } },
  destinations: [{ destination: v1 }],
});
routes('mirror', { destinations: [{ destination: v1 }], mirrors: [{ destination: v2 }] });
routes('cors', { cors: IstioCorsPolicy.of({ allowOrigins: [StringMatch.exact('https://app.example.com')], allowMethods: ['GET'] }), destinations: [{ destination: v1 }] });
routes('retries', { retries: HttpRetries.attempts(2, { retryOn: ['5xx'] }), destinations: [{ destination: v1 }] });
routes('missing', { destinations: [{ destination: Destination.host(IstioHost.serviceName('nobody', 'shop'), { port: 80 }) }] });

new AuthorizationPolicy(chart, 'NoAdmin', {
  metadata: { name: 'no-admin', namespace: 'shop' },
  selector: WorkloadSelector.labels({ app: 'web' }),
  action: AuthorizationAction.DENY,
  rules: [{ operations: [{ paths: ['/admin', '/admin/*'] }] }],
  deniesNonHttp: true,
});

app.synth();
