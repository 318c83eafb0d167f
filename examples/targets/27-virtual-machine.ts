import { Chart } from 'cdk8s';
import { EastWestGateway, IstioNetwork, MachineService, MeshNamespace, MultiClusterMesh, VirtualMachine } from 'cdk8s-mesh';

export function virtualMachine(chart: Chart): void {
  const mesh = new MultiClusterMesh({ meshId: 'mesh1' });
  const cluster = mesh.addPrimary('cluster1', { network: IstioNetwork.of('network1'), scope: chart });
  new EastWestGateway(chart, 'EastWest', { namespace: cluster.controlPlaneNamespace, exposeControlPlane: true });
  new VirtualMachine(chart, 'Billing', {
    namespace: new MeshNamespace(chart, 'Namespace', { mesh: cluster, name: 'billing' }),
    name: 'billing-vm',
    labels: { app: 'billing' },
    network: IstioNetwork.of('vm-network'),
    ports: { http: 8080 },
    service: MachineService.kubernetes('billing'),
  });
}
