import { App, Chart, Duration, Size } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Backend, CaCertificate, Certificate, ClientAddress, ClientCertificates, CloudLoadBalancer, Destination, ExternalAuthorizer, GatewayBinding,
  GatewayCanary, GatewayCanaryStage, GatewayClass, GatewayExposure, GatewayForm, GatewayHost, GatewayWorkloadKind, HttpPathMatch, HttpRoute,
  IstioHost, IstioMesh, JwtRequirement, JwtRule, MeshedGateway, MeshNamespace, NginxUpstream, ProviderService, RateLimitKey, RateLimitUnit,
  TlsVersion, TrafficExtensionFilter, VirtualService,
} from 'cdk8s-mesh';

// The code of docs/guides/gateways.md.
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'gateways');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
const gateway = new MeshedGateway(chart, 'Public', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  admits: [shop],
});

const metadata = { name: 'web', namespace: 'shop' };
const pods = new Deployment(chart, 'Web', {
  metadata, serviceAccount: new ServiceAccount(chart, 'WebAccount', { metadata }), containers: [{ image: 'web', portNumber: 8080 }],
});
const web = new Service(chart, 'WebService', { metadata, selector: pods, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });

new HttpRoute(chart, 'Route', {
  metadata: { name: 'web', namespace: 'shop' },
  parents: [gateway.routeParent('shop.example.com')],
  hostnames: ['shop.example.com'],
  rules: [{ backends: [{ backend: Backend.service(web) }] }],
});

gateway
  .addHost(GatewayHost.https('*.tenants.example.com', Certificate.fromSecretName('tenants-tls')))
  .addHost(GatewayHost.http('status.example.com'))
  .addHost(GatewayHost.passthrough('vault.example.com'))
  .addHost(GatewayHost.tcp(5432));

new MeshedGateway(chart, 'Sized', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO, {
    minReplicas: 3,
    maxReplicas: 12,
    maxUnavailable: 1,
    nodeSelector: { 'example.com/pool': 'edge' },
    patches: { deployment: { spec: { minReadySeconds: 10 } } },
  }),
  hosts: [GatewayHost.https('sized.example.com', Certificate.fromSecretName('sized-tls'))],
});

const fabric = new MeshedGateway(chart, 'Fabric', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.NGINX),
  hosts: [GatewayHost.https('fabric.example.com', Certificate.fromSecretName('fabric-tls'))],
  admits: [shop],
}).sendsTo(web);
new HttpRoute(chart, 'FabricRoute', {
  metadata: { name: 'fabric', namespace: 'shop' },
  parents: [fabric.routeParent('fabric.example.com')],
  hostnames: ['fabric.example.com'],
  rules: [{ backends: [{ backend: Backend.service(web) }] }],
});
new MeshedGateway(chart, 'Envoy', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ENVOY_GATEWAY, { serviceAccount: 'envoy' }),
  hosts: [GatewayHost.https('envoy.example.com', Certificate.fromSecretName('envoy-tls'))],
});

const own = new MeshedGateway(chart, 'Own', {
  namespace: edge,
  form: GatewayForm.selfManaged({ minReplicas: 3, maxReplicas: 10 }),
  hosts: [GatewayHost.https('own.example.com', Certificate.fromSecretName('own-tls'))],
  admits: [shop],
});
new VirtualService(chart, 'OwnRoute', {
  metadata: { name: 'own', namespace: 'shop' },
  hosts: [IstioHost.of('own.example.com')],
  gateways: [own.istioGateway],
  httpRoutes: [{ destinations: [{ destination: Destination.service(web, { port: 80 }) }] }],
});
new MeshedGateway(chart, 'Bound', {
  namespace: edge,
  form: GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API, kind: GatewayWorkloadKind.DAEMON_SET }),
  hosts: [GatewayHost.https('bound.example.com', Certificate.fromSecretName('bound-tls'))],
  admits: [shop],
});

const front = new MeshedGateway(chart, 'Front', {
  namespace: edge,
  form: GatewayForm.nginx({ image: 'nginx:1.28' }),
  hosts: [GatewayHost.https('front.example.com', Certificate.fromSecretName('front-tls'))],
  admits: [shop],
});
front
  .addNginxRoute({ hostname: 'front.example.com', upstream: NginxUpstream.service(shop, web) })
  .addNginxRoute({ hostname: 'front.example.com', path: HttpPathMatch.prefix('/events'), upstream: NginxUpstream.service(shop, web), buffering: false });

