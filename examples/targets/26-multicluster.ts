import { Chart } from 'cdk8s';
import { EastWestGateway, IstioNetwork, MultiClusterMesh } from 'cdk8s-mesh';

export function multicluster(chart: Chart): void {
  const mesh = new MultiClusterMesh({ meshId: 'mesh1' });
  const cluster = mesh.addPrimary('cluster1', { network: IstioNetwork.of('network1'), scope: chart });
  new EastWestGateway(chart, 'EastWest', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: true });
}
