import { ApiObject, Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { Backend, HttpRoute, HttpRouteMatch, MeshCluster, MeshNamespace, MultiClusterMesh, RouteParent } from 'cdk8s-mesh';

// One network: a primary, and a cluster that uses its control plane.
const mesh = new MultiClusterMesh({ meshId: 'shop' });
const west = mesh.addPrimary('west');
const east = mesh.addRemote('east', { primary: west, controlPlaneAddress: '192.0.2.1', exposedElsewhere: true });

/** A client in both clusters; the pods of both services are in the primary, so that it is known who answers. */
function deploy(cluster: MeshCluster): { chart: Chart; first: Service; second: Service } {
  const chart = new Chart(cluster.app, 'shop');
  const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
  const run = (name: string): void => {
    const metadata = { name, namespace: shop.name };
    const labels = { app: name };
    const deployment = new Deployment(chart, name, {
      metadata,
      select: false,
      podMetadata: { labels },
      serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
      containers: [{ image: name, portNumber: 8080 }],
    });
    deployment.select(LabelSelector.of({ labels }));
  };
  const serve = (name: string): Service => {
    const service = new Service(chart, `${name}-service`, { metadata: { name, namespace: shop.name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    service.selectLabel('app', name);
    return service;
  };
  ['client', ...cluster === west ? ['first', 'second'] : []].forEach(run);
  return { chart, first: serve('first'), second: serve('second') };
}

// A route in the primary holds for both clusters.
const { chart, first, second } = deploy(west);
new HttpRoute(chart, 'Route', {
  metadata: { name: 'first', namespace: 'shop' },
  parents: [RouteParent.producerService(first)],
  rules: [
    { matches: [HttpRouteMatch.pathPrefix('/second')], backends: [{ backend: Backend.service(second) }] },
    { backends: [{ backend: Backend.service(first) }] },
  ],
});

// The constructs refuse these where Istio would not read them: they are written past them, to have istiod say it.
const remote = deploy(east).chart;
new ApiObject(remote, 'Unread', {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'second', namespace: 'shop' },
  spec: { parentRefs: [{ group: '', kind: 'Service', name: 'second' }], rules: [{ backendRefs: [{ name: 'first', port: 80 }] }] },
});
mesh.synth();
