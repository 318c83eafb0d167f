import { App, Chart } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-28';
import {
  DataPlane, EgressBypass, EgressForm, EgressGateway, ExternalPort, ExternalService, ExternalTls, ForwardProxy, GatewayApi, GatewayApiBundle,
  GatewayApiChannel, IstioMesh, LinkerdMesh, MeshClient, MeshNamespace, MeshOutboundTraffic,
} from 'cdk8s-mesh';

// The code of docs/guides/egress.md.
const app = new App();
const chart = new Chart(app, 'egress');
const mesh = new IstioMesh(chart, 'Mesh');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const egress = new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' });
const wayOut = new EgressGateway(chart, 'Egress', { namespace: egress, clientNamespaces: [shop], reachableRanges: ['10.0.0.1'] })
  .allow(ExternalService.tls('api.stripe.com'));

const checkout = MeshClient.serviceAccountName(shop, 'checkout');
const payments = ExternalService.originate('api.payments.example.com');
wayOut
  .allow(payments, { methods: ['GET'], paths: ['/rates/*'] })
  .allow(payments, { clients: [checkout], methods: ['POST'], paths: ['/charges'] });

wayOut
  .allow(ExternalService.tls('uploads.example.com'), { clients: [checkout] })
  .allow(ExternalService.originate('partner.example.com', { tls: ExternalTls.clientCertificateName('partner-client') }), { clients: [checkout] })
  .allow(ExternalService.originate('billing.corp.example.com', { tls: ExternalTls.caSecretName('corp-ca') }))
  .allow(ExternalService.originateGrpc('ledger.example.com'), { clients: [checkout], paths: ['/ledger.Ledger/Append'] })
  .allow(ExternalService.tcp('orders-db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients: [checkout] })
  .allow(ExternalService.of({ hostnames: ['search.example.com'], ports: [ExternalPort.http(), ExternalPort.tls({ port: 8443 })] }))
  .allow(ExternalService.tls('api.bank.example.com', { proxy: ForwardProxy.host('proxy.corp.example.com', 3128) }), { clients: [checkout] });

const cluster = new Chart(app, 'provisioned', { namespace: 'provisioned' });
const provisioned = new IstioMesh(cluster, 'Mesh', { outboundTrafficPolicy: MeshOutboundTraffic.REGISTRY_ONLY });
const web = new MeshNamespace(cluster, 'Web', { mesh: provisioned, name: 'web' });
new EgressGateway(cluster, 'Egress', {
  namespace: new MeshNamespace(cluster, 'EgressNamespace', { mesh: provisioned, name: 'way-out' }),
  form: EgressForm.provisioned(),
  clientNamespaces: [web],
}).allow(ExternalService.originate('api.maps.example.com'), { clients: [MeshClient.serviceAccountName(web, 'web')], methods: ['GET'] });

const ambient = new Chart(app, 'ambient');
const nodes = new IstioMesh(ambient, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const books = new MeshNamespace(ambient, 'Books', { mesh: nodes, name: 'books' });
new EgressGateway(ambient, 'Egress', { namespace: new MeshNamespace(ambient, 'EgressNamespace', { mesh: nodes, name: 'outside' }), clientNamespaces: [books] })
  .allow(ExternalService.originate('api.isbn.example.com'), { clients: [MeshClient.serviceAccountName(books, 'catalog')], paths: ['/isbn/*'] })
  .allow(ExternalService.http('*.covers.example.com'), { methods: ['GET'] });

const direct = new Chart(app, 'direct');
const sidecars = new IstioMesh(direct, 'Mesh');
const reports = new MeshNamespace(direct, 'Reports', { mesh: sidecars, name: 'reports' });
new EgressGateway(direct, 'Egress', { namespace: reports, form: EgressForm.withoutGateway(), clientNamespaces: [reports] })
  .allow(ExternalService.tls('*.storage.example.com'));

const metadata = { name: 'exporter', namespace: 'reports' };
const exporter = new Deployment(direct, 'Exporter', {
  metadata, serviceAccount: new ServiceAccount(direct, 'ExporterAccount', { metadata }), containers: [{ image: 'exporter', portNumber: 8080 }],
});
new EgressBypass(direct, 'Metadata', { namespace: reports, workload: exporter, ranges: ['169.254.169.254'], ports: [80] });

const linkerd = new Chart(app, 'linkerd');
GatewayApi.declare(linkerd, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
const proxies = new LinkerdMesh(linkerd, 'Mesh');
const billing = new MeshNamespace(linkerd, 'Billing', { mesh: proxies, name: 'billing' });
new EgressGateway(linkerd, 'Egress', { namespace: billing, clientNamespaces: [billing] })
  .allow(ExternalService.tls('api.stripe.com'), { clients: [billing] })
  .allow(ExternalService.http('rates.example.com'), { clients: [billing], methods: ['GET'], paths: ['/rates/*'] })
  .allow(ExternalService.tcp('ledger-db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients: [billing] });

app.synth();
