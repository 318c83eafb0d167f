import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Deployment, ServiceAccount } from 'cdk8s-plus-28';
import {
  Certificate, ControlPlane, GatewayCanary, GatewayForm, GatewayHost, IMeshNamespace, IstioArgoCd, IstioMesh, IstioVersion, LinkerdMesh,
  ManagedChannel, MeshedGateway, MeshNamespace,
} from 'cdk8s-mesh';

// The code of docs/guides/upgrades.md.

/** Pods that join by their namespace, or by themselves. */
function run(namespace: IMeshNamespace, name: string): void {
  const metadata = { name, namespace: namespace.name };
  namespace.enrol(new Deployment(namespace, name, {
    metadata, serviceAccount: new ServiceAccount(namespace, `${name}-account`, { metadata }), containers: [{ image: name, portNumber: 8080 }],
  }));
}

const app = new App();
const chart = new Chart(app, 'upgrade');
const mesh = new IstioMesh(chart, 'Mesh', {
  version: IstioVersion.V1_30,
  controlPlane: ControlPlane.tag('stable', '1-30'),
  upgrade: { to: ControlPlane.revision('1-31'), version: IstioVersion.V1_31, canaries: ['catalog'] },
});

const catalog = new MeshNamespace(chart, 'Catalog', { mesh, name: 'catalog' });
run(catalog, 'products');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
run(shop, 'web');
const tools = new MeshNamespace(chart, 'Tools', { mesh, name: 'tools', enrolled: false });
run(tools, 'batch');

const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
new MeshedGateway(chart, 'Public', {
  namespace: edge,
  form: GatewayForm.selfManaged({ canary: GatewayCanary.replicas('1-31', 20) }),
  hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
});
new IstioArgoCd(chart, 'Istio', { mesh });

const plan = mesh.upgradePlan();
mkdirSync(app.outdir, { recursive: true });
writeFileSync(join(app.outdir, 'upgrade.md'), plan.toText());

const managed = new Chart(app, 'managed');
const asm = new IstioMesh(managed, 'Mesh', {
  controlPlane: ControlPlane.managed(ManagedChannel.REGULAR, { managedDataPlane: true }),
  upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID, { managedDataPlane: true }), canaries: ['trial'] },
});
new MeshNamespace(managed, 'Trial', { mesh: asm, name: 'trial' });
new MeshNamespace(managed, 'Ledger', { mesh: asm, name: 'ledger', managedDataPlane: false });

const linkerd = new Chart(app, 'linkerd');
const proxies = new LinkerdMesh(linkerd, 'Mesh');
run(new MeshNamespace(linkerd, 'Billing', { mesh: proxies, name: 'billing' }), 'invoices');
writeFileSync(join(app.outdir, 'linkerd.md'), proxies.upgradePlan().toText());

app.synth();
