import { App, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { DataPlane, IMeshNamespace, IstioMesh, MeshClient, MeshNamespace, MeshWorkload, Waypoint, WaypointTraffic } from 'cdk8s-mesh';

const app = new App();
const mesh = new IstioMesh(app, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const chart = new Chart(app, 'waypoints');
const namespace = (name: string) => new MeshNamespace(chart, `namespace-${name}`, { mesh, name });
const infra = namespace('infra');
const open = namespace('open');
const closed = namespace('closed');
const mixed = namespace('mixed');

function serve(id: string, at: IMeshNamespace, serviceAccount?: ServiceAccount) {
  const metadata = { name: id, namespace: at.name };
  const account = serviceAccount ?? new ServiceAccount(chart, `${id}-account`, { metadata });
  const workload = new Deployment(chart, `${id}-deployment`, {
    metadata,
    podMetadata: { labels: { app: id } },
    select: false,
    serviceAccount: account,
    containers: [{ image: `registry.example.com/${id}:1.0.0`, portNumber: 8080 }],
  });
  workload.select(LabelSelector.of({ labels: { app: id } }));
  const service = new Service(chart, `${id}-service`, { metadata, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  service.selectLabel('app', id);
  return { account, service, workload };
}

const client = serve('client', open);
serve('server', open);
const guarded = serve('guarded', closed);
const [single, left, worker] = [serve('single', mixed), serve('left', mixed), serve('worker', mixed)];
const twin = serve('twin', mixed, worker.account);
const workloads = [worker, twin].map(({ workload }) => new MeshWorkload(chart, `${workload.name}-meshed`, { namespace: mixed, workload }));

// One for others, in a namespace of its own; a second one takes a share of what comes to one of them, and ingress gateways use it.
const next = new Waypoint(chart, 'Next', { namespace: infra, name: 'next' });
new Waypoint(chart, 'Shared', { namespace: infra, name: 'shared', minReplicas: 2, maxUnavailable: 1 })
  .serve(open, { canary: next, canaryWeight: 20, ingress: true });
// One for a namespace from all sides, and what no policy allows is refused there.
const everything = new Waypoint(chart, 'Everything', { namespace: closed, name: 'everything', traffic: WaypointTraffic.ALL });
everything.serve(closed);
closed.close();
new MeshWorkload(chart, 'guarded-meshed', { namespace: closed, workload: guarded.workload, services: [guarded.service] })
  .allowFrom(MeshClient.serviceAccount(open, client.account), { ports: [8080], methods: ['GET'] });
// Of a namespace one Service, all pods of an account, and one Service not.
new Waypoint(chart, 'Single', { namespace: mixed, name: 'one' }).serveService(single.service).exceptService(left.service);
new Waypoint(chart, 'Account', { namespace: mixed, name: 'account', traffic: WaypointTraffic.WORKLOAD })
  .serveServiceAccount(workloads[0]);

app.synth();
