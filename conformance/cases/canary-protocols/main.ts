import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryVersion, Gateway, GatewayClass, GrpcMethodMatch, HttpRouteMatch, IstioGateway,
  IstioMesh, IstioServer, Listener, MeshNamespace, RouteNamespaces, ServerTls, WorkloadSelector,
} from 'cdk8s-mesh';

/** Canaries of gRPC, TCP and TLS, each behind a Gateway of Gateway API and one of Istio, and between workloads. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-protocols');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const metadata = (name: string) => ({ name, namespace: 'shop' });
const service = (name: string, port: { name: string; port: number }) => new Service(chart, name, { metadata: metadata(name), ports: [port] });
const versions = (name: string, port: { name: string; port: number }) => {
  const [stable, canary] = ['v1', 'v2'].map(version => CanaryVersion.service(service(`${name}-${version}`, port)));
  return { namespace: shop, stable, canary };
};

const all = { routes: RouteNamespaces.all() };
const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [
    Listener.http(all), Listener.tcp({ ...all, name: 'tcp', port: 5432 }), Listener.tlsPassthrough({ ...all, name: 'tls', hostname: '*.example.com' }),
  ],
});
const istioGateway = new IstioGateway(chart, 'IstioGateway', {
  metadata: { name: 'istio', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [
    IstioServer.http({ hosts: ['calls.example.com', 'copied.example.com'] }),
    IstioServer.tcp({ hosts: ['*'], port: 5432 }),
    IstioServer.tls({ hosts: ['*.example.com'], tls: ServerTls.passthrough() }),
  ],
});

/** One behind each gateway, and one of each kind for a Service. */
function everywhere(name: string, listener: string, port: { name: string; port: number }, props: Omit<CanaryRouteProps, 'namespace' | 'parents'>): void {
  const of = versions(name, port);
  const parents = { gateway: CanaryParent.gatewayListener(gateway, listener), istio: CanaryParent.istioGateway(istioGateway) };
  for (const [kind, parent] of Object.entries(parents)) {
    new CanaryRoute(chart, `Route-${name}-${kind}`, { ...of, ...props, name: `${name}-${kind}`, parents: [parent, CanaryParent.service(service(`${name}-${kind}`, port))] });
  }
}

everywhere('grpc', 'http', { name: 'grpc', port: 9000 }, {
  protocol: CanaryProtocol.GRPC,
  hostnames: ['calls.example.com'],
  canaryWeight: 30,
  calls: [GrpcMethodMatch.exact({ service: 'shop.Greeter' }), GrpcMethodMatch.exact({ service: 'shop.Talker', method: 'Say' }), GrpcMethodMatch.exact({ method: 'Ping' })],
  pinned: [HttpRouteMatch.header('X-Beta', '1')],
});
everywhere('copied', 'http', { name: 'grpc', port: 9000 }, {
  protocol: CanaryProtocol.GRPC, hostnames: ['copied.example.com'], mirrorPercent: 100,
});
everywhere('tcp', 'tcp', { name: 'tcp', port: 5432 }, { protocol: CanaryProtocol.TCP, canaryWeight: 30 });
everywhere('tls', 'tls', { name: 'tls', port: 443 }, { protocol: CanaryProtocol.TLS, hostnames: ['tls.example.com'], canaryWeight: 30 });

app.synth();
