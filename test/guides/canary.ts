import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Pods, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  ArgoCdApplication, ArgoCdSource, CanaryCaller, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryStep, CanaryVersion, Certificate,
  FlaggerMetric, FluxHelmRelease, FluxHelmRepository, Gateway, GatewayClass, GatewayForm, GatewayHost, HttpPathMatch, HttpRouteMatch, IstioMesh,
  Listener, ListenerNamespaces, ListenerSet, MeshedGateway, MeshNamespace, RolloutWorkload, StickyAssignment,
} from 'cdk8s-mesh';

// The code of docs/guides/canary.md.
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const gateway = new MeshedGateway(chart, 'Public', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: ['shop.example.com', 'beta.example.com'].map(host => GatewayHost.https(host, Certificate.fromSecretName('shop-tls'))),
  admits: [shop],
});
gateway.addHost(GatewayHost.tcp(5432));
const tools = new MeshNamespace(chart, 'Tools', { mesh, name: 'tools' });

function service(name: string, labels: { [key: string]: string }, port: string, number = 80): Service {
  const made = new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: port, port: number, targetPort: 8080 }] });
  made.select(Pods.select(chart, `${name}-pods`, { labels }));
  return made;
}

const v1 = service('web-v1', { app: 'web', version: 'v1' }, 'http');
const v2 = service('web-v2', { app: 'web', version: 'v2' }, 'http');
const v3 = service('web-v3', { app: 'web', version: 'v3' }, 'http');
const web = service('web', { app: 'web' }, 'http');
const quotes = service('quotes', { app: 'quotes' }, 'grpc');
const quotesV2 = service('quotes-v2', { app: 'quotes', version: 'v2' }, 'grpc');
const orders = service('orders', { app: 'orders' }, 'http');
const db = service('db', { app: 'db' }, 'tcp', 5432);
const dbV2 = service('db-v2', { app: 'db', version: 'v2' }, 'tcp', 5432);

new CanaryRoute(chart, 'Web', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  stable: CanaryVersion.service(v1),
  canary: CanaryVersion.service(v2),
  canaryWeight: 10,
  pinned: [HttpRouteMatch.header('canary', 'true'), HttpRouteMatch.cookie('beta', '1'), HttpRouteMatch.queryParam('beta', '1')],
});

new CanaryRoute(chart, 'Everywhere', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway), CanaryParent.service(web, 80)],
  hostnames: ['beta.example.com'],
  stable: CanaryVersion.service(v1),
  canary: CanaryVersion.service(v2),
  others: [{ version: CanaryVersion.service(v3), weight: 5 }],
  canaryWeight: 20,
  pinnedCallers: [CanaryCaller.namespace(tools)],
});

new CanaryRoute(chart, 'Quotes', {
  namespace: shop,
  parents: [CanaryParent.service(quotes)],
  protocol: CanaryProtocol.GRPC,
  stable: CanaryVersion.service(quotes),
  canary: CanaryVersion.service(quotesV2),
  canaryWeight: 10,
});
new CanaryRoute(chart, 'Database', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway, 5432)],
  protocol: CanaryProtocol.TCP,
  stable: CanaryVersion.service(db),
  canary: CanaryVersion.service(dbV2),
  canaryWeight: 0,
});

const orderVersion = (name: string) => CanaryVersion.subset(orders, { name, labels: { version: name } });
new CanaryRoute(chart, 'Orders', {
  namespace: shop,
  parents: [CanaryParent.service(orders)],
  stable: orderVersion('v1'),
  canary: orderVersion('v2'),
  canaryWeight: 10,
});

