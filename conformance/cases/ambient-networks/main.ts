import { Chart } from 'cdk8s';
import { Deployment, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  CertManagerIssuer, DataPlane, EastWestGateway, ExternalContainers, IstioCertificateAuthority, IstioFlux, IstioNetwork, IMeshNamespace,
  MeshNamespace, MultiClusterMesh, RemoteNetworkGateway,
  SharedService,
} from 'cdk8s-mesh';

function deploy(chart: Chart, namespace: IMeshNamespace, name: string): Service {
  const metadata = { name, namespace: namespace.name };
  const deployment = new Deployment(chart, name, {
    metadata,
    serviceAccount: new ServiceAccount(chart, `${name}-account`, { metadata }),
    containers: [{ image: name, portNumber: 8080 }],
  });
  return new Service(chart, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
}

const mesh = new MultiClusterMesh({ meshId: 'shop', certificateAuthority: IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root')), dataPlane: DataPlane.AMBIENT });
for (const name of ['west', 'east']) {
  const cluster = mesh.addPrimary(name, { network: IstioNetwork.of(`network-${name}`) });
  const eastWest = new Chart(cluster.app, 'east-west');
  new EastWestGateway(eastWest, 'Gateway', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: name === 'west' });
  new IstioFlux(new Chart(cluster.app, 'istio'), 'Istio', { mesh: cluster });
  const chart = new Chart(cluster.app, 'shop');
  const shop = new MeshNamespace(chart, 'Shop', { mesh: cluster, name: 'shop' });
  new SharedService(chart, 'Catalog', { namespace: shop, service: deploy(chart, shop, 'catalog') });
  deploy(chart, shop, 'cache');
  if (name === 'west') {
    // Tasks of a cloud service, in a network of their own.
    const network = IstioNetwork.of('network-tasks');
    new RemoteNetworkGateway(eastWest, 'Tasks', { namespace: cluster.controlPlaneNamespace, network, addresses: ['192.0.2.7'] });
    new ExternalContainers(chart, 'reports', { namespace: shop, network, ports: { http: 8080 }, containers: [{ address: '10.9.0.4' }] });
    // Others that pods reach directly.
    new ExternalContainers(chart, 'mails', { namespace: shop, ports: { tcp: 2525 }, containers: [{ address: '10.0.9.4' }] });
  }
}
mesh.synth();
