import { Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { CanaryParent, CanaryRoute, CanaryVersion, HttpRouteMatch, IstioGateway, IstioMesh, MeshNamespace } from 'cdk8s-mesh';

export function headerCanaryIstio(chart: Chart): void {
  const mesh = new IstioMesh(chart, 'Mesh');
  const backend = new Service(chart, 'Backend', { metadata: { name: 'backend', namespace: 'shop' }, ports: [{ port: 8080 }] });
  new CanaryRoute(chart, 'Canary', {
    name: 'backend',
    namespace: new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' }),
    parents: [
      CanaryParent.istioGateway(IstioGateway.fromGatewayName('my-gateway', { namespace: 'edge' })),
      CanaryParent.service(backend),
    ],
    hostnames: ['shop.example.com'],
    stable: CanaryVersion.subset(backend, { name: 'v1', labels: { version: 'v1' } }),
    canary: CanaryVersion.subset(backend, { name: 'v2', labels: { version: 'v2' } }),
    canaryWeight: 0,
    pinned: [HttpRouteMatch.header('canary', 'true')],
  });
}
