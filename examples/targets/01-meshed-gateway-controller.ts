import { Chart } from 'cdk8s';
import { Certificate, GatewayClass, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

export function meshedGatewayController(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  new MeshedGateway(chart, 'Gateway', {
    name: 'meshed-gateway',
    namespace: new MeshNamespace(chart, 'Edge', { mesh, name: 'edge' }),
    form: GatewayForm.provisioned(GatewayClass.NGINX),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    admits: [new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' })],
  });
}
