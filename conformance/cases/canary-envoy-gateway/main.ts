import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryVersion, Gateway, GatewayClass, HttpRouteMatch, IstioMesh, Listener,
  MeshNamespace, RouteNamespaces, StickyAssignment,
} from 'cdk8s-mesh';

/** Canaries behind Envoy Gateway. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-envoy-gateway');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const service = (name: string) => new Service(chart, name, { metadata: { name, namespace: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
const [stable, canary, other] = ['web-v1', 'web-v2', 'web-v3'].map(name => CanaryVersion.service(service(name)));

const routes = RouteNamespaces.all();
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ENVOY_GATEWAY,
  listeners: [Listener.http({ routes }), Listener.tcp({ name: 'tcp', port: 5432, routes }), Listener.tlsPassthrough({ name: 'tls', hostname: '*.example.com', routes })],
});

function make(name: string, options: Partial<CanaryRouteProps>, listener = 'http'): void {
  new CanaryRoute(chart, `Route-${name}`, {
    name, namespace: shop, stable, canary, hostnames: [`${name}.example.com`], parents: [CanaryParent.gatewayListener(gateway, listener)], ...options,
  });
}
make('weights', { canaryWeight: 20, others: [{ version: other, weight: 10 }] });
make('pins', { canaryWeight: 0, pinned: [HttpRouteMatch.cookie('version', 'next'), HttpRouteMatch.queryParam('beta', '1')] });
make('sticky', { canaryWeight: 50, sticky: StickyAssignment.cookie() });
make('mirrored', { mirrorPercent: 40 });
make('calls', { protocol: CanaryProtocol.GRPC, canaryWeight: 20, pinned: [HttpRouteMatch.header('x-beta', '1')] });
make('connections', { protocol: CanaryProtocol.TCP, canaryWeight: 20, hostnames: undefined }, 'tcp');
make('tls', { protocol: CanaryProtocol.TLS, canaryWeight: 20 }, 'tls');

app.synth();
