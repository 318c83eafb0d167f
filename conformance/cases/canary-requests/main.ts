import { App, Chart, Duration } from 'cdk8s';
import { Deployment, LabelSelector, Pods, Service } from 'cdk8s-plus-28';
import {
  CanaryCaller, CanaryDelivery, CanaryParent, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, Gateway, GatewayClass, HttpPathMatch,
  HttpRouteMatch, IstioGateway, IstioMesh, IstioServer, Listener, ListenerNamespaces, ListenerSet, MeshNamespace, RouteNamespaces, StickyAssignment,
  WorkloadSelector,
} from 'cdk8s-mesh';

/** Each canary twice: behind a Gateway of Gateway API and behind one of Istio, or as an HTTPRoute and as a VirtualService of a Service. */
const app = new App();
const mesh = new IstioMesh(app, 'Mesh');
const chart = new Chart(app, 'canary-requests');
const shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
const testers = new MeshNamespace(chart, 'Testers', { mesh, name: 'testers' });

const ports = [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'http-admin', port: 81, targetPort: 8081 }];
const service = (name: string, labels: { [key: string]: string }) => new Service(chart, name, {
  metadata: { name, namespace: 'shop' }, ports, selector: Pods.select(chart, `Pods-${name}`, { labels }),
});
const [v1, v2, v3] = ['v1', 'v2', 'v3'].map(version => {
  const labels = { app: 'web', version };
  new Deployment(chart, `Deployment-${version}`, {
    metadata: { name: `web-${version}`, namespace: 'shop' },
    select: false,
    podMetadata: { labels },
    containers: [{ image: `registry.example.com/web:${version}`, ports: [{ number: 8080 }, { name: 'admin', number: 8081 }] }],
  }).select(LabelSelector.of({ labels }));
  return CanaryVersion.service(service(`web-${version}`, labels), 80);
});

const gateway = new Gateway(chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'edge' },
  gatewayClass: GatewayClass.ISTIO,
  listeners: [Listener.http({ hostname: 'none.example.com', routes: RouteNamespaces.same() }), Listener.http({ name: 'any', port: 8000, routes: RouteNamespaces.all() })],
  allowedListeners: ListenerNamespaces.named('shop'),
});
const set = new ListenerSet(chart, 'ListenerSet', {
  metadata: { name: 'shop', namespace: 'shop' }, gateway, listeners: [Listener.http({ hostname: '*.example.com' })],
});
const istioGateway = new IstioGateway(chart, 'IstioGateway', {
  metadata: { name: 'istio', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});

type Options = Omit<CanaryRouteProps, 'namespace' | 'parents' | 'stable' | 'canary' | 'name' | 'hostnames'>;

/** A canary behind the ListenerSet, and the same behind Istio's Gateway. */
function twice(name: string, options: Options): void {
  const same = { ...options, namespace: shop, stable: v1, canary: v2, hostnames: [`${name}.example.com`] };
  new CanaryRoute(chart, `Http-${name}`, { ...same, name: `http-${name}`, parents: [CanaryParent.listenerSet(set, 'http')] });
  new CanaryRoute(chart, `Istio-${name}`, { ...same, name: `istio-${name}`, parents: [CanaryParent.istioGateway(istioGateway)] });
}

twice('weights', { canaryWeight: 20, others: [{ version: v3, weight: 10, pinned: [HttpRouteMatch.header('x-version', '3')] }] });
twice('pins', {
  canaryWeight: 0,
  paths: [HttpPathMatch.prefix('/shop')],
  pinned: [HttpRouteMatch.cookie('version', 'next'), HttpRouteMatch.queryParam('beta', '1')],
});
twice('sticky', {
  canaryWeight: 50,
  pinned: [HttpRouteMatch.queryParam('beta', '1'), HttpRouteMatch.header('x-beta', '1')],
  sticky: StickyAssignment.cookie({ name: 'sticky', secure: false }),
});
// Where one version has all, clients of the other go back at once.
twice('sticky-back', { canaryWeight: 0, sticky: StickyAssignment.cookie({ name: 'sticky', maxAge: Duration.hours(1) }) });
twice('mirrored', { mirrorPercent: 40 });
const steps = [CanaryStep.mirror(100), CanaryStep.pause(), CanaryStep.weight(10), CanaryStep.pause(), CanaryStep.weight(60)];
twice('copied', { steps, delivery: CanaryDelivery.manual({ currentStep: 1 }) });
twice('shifted', { steps, delivery: CanaryDelivery.manual({ currentStep: 4 }) });

// Calls of the mesh, of which one port is divided, and all but those of testers by weight.
const calls: Pick<CanaryRouteProps, 'namespace' | 'stable' | 'canary' | 'canaryWeight'> = { namespace: shop, stable: v1, canary: v2, canaryWeight: 0 };
new CanaryRoute(chart, 'Calls', {
  ...calls,
  hostnames: ['calls.example.com'],
  pinnedCallers: [CanaryCaller.namespace(testers)],
  parents: [CanaryParent.gatewayListener(gateway, 'any'), CanaryParent.service(service('calls', { app: 'web' }), 80)],
});
new CanaryRoute(chart, 'Istio-calls', {
  ...calls,
  name: 'istio-calls',
  hostnames: ['calls.example.com'],
  pinnedCallers: [CanaryCaller.namespace(testers), CanaryCaller.pods(shop, { role: 'tester' })],
  parents: [CanaryParent.istioGateway(istioGateway), CanaryParent.service(service('istio-calls', { app: 'web' }), 80)],
});

app.synth();
