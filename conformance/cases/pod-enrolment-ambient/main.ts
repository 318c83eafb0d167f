import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import { DataPlane, GatewayForm, GatewayHost, IMeshNamespace, IstioMesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

const app = new App();
const chart = new Chart(app, 'ambient', { disableResourceNameHashes: true });
const mesh = new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });

function deploy(namespace: IMeshNamespace, name: string): Deployment {
  const workload = new Deployment(chart, `${namespace.name}-${name}`, {
    metadata: { name, namespace: namespace.name },
    podMetadata: { labels: { app: name } },
    select: false,
    containers: [{ image: 'registry.example.com/web:1', portNumber: 8080 }],
  });
  workload.select(LabelSelector.of({ labels: { app: name } }));
  return workload;
}

const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
shop.enrol(deploy(shop, 'web'));
shop.enrol(deploy(shop, 'resolver'), { ambient: { dnsCapture: false } });
shop.enrol(deploy(shop, 'front'), { ambient: { bypassInboundCapture: true } });
shop.enrol(deploy(shop, 'machines'), { ambient: { reroutedInterfaces: ['vnet0'] } });
shop.leaveOut(deploy(shop, 'outside'));

const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
edge.enrol(deploy(edge, 'authorizer'));
new MeshedGateway(chart, 'Public', { namespace: edge, form: GatewayForm.selfManaged(), hosts: [GatewayHost.http('shop.example.com')] });

app.synth();
