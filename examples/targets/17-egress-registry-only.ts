import { Chart } from 'cdk8s';
import { EgressGateway, ExternalService, IstioMesh, MeshNamespace } from 'cdk8s-mesh';

export function egressRegistryOnly(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  new EgressGateway(chart, 'Egress', { namespace: new MeshNamespace(chart, 'EgressNamespace', { mesh, name: 'egress' }) })
    .allow(ExternalService.tls('api.stripe.com'), { clients: [new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' })] });
}
