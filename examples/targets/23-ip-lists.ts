import { Chart } from 'cdk8s';
import { ClientAddress, Gateway, GatewayClass, IpAccessList, PolicyTarget } from 'cdk8s-mesh';

export function ipLists(chart: Chart): void {
  const gateway = Gateway.fromGatewayName('edge', { namespace: 'edge', gatewayClass: GatewayClass.ISTIO });
  new IpAccessList(chart, 'Blocked', {
    metadata: { name: 'blocked', namespace: 'edge' },
    targets: [PolicyTarget.gateway(gateway)],
    clientAddress: ClientAddress.forwardedFor(1),
    denied: ['203.0.113.0/24'],
  });
}
