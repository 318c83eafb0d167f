import { Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CertManagerIssuer, DataPlane, EastWestGateway, IstioArgoCd, IstioCertificateAuthority, IstioNetwork, MeshCluster, MeshNamespace,
  MultiClusterMesh, RemoteNetworkGateway, SharedService,
} from 'cdk8s-mesh';

// The code of docs/guides/multi-cluster.md.

/** A service of the shop, in one cluster. */
function run(chart: Chart, namespace: MeshNamespace, name: string): Service {
  const metadata = { name, namespace: namespace.name };
  const deployment = new Deployment(chart, `${name}-pods`, {
    metadata, serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }), containers: [{ image: name, portNumber: 8080 }],
  });
  return new Service(chart, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
}

const certificateAuthority = IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root'));
const mesh = new MultiClusterMesh({ meshId: 'shop', certificateAuthority });
const [west, east] = ['west', 'east'].map(name => mesh.addPrimary(name, { network: IstioNetwork.of(`network-${name}`) }));
for (const cluster of [west, east]) {
  new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: cluster === west });
}

function deploy(cluster: MeshCluster): void {
  const chart = new Chart(cluster.app, 'shop');
  const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
  run(chart, shop, 'web');
  const catalog = run(chart, shop, 'catalog');
  // A cluster without control plane takes no configuration: that of its primary holds there.
  if (cluster.remoteControlPlane === undefined) {
    new SharedService(chart, 'Catalog', { namespace: shop, service: catalog, failover: [{ region: 'eu-central', fallback: 'eu-west' }] });
  }
}
[west, east].forEach(deploy);

const south = mesh.addRemote('south', { primary: west, controlPlaneAddress: '192.0.2.10', network: IstioNetwork.of('network-west') });
deploy(south);

for (const cluster of [west, east, south]) {
  const istio = new Chart(cluster.app, 'istio');
  if (cluster !== south) {
    cluster.issueCertificateAuthority(istio, 'Authority');
  }
  new IstioArgoCd(istio, 'Istio', { mesh: cluster, argoCdNamespace: 'argocd' });
}

new RemoteNetworkGateway(new Chart(west.app, 'factory'), 'Factory', {
  namespace: west.controlPlaneNamespace, network: IstioNetwork.of('network-factory'), addresses: ['203.0.113.80'],
});

mesh.synth();

const ambient = new MultiClusterMesh({ meshId: 'books', certificateAuthority, dataPlane: DataPlane.AMBIENT });
for (const name of ['north', 'far-north']) {
  const cluster = ambient.addPrimary(name, { network: IstioNetwork.of(`network-${name}`) });
  new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace });
  const chart = new Chart(cluster.app, 'books');
  const books = new MeshNamespace(chart, 'Books', { mesh: cluster, name: 'books' });
  new SharedService(chart, 'Stock', { namespace: books, service: run(chart, books, 'stock') });
}

ambient.synth();
