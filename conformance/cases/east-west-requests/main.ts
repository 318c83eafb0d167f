import { Chart } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import { CertManagerIssuer, EastWestForm, EastWestGateway, IstioCertificateAuthority, IstioNetwork, IMeshNamespace, MeshCluster, MeshNamespace, MultiClusterMesh, SharedService } from 'cdk8s-mesh';

interface Workload {
  readonly region?: string;
  readonly service?: boolean;
}

const LOCALITY = 'istio-locality';

function deploy(chart: Chart, namespace: IMeshNamespace, name: string, { region, service = true }: Workload): Service | undefined {
  const metadata = { name, namespace: namespace.name };
  const labels = { app: name };
  const deployment = new Deployment(chart, name, {
    metadata,
    podMetadata: { labels: { ...labels, ...region && { [LOCALITY]: region } } },
    select: false,
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: 8080 }],
  });
  deployment.select(LabelSelector.of({ labels }));
  return service ? new Service(chart, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }) : undefined;
}

function gatewayOf(cluster: MeshCluster, form?: EastWestForm, exposeControlPlane = false): void {
  new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace, form, exposeControlPlane });
}

const mesh = new MultiClusterMesh({ meshId: 'shop', certificateAuthority: IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root')), serviceSettings: [{ hosts: ['kept.shop.svc.cluster.local'], clusterLocal: true }] });
const west = mesh.addPrimary('west', { network: IstioNetwork.of('network-west') });
const east = mesh.addPrimary('east', { network: IstioNetwork.of('network-east') });
const north = mesh.addRemote('north', { network: IstioNetwork.of('network-north'), primary: west, controlPlaneAddress: '198.51.100.1' });
gatewayOf(west, undefined, true);
gatewayOf(east, EastWestForm.provisioned());
gatewayOf(north);

const WORKLOADS: { [cluster: string]: { [name: string]: Workload } } = {
  west: { client: { region: 'us-west', service: false }, near: { region: 'us-west' }, failing: { region: 'us-west' } },
  east: { client: { region: 'us-east', service: false }, near: { region: 'us-east' }, failing: { region: 'us-east' }, only: {}, kept: {} },
  north: { client: { service: false }, northern: {} },
};
for (const cluster of [west, east, north]) {
  const chart = new Chart(cluster.app, 'shop');
  const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
  for (const [name, workload] of Object.entries(WORKLOADS[cluster.clusterName])) {
    const service = deploy(chart, shop, name, workload);
    if (service !== undefined && ['near', 'failing'].includes(name)) {
      new SharedService(chart, `${name}-shared`, { namespace: shop, service });
    }
  }
}
// Names are those of all clusters: a Service without pods here makes the name known, and the pods are in other clusters.
const elsewhere = (cluster: MeshCluster, names: string[]) => {
  const chart = new Chart(cluster.app, 'elsewhere');
  names.forEach(name => new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }).selectLabel('app', name));
};
elsewhere(west, ['only', 'northern', 'kept']);
elsewhere(north, ['only', 'near']);

mesh.synth();