new MeshedGateway(chart, 'Partners', {
  namespace: edge,
  form: GatewayForm.selfManaged(),
  hosts: [GatewayHost.https('partners.example.com', Certificate.fromSecretName('partners-tls'))],
  tls: {
    minVersion: TlsVersion.V1_3,
    clientCertificates: ClientCertificates.required(CaCertificate.secretName('partners-ca')),
  },
});

new MeshedGateway(chart, 'Both', {
  namespace: edge,
  form: GatewayForm.selfManaged(),
  hosts: [GatewayHost.https('both.example.com', Certificate.fromSecretName('both-tls'))],
  exposures: [
    GatewayExposure.external({ cloud: CloudLoadBalancer.EKS, sourceRanges: ['203.0.113.0/24'] }),
    GatewayExposure.internal(CloudLoadBalancer.EKS),
  ],
});
new MeshedGateway(chart, 'Nodes', {
  namespace: edge,
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: [GatewayHost.https('nodes.example.com', Certificate.fromSecretName('nodes-tls'))],
  exposures: [GatewayExposure.nodePort({ nodePorts: { 443: 30443 } })],
  clientAddress: ClientAddress.PROXY_PROTOCOL,
});

new MeshedGateway(chart, 'Moving', {
  namespace: edge,
  form: GatewayForm.selfManaged({ revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) }),
  hosts: [GatewayHost.https('moving.example.com', Certificate.fromSecretName('moving-tls'))],
});
new MeshedGateway(chart, 'Apart', {
  namespace: edge,
  form: GatewayForm.selfManaged({ revision: '1-30', canary: GatewayCanary.service('1-31', GatewayCanaryStage.TRIED) }),
  hosts: [GatewayHost.https('apart.example.com', Certificate.fromSecretName('apart-tls'))],
});

const guarded = new App();
const opa = ExternalAuthorizer.openPolicyAgent('opa', { service: ProviderService.serviceName('opa', 'auth', 9191), timeout: Duration.millis(500) });
const doors = new Chart(guarded, 'guarded');
const door = new MeshedGateway(doors, 'Door', {
  namespace: new MeshNamespace(doors, 'Doors', {
    mesh: new IstioMesh(guarded, 'Mesh', { extensionProviders: [opa] }), name: 'doors', enrolled: false,
  }),
  form: GatewayForm.provisioned(GatewayClass.ISTIO),
  hosts: ['api.example.com', 'www.example.com'].map(host => GatewayHost.https(host, Certificate.fromSecretName('doors-tls'))),
  clientAddress: ClientAddress.forwardedFor(1),
});

door.edge.requireJwt({
  hosts: ['api.example.com'],
  rules: [JwtRule.issuer('https://id.example.com/', { audiences: ['api'], outputClaimToHeaders: [{ claim: 'sub', header: 'x-user' }] })],
  tokens: JwtRequirement.requiredExcept({ paths: ['/healthz'] }),
});

door.edge.authorizeBy(opa, { hosts: ['www.example.com'], exceptPaths: ['/healthz'], exceptMethods: ['OPTIONS'] });

door.edge.restrictAddresses({ hosts: ['www.example.com'], denied: ['198.51.100.0/24'] });

door.edge.limitRate({
  limits: [
    { requests: 100, per: RateLimitUnit.SECOND },
    { requests: 5, per: RateLimitUnit.MINUTE, path: HttpPathMatch.exact('/login'), each: RateLimitKey.ADDRESS },
  ],
});

door.edge.limitRateBy(ProviderService.serviceName('ratelimit', 'limits', 8081), {
  hosts: ['api.example.com'],
  limits: [{ requests: 10000, per: RateLimitUnit.DAY, each: RateLimitKey.header('x-api-key') }],
});

door.edge.allowOrigins({ hosts: ['api.example.com'], policy: { allowOrigins: ['https://www.example.com'] } });

door.edge.cleanHeaders({ removeFromRequests: ['x-tenant'], strictTransportSecurity: Duration.days(365) });

door.edge.limitBody(Size.mebibytes(2));

door.edge.logAccess({ filter: 'response.code >= 400' });

door.edge.extend(TrafficExtensionFilter.lua(`function envoy_on_response(handle)
  handle:headers():add('x-served-by', 'edge')
end`));

guarded.synth();
app.synth();
