import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, ServiceAccount } from 'cdk8s-plus-28';
import {
  AuthorizationAction, AuthorizationCondition, AuthorizationPolicy, Certificate, ClientAddress, DataPlane, ExternalAuthorization,
  ExternalAuthorizer, Gateway, GatewayClass, IpAccessList, IstioIdentity, IstioMesh, JwtKeys, JwtRequirement, JwtRule, Listener, MeshClient,
  MeshNamespace, MeshWorkload, MtlsMigration, MtlsMode, MtlsStep, PeerAuthentication, PolicyTarget, ProviderService, RequestAuthentication,
  SourceNamespace, WorkloadSelector,
} from 'cdk8s-mesh';

// The code of docs/guides/security.md.
const app = new App();
const opa = ExternalAuthorizer.openPolicyAgent('opa', {
  service: ProviderService.serviceName('opa', 'auth', 9191),
  timeout: Duration.millis(500),
});
const mesh = new IstioMesh(app, 'Mesh', {
  trustDomain: 'shop.example',
  trustDomainAliases: ['cluster.local'],
  extensionProviders: [opa],
});
const chart = new Chart(app, 'shop');

const labels = { app: 'catalog' };
const metadata = { name: 'catalog', namespace: 'shop' };
const catalogAccount = new ServiceAccount(chart, 'CatalogAccount', { metadata });
const catalog = new Deployment(chart, 'CatalogDeployment', {
  metadata, podMetadata: { labels }, select: false, serviceAccount: catalogAccount, containers: [{ image: 'catalog', portNumber: 8080 }],
});
catalog.select(LabelSelector.of({ labels }));

const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', mtls: MtlsMode.UNSET });
const legacy = MeshNamespace.fromNamespaceName(chart, 'Legacy', 'legacy', { mesh });
new MtlsMigration(chart, 'Mtls', { mesh, step: MtlsStep.strict(legacy) });

PeerAuthentication.forWorkload(chart, 'CatalogMtls', catalog, MtlsMode.STRICT, {
  portModes: [{ port: 9102, mode: MtlsMode.PERMISSIVE }],
});

new MeshWorkload(chart, 'Catalog', { namespace: shop, workload: catalog })
  .allowFrom(MeshClient.serviceAccountName(shop, 'web'), { methods: ['GET'], paths: ['/products/*'] });

AuthorizationPolicy.allowNothing(chart, 'LegacyClosed', { metadata: { name: 'allow-nothing', namespace: 'legacy' } });
new AuthorizationPolicy(chart, 'Reports', {
  metadata: { name: 'reports', namespace: 'legacy' },
  selector: WorkloadSelector.labels({ app: 'reports' }),
  rules: [
    { sources: [{ principals: [IstioIdentity.serviceAccount(catalogAccount)] }] },
    { sources: [{ namespaces: [SourceNamespace.named('ops')] }], operations: [{ methods: ['GET'], paths: ['/reports/{*}'] }] },
  ],
});
new AuthorizationPolicy(chart, 'NoAdmin', {
  metadata: { name: 'no-admin', namespace: 'shop' },
  action: AuthorizationAction.DENY,
  rules: [{
    sources: [{ notNamespaces: [SourceNamespace.named('ops')] }],
    operations: [{ ports: [8080], paths: ['/admin/*'] }],
  }],
});

const ambient = new Chart(app, 'ambient', { namespace: 'books' });
new IstioMesh(ambient, 'Mesh', { dataPlane: DataPlane.AMBIENT });
// ztunnel enforces it, at the workloads.
new AuthorizationPolicy(ambient, 'Callers', {
  metadata: { name: 'stock-callers' },
  selector: WorkloadSelector.labels({ app: 'stock' }),
  rules: [{ sources: [{ principals: [IstioIdentity.serviceAccountName('books', 'waypoint')] }], operations: [{ ports: [8080] }] }],
});
// The waypoint enforces it, before the Service.
new AuthorizationPolicy(ambient, 'Readers', {
  metadata: { name: 'stock-readers' },
  targets: [PolicyTarget.serviceName('stock')],
  rules: [{ sources: [{ principals: [IstioIdentity.serviceAccountName('books', 'web')] }], operations: [{ methods: ['GET'] }] }],
});

const clientAddress = ClientAddress.forwardedFor(1);
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'edge', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.https({ hostname: '*.example.com', certificates: [Certificate.fromSecretName('example-com-tls')] })],
  infrastructure: { annotations: clientAddress.gatewayAnnotations },
});
new IpAccessList(chart, 'Office', {
  metadata: { name: 'office', namespace: 'edge' },
  targets: [PolicyTarget.gateway(gateway)],
  clientAddress,
  hosts: ['admin.example.com'],
  allowed: ['203.0.113.0/24', '2001:db8::/32'],
});

new RequestAuthentication(chart, 'Users', {
  metadata: { name: 'users', namespace: 'edge' },
  targets: [PolicyTarget.gateway(gateway)],
  rules: [
    JwtRule.issuer('https://id.example.com/', {
      keys: JwtKeys.uri('https://id.example.com/.well-known/jwks.json'),
      audiences: ['shop'],
      fromHeaders: [{ name: 'Authorization', prefix: 'Bearer ' }],
      fromCookies: ['session'],
      outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }],
    }),
  ],
  tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'], methods: ['OPTIONS'] }),
});
new AuthorizationPolicy(chart, 'Editors', {
  metadata: { name: 'editors', namespace: 'edge' },
  targets: [PolicyTarget.gateway(gateway)],
  rules: [
    { operations: [{ methods: ['GET', 'HEAD', 'OPTIONS'] }] },
    { conditions: [AuthorizationCondition.claim(['groups'], { values: ['editors'] })] },
  ],
});

new ExternalAuthorization(chart, 'Opa', {
  metadata: { name: 'opa', namespace: 'shop' },
  selector: WorkloadSelector.workload(catalog),
  provider: opa,
  ports: [8080],
  exceptPaths: ['/healthz'],
});

new AuthorizationPolicy(chart, 'Trial', {
  metadata: { name: 'catalog-trial', namespace: 'shop' },
  selector: WorkloadSelector.workload(catalog),
  rules: [{ sources: [{ namespaces: [SourceNamespace.of(shop.namespace)] }] }],
  dryRun: true,
});

app.synth();