const tenants = new Gateway(chart, 'Tenants', {
  metadata: { name: 'tenants', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ hostname: 'status.example.com' })],
  allowedListeners: ListenerNamespaces.named('shop'),
});
const set = new ListenerSet(chart, 'Tenant', {
  metadata: { name: 'tenant', namespace: 'shop' },
  gateway: tenants,
  listeners: [Listener.https({ hostname: 'tenant.example.com', certificates: [Certificate.fromSecretName('tenant-tls')] })],
});
new CanaryRoute(chart, 'TenantWeb', {
  namespace: shop,
  name: 'tenant-web',
  parents: [CanaryParent.listenerSet(set, 'https')],
  hostnames: ['tenant.example.com'],
  stable: CanaryVersion.service(v1),
  canary: CanaryVersion.service(v2),
  canaryWeight: 50,
  sticky: StickyAssignment.cookie({ maxAge: Duration.hours(12) }),
});

new CanaryRoute(chart, 'Api', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  paths: [HttpPathMatch.prefix('/api')],
  stable: CanaryVersion.service(v1),
  canary: CanaryVersion.service(v2),
  steps: [
    CanaryStep.mirror(10), CanaryStep.pause(Duration.hours(1)),
    CanaryStep.weight(5), CanaryStep.pause(Duration.minutes(10)),
    CanaryStep.weight(50), CanaryStep.pause(),
    CanaryStep.weight(100),
  ],
  delivery: CanaryDelivery.manual({ currentStep: 0 }),
});

const pods = (name: string, replicas = 3) => {
  const metadata = { name, namespace: 'shop' };
  const deployment = new Deployment(chart, `${name}-deployment`, {
    metadata,
    replicas,
    select: false,
    podMetadata: { labels: { app: name } },
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: 8080 }],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  return deployment;
};
const cart = pods('cart');
const search = pods('search');
const searchStable = service('search-stable', { app: 'search' }, 'http');
const searchCanary = service('search-canary', { app: 'search' }, 'http');

const cartRoute = new CanaryRoute(chart, 'Cart', {
  namespace: shop,
  parents: [CanaryParent.serviceName('cart', 80)],
  steps: [5, 20, 50].flatMap(percent => [CanaryStep.weight(percent), CanaryStep.pause(Duration.minutes(2))]),
  delivery: CanaryDelivery.flagger({
    deployment: cart,
    port: 80,
    targetPort: 8080,
    metrics: [FlaggerMetric.requestSuccessRate(99, Duration.minutes(1))],
  }),
});

const searchRoute = new CanaryRoute(chart, 'Search', {
  namespace: shop,
  parents: [CanaryParent.gateway(gateway)],
  hostnames: ['shop.example.com'],
  paths: [HttpPathMatch.prefix('/search')],
  stable: CanaryVersion.service(searchStable),
  canary: CanaryVersion.service(searchCanary),
  pinned: [HttpRouteMatch.header('canary', 'true')],
  steps: [CanaryStep.weight(10), CanaryStep.pause(), CanaryStep.weight(50), CanaryStep.pause(Duration.minutes(10))],
  delivery: CanaryDelivery.argoRollouts({ workload: RolloutWorkload.deployment(search) }),
});

new ArgoCdApplication(new Chart(app, 'argo-cd'), 'Shop', {
  metadata: { name: 'shop', namespace: 'argocd' },
  source: ArgoCdSource.directory({ repoUrl: 'https://git.example.com/shop.git', path: 'dist', targetRevision: 'main' }),
  destinationNamespace: 'shop',
  ignoreDifferences: [...cartRoute.argoCdIgnoredDifferences, ...searchRoute.argoCdIgnoredDifferences],
  syncPolicy: { automated: true, selfHeal: true, syncOptions: ['ApplyOutOfSyncOnly=true', 'RespectIgnoreDifferences=true'] },
});
const flux = new Chart(app, 'flux');
new FluxHelmRelease(flux, 'Release', {
  metadata: { name: 'shop', namespace: 'flux-system' },
  source: new FluxHelmRepository(flux, 'Repository', { metadata: { name: 'shop', namespace: 'flux-system' }, url: 'https://charts.example.com' }),
  chart: 'shop',
  ignoredDrift: [...cartRoute.fluxIgnoredDrift, ...searchRoute.fluxIgnoredDrift],
});

app.synth();
