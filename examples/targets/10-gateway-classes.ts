import { Chart } from 'cdk8s';
import { Gateway, GatewayClass, GatewayController, Listener } from 'cdk8s-mesh';

export function gatewayClasses(chart: Chart): void {
  new GatewayClass(chart, 'Example', { metadata: { name: 'example-gateway-class' }, controller: GatewayController.of('example.com/gateway-controller') });
  new GatewayClass(chart, 'Envoy', { metadata: { name: 'envoy-gateway' }, controller: GatewayController.ENVOY_GATEWAY });
  new GatewayClass(chart, 'Lattice', { metadata: { name: 'amazon-vpc-lattice' }, controller: GatewayController.AMAZON_VPC_LATTICE });
  new Gateway(chart, 'ByIstio', {
    metadata: { name: 'by-istio', namespace: 'edge' },
    gatewayClass: GatewayClass.ISTIO,
    listeners: [Listener.http()],
  });
  new Gateway(chart, 'ByGke', {
    metadata: { name: 'by-gke', namespace: 'edge' },
    gatewayClass: GatewayClass.GKE_L7_GLOBAL_EXTERNAL_MANAGED,
    listeners: [Listener.http()],
  });
}
