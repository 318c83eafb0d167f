import { Chart } from 'cdk8s';
import { Certificate, GatewayWorkload, IstioGateway, IstioMesh, IstioServer, MeshNamespace, ServerTls, TlsVersion } from 'cdk8s-mesh';

export function istioGatewayMinTls(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const namespace = new MeshNamespace(chart, 'Gateways', { mesh, name: 'gateways', enrolled: false });
  const workload = new GatewayWorkload(chart, 'Workload', { namespace, name: 'istio-ingressgateway' })
    .addPort(80, 'http2')
    .addPort(443, 'https');
  new IstioGateway(chart, 'Gateway', {
    metadata: { name: 'gateway', namespace: 'gateways' },
    selector: workload.selector,
    servers: [
      IstioServer.https({
        name: 'https',
        hosts: ['shop.example.com'],
        tls: ServerTls.simple({ certificates: [Certificate.fromSecretName('shop-tls')], minProtocolVersion: TlsVersion.V1_2 }),
      }),
      IstioServer.http({ name: 'http', hosts: ['shop.example.com'], httpsRedirect: true }),
    ],
  });
}
