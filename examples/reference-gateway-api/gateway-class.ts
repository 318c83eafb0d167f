import { Chart } from 'cdk8s';
import { GatewayClass, GatewayController } from 'cdk8s-mesh';

export function gatewayClasses(chart: Chart): GatewayClass {
  return new GatewayClass(chart, 'GatewayClass', {
    metadata: { name: 'internet' },
    // controllerName
    controller: GatewayController.of('example.com/gateway-controller'),
    // description
    description: 'Gateways that the internet reaches',
    // parametersRef.group, kind, name, namespace
    parameters: { group: 'example.com', kind: 'GatewayConfig', name: 'internet', namespace: 'edge' },
  });
}
