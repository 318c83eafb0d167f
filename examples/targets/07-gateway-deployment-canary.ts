import { Chart } from 'cdk8s';
import { Certificate, GatewayCanary, GatewayForm, GatewayHost, IstioMesh, MeshedGateway, MeshNamespace } from 'cdk8s-mesh';

export function gatewayDeploymentCanary(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  new MeshedGateway(chart, 'Gateway', {
    name: 'istio-ingressgateway',
    namespace: new MeshNamespace(chart, 'Gateways', { mesh, name: 'gateways', enrolled: false }),
    form: GatewayForm.selfManaged({ revision: '1-30', canary: GatewayCanary.replicas('1-31', 20) }),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  });
}
