import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import { ControlPlane, GatewayForm, GatewayHost, IMeshNamespace, IstioMesh, ManagedChannel, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

const app = new App();

function deploy(chart: Chart, namespace: IMeshNamespace, name: string): Deployment {
  const workload = new Deployment(chart, `${namespace.name}-${name}`, {
    metadata: { name, namespace: namespace.name },
    podMetadata: { labels: { app: name } },
    select: false,
    containers: [{ image: 'registry.example.com/web:1', portNumber: 8080 }],
  });
  workload.select(LabelSelector.of({ labels: { app: name } }));
  return workload;
}

const chart = new Chart(app, 'regular-to-rapid', { disableResourceNameHashes: true });
const mesh = new IstioMesh(chart, 'Mesh', {
  controlPlane: ControlPlane.managed(ManagedChannel.REGULAR, { managedDataPlane: true }),
  upgrade: { to: ControlPlane.managed(ManagedChannel.RAPID, { managedDataPlane: true }), canaries: ['shop'] },
});
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const blog = new MeshNamespace(chart, 'Blog', { mesh, name: 'blog', managedDataPlane: false });
const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false, managedDataPlane: false });
shop.enrol(deploy(chart, shop, 'web'), { nativeSidecar: true });
blog.enrol(deploy(chart, blog, 'posts'));
blog.leaveOut(deploy(chart, blog, 'outside'));
edge.enrol(deploy(chart, edge, 'authorizer'));
new MeshedGateway(chart, 'Public', { namespace: edge, form: GatewayForm.selfManaged(), hosts: [GatewayHost.http('shop.example.com')] });

const stable = new Chart(app, 'stable', { disableResourceNameHashes: true });
const bank = new MeshNamespace(stable, 'Bank', {
  mesh: new IstioMesh(stable, 'Mesh', { controlPlane: ControlPlane.managed(ManagedChannel.STABLE) }), name: 'bank',
});
bank.enrol(deploy(stable, bank, 'ledger'));

app.synth();
