import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Backend, CanaryParent, CanaryRoute, CanaryVersion, Certificate, EgressGateway, ExternalService, GatewayApi,
  GatewayApiBundle, GatewayApiChannel, GatewayClass, GatewayForm, GatewayHost, HttpPathMatch, HttpRoute,
  HttpRouteMatch, LinkerdAuthentication, LinkerdAuthorizationPolicy, LinkerdEgressNetwork, LinkerdBackend,
  LinkerdFailureAccrual, LinkerdHttpLocalRateLimitPolicy, LinkerdHttpRetry, LinkerdHttpRetryCondition,
  LinkerdIdentities, LinkerdIdentityRef, LinkerdMesh, LinkerdMeshTlsAuthentication, LinkerdNetworkAuthentication,
  LinkerdPolicyTarget, LinkerdPort, LinkerdProxyProtocol, LinkerdRateLimitClient, LinkerdRouteParent, LinkerdServer,
  LinkerdServerSelector, LinkerdTimeouts, LinkerdTrafficPolicy, MeshedGateway, MeshNamespace, MeshWorkload,
  RouteParent,
} from 'cdk8s-mesh';

// The code of docs/guides/linkerd.md.
const app = new App();
GatewayApi.declare(app, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
const mesh = new LinkerdMesh(app, 'Mesh');
const chart = new Chart(app, 'shop');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' });

function deploy(name: string): Deployment {
  const metadata = { name, namespace: 'shop' };
  const deployment = new Deployment(chart, name, {
    metadata,
    podMetadata: { labels: { app: name } },
    select: false,
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, ports: [{ number: 8080, name: 'http' }] }],
  });
  deployment.select(LabelSelector.of({ labels: { app: name } }));
  return deployment;
}

function serve(name: string): Service {
  const service = new Service(chart, `${name}-service`, { metadata: { name, namespace: 'shop' }, ports: [{ port: 80, targetPort: 8080 }] });
  service.selectLabel('app', name);
  return service;
}

const db = deploy('db');
const web = new MeshWorkload(chart, 'Web', { namespace: shop, workload: deploy('web') });
const catalog = new MeshWorkload(chart, 'Catalog', { namespace: shop, workload: deploy('catalog') });
const [webService, catalogService, catalogV2] = ['web', 'catalog', 'catalog-v2'].map(serve);

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'public' }),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});
new HttpRoute(chart, 'Public', {
  metadata: { name: 'public', namespace: 'shop' },
  parents: [RouteParent.gateway(gateway.gateway!, { listener: 'https' })],
  hostnames: ['shop.example.com'],
  rules: [{ backends: [{ backend: Backend.service(webService) }] }],
});

web.allowFrom(gateway);
catalog.allowFrom(web, { methods: ['GET'], paths: ['/products', '/products/*'] });

const sql = new LinkerdServer(chart, 'Sql', {
  metadata: { name: 'sql', namespace: 'shop' },
  selector: LinkerdServerSelector.workload(db),
  port: LinkerdPort.named('http'),
  proxyProtocol: LinkerdProxyProtocol.OPAQUE,
});
const clients = new LinkerdMeshTlsAuthentication(chart, 'SqlClients', {
  metadata: { name: 'sql', namespace: 'shop' },
  identities: LinkerdIdentities.references(LinkerdIdentityRef.serviceAccountName('catalog')),
});
const cluster = new LinkerdNetworkAuthentication(chart, 'Cluster', {
  metadata: { name: 'cluster', namespace: 'shop' },
  networks: [{ cidr: '10.0.0.0/8', exceptions: ['10.96.0.0/12'] }],
});
new LinkerdAuthorizationPolicy(chart, 'SqlPolicy', {
  metadata: { name: 'sql', namespace: 'shop' },
  target: LinkerdPolicyTarget.server(sql),
  requiredAuthentication: LinkerdAuthentication.meshTls(clients, { network: cluster }),
});

const catalogServer = LinkerdServer.fromServerName('catalog-8080', { namespace: 'shop' });
new LinkerdHttpLocalRateLimitPolicy(chart, 'Limit', {
  metadata: { name: 'catalog', namespace: 'shop' },
  server: catalogServer,
  total: 200,
  identity: 20,
  overrides: [{ requestsPerSecond: 150, clients: [LinkerdRateLimitClient.serviceAccountName('web')] }],
});
const health = new HttpRoute(chart, 'Health', {
  metadata: { name: 'catalog-health', namespace: 'shop' },
  parents: [LinkerdRouteParent.server(catalogServer)],
  rules: [{ matches: [HttpRouteMatch.of({ path: HttpPathMatch.exact('/healthz') })] }],
});
new LinkerdAuthorizationPolicy(chart, 'HealthPolicy', {
  metadata: { name: 'catalog-health', namespace: 'shop' },
  target: LinkerdPolicyTarget.httpRoute(health),
  requiredAuthentication: LinkerdAuthentication.everybody(),
});

new CanaryRoute(chart, 'CatalogCanary', {
  name: 'catalog',
  namespace: shop,
  parents: [CanaryParent.service(catalogService, 80)],
  stable: CanaryVersion.service(catalogService),
  canary: CanaryVersion.service(catalogV2),
  canaryWeight: 10,
});

LinkerdTimeouts.of({ request: Duration.seconds(5), response: Duration.seconds(2) }).addToService(catalogService);
LinkerdHttpRetry.after([LinkerdHttpRetryCondition.GATEWAY_ERROR], { limit: 2 }).addToService(catalogService);
LinkerdFailureAccrual.consecutive({ maxFailures: 5 }).addToService(catalogService);

new EgressGateway(chart, 'Egress', { namespace: shop, clientNamespaces: [shop] })
  .allow(ExternalService.tls('api.stripe.com'));

const outside = new LinkerdEgressNetwork(chart, 'Outside', {
  metadata: { name: 'outside', namespace: 'edge' },
  trafficPolicy: LinkerdTrafficPolicy.DENY,
});
new HttpRoute(chart, 'Vendor', {
  metadata: { name: 'vendor', namespace: 'edge' },
  parents: [LinkerdRouteParent.egressNetwork(outside, 80)],
  hostnames: ['api.vendor.example'],
  rules: [{ backends: [{ backend: LinkerdBackend.egressNetwork(outside) }] }],
});

app.synth();
