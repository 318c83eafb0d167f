import { Chart } from 'cdk8s';
import { DataPlane, EgressGateway, ExternalService, IstioMesh, MeshNamespace } from 'cdk8s-mesh';

export function egressAmbient(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane: DataPlane.AMBIENT });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }) })
    .allow(ExternalService.originate('httpbin.org'), { clients: [shop] });
}
