import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  CertManagerIssuer, DataPlane, EastWestGateway, IstioCertificateAuthority, IstioMesh, IstioNetwork, MeshNamespace, MultiClusterMesh,
  MultiClusterMeshProps, OutlierDetection, SharedService,
} from '../../src';

const certificateAuthority = IstioCertificateAuthority.certManager(CertManagerIssuer.clusterIssuer('mesh-root'));
const meshOf = (props: Partial<MultiClusterMeshProps> = {}) => new MultiClusterMesh({ meshId: 'shop', certificateAuthority, ...props });
const network = (name: string) => ({ network: IstioNetwork.of(name), scope: new App() });
const share = (dataPlane: DataPlane) => {
  const chart = new Chart(new App(), 'test');
  const namespace = new MeshNamespace(chart, 'Shop', { mesh: new IstioMesh(chart, 'Mesh', { dataPlane }), name: 'shop' });
  return (options: object) => new SharedService(chart, 'Shared', {
    namespace, service: new Service(chart, 'Service', { metadata: { name: 'catalog', namespace: 'shop' }, ports: [{ port: 80 }] }), ...options,
  });
};

holdGuide('multi-cluster', {
  code: 6,
  shown: [
    'Namespace istio-system', 'Gateway cross-network-gateway', 'Service istio-eastwestgateway', 'DestinationRule catalog', 'Gateway network-factory-gateway', 'Namespace istio-system', 'Gateway istiod-gateway',
    'Application west-istiod', 'Application south-istiod', 'Certificate cacerts', 'Gateway istio-eastwestgateway', 'Service stock',
  ],
  refused: [
    () => {
      const mesh = meshOf({ certificateAuthority: undefined });
      mesh.addPrimary('west', network('one'));
      mesh.addPrimary('east', network('two'));
    },
    () => {
      const mesh = meshOf();
      mesh.addPrimary('west', network('one'));
      mesh.addPrimary('east', { scope: new App() });
    },
    () => {
      const mesh = meshOf();
      mesh.addPrimary('west', network('one'));
      mesh.addPrimary('east', { ...network('two'), dataPlane: DataPlane.AMBIENT });
    },
    () => {
      const mesh = meshOf({ dataPlane: DataPlane.AMBIENT });
      mesh.addPrimary('west', network('one'));
      mesh.addPrimary('east', network('one'));
    },
    () => {
      const mesh = meshOf({ dataPlane: DataPlane.AMBIENT });
      mesh.addRemote('south', { primary: mesh.addPrimary('west', network('one')), controlPlaneAddress: '192.0.2.1', ...network('two') });
    },
    () => {
      const mesh = meshOf();
      mesh.addPrimary('west', network('one'));
      return mesh.addPrimary('east', network('two')).node.validate()[0];
    },
    () => {
      const mesh = meshOf();
      const west = mesh.addPrimary('west', { scope: new App() });
      mesh.addRemote('south', { primary: west, controlPlaneAddress: '192.0.2.1', scope: new App() });
      return west.node.validate()[0];
    },
    () => {
      const mesh = meshOf();
      const west = mesh.addPrimary('west', { scope: new App() });
      const south = mesh.addRemote('south', { primary: west, controlPlaneAddress: '192.0.2.1', scope: new App() });
      const chart = new Chart(south.app, 'shop');
      const namespace = new MeshNamespace(chart, 'Shop', { mesh: south, name: 'shop' });
      return new SharedService(chart, 'Shared', {
        namespace,
        service: new Service(chart, 'Service', { metadata: { name: 'catalog', namespace: 'shop' }, ports: [{ port: 80 }] }),
        failover: [{ region: 'eu-central', fallback: 'eu-west' }],
      });
    },
    () => share(DataPlane.AMBIENT)({ outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 1 }) }),
    () => {
      const west = meshOf().addPrimary('west', { scope: new App() });
      return new EastWestGateway(new Chart(west.app, 'east-west'), 'Gateway', { namespace: west.controlPlaneNamespace, serviceHosts: ['*.example.com'] });
    },
  ],
});
