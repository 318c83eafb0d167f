import { App, Chart } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  DataPlane, EgressBypass, EgressForm, EgressGateway, ExternalPort, ExternalService, ExternalTls, ForwardProxy, GatewayApi, GatewayApiBundle,
  GatewayApiChannel, IMeshNamespace, IstioMesh, LinkerdMesh, Mesh, MeshClient, MeshNamespace,
} from 'cdk8s-mesh';

/** One shop, and each way out of a mesh as a chart of its own. */
const app = new App();

/** Pods with an identity of their own. */
function workload(scope: Construct, name: string, namespace: IMeshNamespace): Deployment {
  const metadata = { name, namespace: namespace.name };
  return new Deployment(scope, name, {
    metadata,
    serviceAccount: new ServiceAccount(scope, `${name}-account`, { metadata }),
    containers: [{ image: `registry.example.com/shop/${name}:1.0.0`, portNumber: 8080 }],
  });
}

/** A namespace with a workload that may go out, and one that may not. */
function shopOf(chart: Chart, mesh: Mesh): { readonly shop: MeshNamespace; readonly egress: MeshNamespace; readonly checkout: Deployment } {
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  const checkout = workload(chart, 'checkout', shop);
  workload(chart, 'web', shop);
  return { shop, egress: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }), checkout };
}

// Sidecars, and a gateway that is a Deployment of ours: every protocol, and who may call what by service account, method and path.
{
  const chart = new Chart(app, 'sidecar');
  const { shop, egress } = shopOf(chart, new IstioMesh(chart, 'Mesh'));
  const clients = [MeshClient.serviceAccountName(shop, 'checkout')];
  const payments = ExternalService.originate('api.payments.example.com');
  new EgressGateway(chart, 'Egress', { namespace: egress, clientNamespaces: [shop], reachableRanges: ['10.0.0.1'] })
    .allow(ExternalService.tls('api.stripe.com'))
    .allow(payments, { methods: ['GET'], paths: ['/rates/*'] })
    .allow(payments, { clients, methods: ['POST'], paths: ['/charges'] })
    .allow(ExternalService.originate('partner.example.com', { tls: ExternalTls.clientCertificateName('partner-client') }), { clients })
    .allow(ExternalService.originateGrpc('ledger.example.com'), { clients, paths: ['/ledger.Ledger/Append'] })
    .allow(ExternalService.tcp('orders-db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients })
    .allow(ExternalService.tls('api.bank.example.com', { proxy: ForwardProxy.host('proxy.corp.example.com', 3128) }), { clients });
}

// The same with a gateway that istiod provisions, and routes of Gateway API.
{
  const chart = new Chart(app, 'gateway-api');
  const { shop, egress } = shopOf(chart, new IstioMesh(chart, 'Mesh'));
  const clients = [MeshClient.serviceAccountName(shop, 'checkout')];
  new EgressGateway(chart, 'Egress', { namespace: egress, clientNamespaces: [shop], form: EgressForm.provisioned() })
    .allow(ExternalService.tls('api.stripe.com'), { clients })
    .allow(ExternalService.originate('api.payments.example.com', { tls: ExternalTls.caSecretName('payments-ca') }), { clients, methods: ['POST'] })
    .allow(ExternalService.of({ hostnames: ['search.example.com'], ports: [ExternalPort.http(), ExternalPort.tls({ gatewayPort: 10444 })] }), { clients });
}

// An ambient mesh, with a waypoint before the hosts.
{
  const chart = new Chart(app, 'ambient');
  const { shop, egress } = shopOf(chart, new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
  const clients = [MeshClient.serviceAccountName(shop, 'checkout')];
  new EgressGateway(chart, 'Egress', { namespace: egress, clientNamespaces: [shop] })
    .allow(ExternalService.originate('api.payments.example.com'), { clients, methods: ['POST'], paths: ['/charges'] })
    .allow(ExternalService.tls('api.stripe.com'), { clients })
    .allow(ExternalService.tcp('orders-db.example.com', { port: 5432 }), { clients })
    .allow(ExternalService.http('*.rates.example.com'), { methods: ['GET'] });
}

// Linkerd, whose proxies know clients by namespace and pass TLS on.
{
  const chart = new Chart(app, 'linkerd');
  GatewayApi.declare(chart, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
  const { shop, egress } = shopOf(chart, new LinkerdMesh(chart, 'Mesh'));
  new EgressGateway(chart, 'Egress', { namespace: egress })
    .allow(ExternalService.tls('api.stripe.com'), { clients: [shop] })
    .allow(ExternalService.http('rates.example.com'), { clients: [shop], methods: ['GET'], paths: ['/rates/*'] })
    .allow(ExternalService.tcp('orders-db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients: [shop] });
}

// Sidecars without a gateway: each goes out by itself, to what it knows; and one workload that reaches some addresses past its sidecar.
{
  const chart = new Chart(app, 'without-gateway');
  const { shop, egress, checkout } = shopOf(chart, new IstioMesh(chart, 'Mesh'));
  new EgressGateway(chart, 'Egress', { namespace: egress, form: EgressForm.withoutGateway(), clientNamespaces: [shop] })
    .allow(ExternalService.tls('api.stripe.com'))
    .allow(ExternalService.originate('api.payments.example.com'))
    .allow(ExternalService.tls('*.storage.example.com'));
  new EgressBypass(chart, 'Metadata', { namespace: shop, workload: checkout, ranges: ['169.254.169.254'], ports: [80] });
}

app.synth();
