import { Chart } from 'cdk8s';
import { Certificate, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

export function gatewayDeploymentInPlace(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  new MeshedGateway(chart, 'Gateway', {
    name: 'istio-ingressgateway',
    namespace: new MeshNamespace(chart, 'Gateways', { mesh, name: 'gateways', enrolled: false }),
    form: GatewayForm.selfManaged({ revision: 'asm-1146-16', minReplicas: 3 }),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  });
}
