import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import { ControlPlane, GatewayCanary, GatewayForm, GatewayHost, IMeshNamespace, IstioMesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

const app = new App();
const chart = new Chart(app, 'revision-tags', { disableResourceNameHashes: true });
const mesh = new IstioMesh(chart, 'Mesh', {
  controlPlane: ControlPlane.tag('stable', '1-30'),
  upgrade: { to: ControlPlane.revision('1-31'), canaries: ['shop', 'jobs'] },
});

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

const namespace = (name: string, enrolled = true) => new MeshNamespace(chart, name, { mesh, name, enrolled });
/** A canary, and one that waits. */
const [shop, blog] = [namespace('shop'), namespace('blog')];
shop.enrol(deploy(shop, 'web'));
shop.leaveOut(deploy(shop, 'outside'));
blog.enrol(deploy(blog, 'posts'));
/** Their pods join by their own labels: a canary, and one that waits. */
const [jobs, tools] = [namespace('jobs', false), namespace('tools', false)];
jobs.enrol(deploy(jobs, 'batch'));
tools.enrol(deploy(tools, 'batch'));
tools.enrol(deploy(tools, 'pinned'), { istio: { revision: '1-31' } });

new MeshedGateway(chart, 'Public', {
  namespace: namespace('edge', false),
  form: GatewayForm.selfManaged({ canary: GatewayCanary.replicas('1-31', 20) }),
  hosts: [GatewayHost.http('shop.example.com')],
});

app.synth();
