import { Chart } from 'cdk8s';
import { Certificate, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace, NginxUpstream } from 'cdk8s-mesh';

export function meshedGatewayNginxSelfManaged(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const edge = new MeshNamespace(chart, 'Edge', { mesh, name: 'edge', enrolled: false });
  const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  new MeshedGateway(chart, 'Gateway', {
    name: 'edge',
    namespace: edge,
    form: GatewayForm.nginx(),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    admits: [shop],
  }).addNginxRoute({ hostname: 'shop.example.com', upstream: NginxUpstream.serviceName(shop, 'web', { port: 8080 }) });
}
