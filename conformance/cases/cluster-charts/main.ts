import { Chart } from 'cdk8s';
import { ControlPlane, EastWestGateway, IstioFlux, IstioNetwork, MeshCluster, MultiClusterMesh } from 'cdk8s-mesh';

const install = (cluster: MeshCluster) => new IstioFlux(new Chart(cluster.app, 'istio'), 'Istio', { mesh: cluster });
const enter = (cluster: MeshCluster, exposeControlPlane = false) =>
  new EastWestGateway(new Chart(cluster.app, 'east-west'), 'Gateway', { namespace: cluster.controlPlaneNamespace, exposeControlPlane });

// A primary with two remotes: one on its network that has its address, one on another that has a name; and a network of another owner.
const mesh = new MultiClusterMesh({ meshId: 'shop', controlPlane: ControlPlane.revision('1-31') });
const near = IstioNetwork.of('network-near');
const west = mesh.addPrimary('west', { network: near });
const east = mesh.addRemote('east', { primary: west, network: near, controlPlaneAddress: '192.0.2.1' });
const north = mesh.addRemote('north', { primary: west, network: IstioNetwork.of('network-far'), controlPlaneAddress: 'istiod.example.com' });
mesh.addNetworkGateway(IstioNetwork.of('network-partner'), { address: '192.0.2.9', cidrs: ['10.8.0.0/16'] });
enter(west, true);
enter(north);
[west, east, north].forEach(install);
mesh.synth();
