import { Chart } from 'cdk8s';
import { CanaryParent, CanaryRoute, CanaryVersion, Gateway, HttpRouteMatch, IstioMesh, MeshNamespace } from 'cdk8s-mesh';

export function headerCanaryGatewayApi(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  new CanaryRoute(chart, 'Canary', {
    name: 'backend',
    namespace: new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' }),
    parents: [CanaryParent.gatewayListener(Gateway.fromGatewayName('my-gateway', { namespace: 'edge' }), 'https')],
    hostnames: ['shop.example.com'],
    stable: CanaryVersion.serviceName('backend-v1', { port: 8080 }),
    canary: CanaryVersion.serviceName('backend-v2', { port: 8080 }),
    canaryWeight: 10,
    pinned: [HttpRouteMatch.header('canary', 'true')],
  });
}
