/**
 * A managed control plane moves from the regular channel to the rapid one while the shop is open: one namespace tries the new channel, the gateway tries it with
 * a share of its pods, and dist/upgrade.md says what has to restart, and when. README.md has the steps.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { Cpu, Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  Certificate, ControlPlane, Destination, GatewayCanary, GatewayForm, GatewayHost, IMeshNamespace, IstioHost, IstioMesh, ManagedChannel,
  MeshedGateway, MeshNamespace, ProxyOptions, VirtualService,
} from 'cdk8s-mesh';

/** How far the upgrade is: the namespaces that have the new channel already, and the share of the gateway's pods in percent. */
const CANARIES = ['catalog'];
const GATEWAY_SHARE = 20;

/** A service: its pods, their identity, and a Service. */
class Microservice extends Construct {
  public readonly service: Service;

  constructor(namespace: IMeshNamespace, name: string, proxy: ProxyOptions = {}) {
    super(namespace, name);
    const metadata = { name, namespace: namespace.name };
    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      serviceAccount: new ServiceAccount(this, 'ServiceAccount', { metadata }),
      containers: [{ image: `registry.example.com/shop/${name}:1.4.0`, portNumber: 8080 }],
    });
    this.service = new Service(this, 'Service', { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    namespace.enrol(deployment, proxy);
  }
}

const app = new App();
const chart = new Chart(app, 'asm-upgrade');

const managedDataPlane = true;
const mesh = new IstioMesh(chart, 'Mesh', {
  controlPlane: ControlPlane.managed(ManagedChannel.REGULAR, { managedDataPlane }),
  upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID, { managedDataPlane }), canaries: CANARIES },
});

// One tries the new channel, one waits. The provider leaves the proxies of payments alone: its team restarts them by night.
const catalog = new MeshNamespace(chart, 'Catalog', { mesh, name: 'catalog' });
const payments = new MeshNamespace(chart, 'Payments', { mesh, name: 'payments', managedDataPlane: false });
// The gateway's pods join by their own label, so that two revisions can run in one namespace.
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });

const products = new Microservice(catalog, 'products', { holdApplicationUntilProxyStarts: true });
const ledger = new Microservice(payments, 'ledger', {
  cpu: { request: Cpu.millis(200), limit: Cpu.units(1) },
  excludedOutboundPorts: [5432],
  istio: { proxyConfig: { terminationDrainDuration: Duration.seconds(30) } },
});
// It speaks to the databases of the nodes, and to nobody in the mesh.
const backup = new Deployment(payments, 'Backup', {
  metadata: { name: 'backup', namespace: payments.name },
  containers: [{ image: 'registry.example.com/shop/backup:1.4.0', portNumber: 8080 }],
});
payments.leaveOut(backup);

const gateway = new MeshedGateway(chart, 'Gateway', {
  name: 'public',
  namespace: edge,
  form: GatewayForm.selfManaged({ canary: GatewayCanary.replicas(ManagedChannel.RAPID, GATEWAY_SHARE) }),
  hosts: [
    GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls')),
    GatewayHost.https('pay.example.com', Certificate.fromSecretName('pay-tls')),
  ],
  admits: [catalog, payments],
});
for (const [hostname, namespace, { service }] of [['shop.example.com', catalog, products], ['pay.example.com', payments, ledger]] as const) {
  new VirtualService(namespace, 'Route', {
    metadata: { name: hostname.replaceAll('.', '-'), namespace: namespace.name },
    hosts: [IstioHost.of(hostname)],
    gateways: [gateway.istioGateway],
    httpRoutes: [{ destinations: [{ destination: Destination.service(service, { port: 80 }) }] }],
  });
}

app.synth();

mkdirSync(app.outdir, { recursive: true });
writeFileSync(join(app.outdir, 'upgrade.md'), mesh.upgradePlan().toText());
