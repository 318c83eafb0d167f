import { Chart } from 'cdk8s';
import { EgressGateway, ExternalService, IstioMesh, MeshClient, MeshNamespace } from 'cdk8s-mesh';

export function egressMtlsIdentityIstio(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }) })
    .allow(ExternalService.originate('httpbin.org'), { clients: [MeshClient.serviceAccountName(shop, 'checkout')] });
}
