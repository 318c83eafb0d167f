import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  EgressBypass, EgressForm, EgressGateway, ExternalPort, ExternalService, ExternalTls, ForwardProxy, IMeshClient, IstioMesh, MeshClient,
  MeshNamespace,
} from 'cdk8s-mesh';

/** Every protocol on its way out, with a gateway of each form, and without one. */
const app = new App();
const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);

interface Ways {
  readonly egress: EgressGateway;
  readonly shop: MeshNamespace;
  readonly checkout: IMeshClient;
}

function ways(name: string, form: EgressForm): Ways {
  const chart = new Chart(app, name);
  const mesh = new IstioMesh(chart, 'Mesh', { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const namespace = new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' });
  const egress = new EgressGateway(chart, 'Egress', { namespace, form, clientNamespaces: [shop] });
  return { egress, shop, checkout: MeshClient.serviceAccountName(shop, 'checkout') };
}

for (const [name, form] of Object.entries({ 'self-managed': EgressForm.selfManaged(), 'provisioned': EgressForm.provisioned() })) {
  const { egress, checkout } = ways(name, form);
  const clients = [checkout];
  const api = ExternalService.originate('api.example.com');
  egress
    .allow(ExternalService.tls('tls.example.com'))
    .allow(ExternalService.tls('known-tls.example.com'), { clients })
    .allow(ExternalService.http('http.example.com'))
    .allow(ExternalService.http('known-http.example.com'), { clients })
    .allow(api, { methods: ['GET'], paths: ['/public/*'] })
    .allow(api, { clients, methods: ['POST'], paths: ['/orders'] })
    .allow(ExternalService.originate('own-ca.example.com', { tls: ExternalTls.caSecretName('own-ca') }), { clients })
    .allow(ExternalService.originate('wrong-ca.example.com', { tls: ExternalTls.caSecretName('own-ca') }), { clients })
    .allow(ExternalService.originate('unknown-ca.example.com'), { clients })
    .allow(ExternalService.originate('mutual.example.com', { tls: ExternalTls.clientCertificateName('client-certificate') }), { clients })
    .allow(ExternalService.grpc('grpc.example.com', { port: 50051 }), { clients })
    .allow(ExternalService.originateGrpc('grpcs.example.com'), { clients, paths: ['/orders.Orders/Get'] })
    .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients })
    .allow(ExternalService.tcp('cache.example.com', { port: 6379, addresses: ['198.51.100.8'], identified: false }))
    .allow(ExternalService.tcp('db-by-name.example.com', { port: 5434 }), { clients })
    .allow(ExternalService.tls('behind-proxy.example.com', { proxy, gatewayPort: 10444 }), { clients })
    .allow(ExternalService.tcp('db-behind-proxy.example.com', { port: 5433, addresses: ['198.51.100.9'], proxy }), { clients })
    .allow(ExternalService.of({ hostnames: ['ports.example.com'], ports: [ExternalPort.http(), ExternalPort.http({ port: 8080 }), ExternalPort.tls({ port: 8443 })] }),
      { clients })
    .allow(ExternalService.http('one.example.com', { moreHosts: ['two.example.com'] }), { clients });
}

const { egress: direct, shop } = ways('without-gateway', EgressForm.withoutGateway());
direct
  .allow(ExternalService.tls('tls.example.com'))
  .allow(ExternalService.http('http.example.com'), { clients: [shop] })
  .allow(ExternalService.originate('api.example.com'))
  .allow(ExternalService.grpc('grpc.example.com', { port: 50051 }))
  .allow(ExternalService.originateGrpc('grpcs.example.com', { port: 8080 }))
  .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.0/28'] }))
  .allow(ExternalService.tcp('db-by-name.example.com', { port: 5434 }))
  .allow(ExternalService.tls('behind-proxy.example.com', { proxy }))
  .allow(ExternalService.tcp('db-behind-proxy.example.com', { port: 5433, addresses: ['198.51.100.99'], proxy }))
  .allow(ExternalService.tls('*.wild-tls.example.com'));
// One workload reaches some addresses past its sidecar.
const backup = new Deployment(shop, 'Backup', { metadata: { name: 'backup', namespace: 'shop' }, containers: [{ image: 'registry.example.com/backup:1', portNumber: 8080 }] });
new EgressBypass(shop, 'Bypass', { namespace: shop, workload: backup, ranges: ['192.0.2.0/28'], ports: [9000] });

app.synth();
