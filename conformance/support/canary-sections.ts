import { Duration } from 'cdk8s';
import { AMBIENT, LINKERD, LINKERD_EXPERIMENTAL, MESHES, SIDECAR } from './meshes';
import { Scene } from './scene';
import { Column, Row, Section } from './section';
import {
  CanaryCaller, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, Certificate, Gateway,
  GatewayBinding, GatewayClass, GatewayForm, GatewayHost, HttpPathMatch, HttpRouteMatch, GrpcMethodMatch, IGatewayClass, IstioGateway, IstioServer,
  Listener, ListenerNamespaces, ListenerSet, RolloutWorkload, RouteNamespaces, StickyAssignment, Waypoint, WorkloadSelector,
} from '../../src';

const HOST = 'shop.example.com';
const PORTS: { readonly [protocol in CanaryProtocol]: string } = { HTTP: 'http', GRPC: 'grpc', TCP: 'tcp', TLS: 'tls' };

/** What a canary is bound to, where. */
interface ParentColumn extends Column {
  parent(scene: Scene, protocol: CanaryProtocol): CanaryParent;
}

type CanaryOptions = Partial<Omit<CanaryRouteProps, 'namespace' | 'parents'>>;

/** A canary of two versions, each with a Service of its own; or none, where a controller makes them. */
function canary(scene: Scene, parent: CanaryParent, protocol: CanaryProtocol, options: CanaryOptions = {}): void {
  const version = (name: string) => CanaryVersion.service(scene.service(name, PORTS[protocol]));
  const isNamed = protocol === CanaryProtocol.TLS || (protocol !== CanaryProtocol.TCP && parent._binding.service === undefined);
  new CanaryRoute(scene.chart, 'Canary', {
    namespace: scene.shop,
    parents: [parent],
    protocol,
    hostnames: isNamed ? [HOST] : undefined,
    ...options.delivery?._flagger ? {} : { stable: version('web-v1'), canary: version('web-v2') },
    ...options.delivery?._isManaged || options.steps ? {} : { canaryWeight: 10 },
    ...options,
  });
}

/** A host of a gateway for a protocol. */
function hostFor(protocol: CanaryProtocol): GatewayHost {
  switch (protocol) {
    case CanaryProtocol.TCP: return GatewayHost.tcp(5432);
    case CanaryProtocol.TLS: return GatewayHost.passthrough(HOST);
    default: return GatewayHost.https(HOST, Certificate.fromSecretName('shop-tls'));
  }
}

const behind = (form: () => GatewayForm): ParentColumn['parent'] => (scene, protocol) => {
  const gateway = scene.gateway(form(), { hosts: [hostFor(protocol)] });
  return CanaryParent.gateway(gateway, protocol === CanaryProtocol.TCP ? 5432 : undefined);
};
const provisioned = (gatewayClass: IGatewayClass) => behind(() => GatewayForm.provisioned(gatewayClass, gatewayClass === GatewayClass.ISTIO ? {} : { serviceAccount: 'door' }));

/** The listener of a protocol, at a Gateway of another team. */
function listenerFor(protocol: CanaryProtocol): Listener {
  const routes = RouteNamespaces.all();
  switch (protocol) {
    case CanaryProtocol.TCP: return Listener.tcp({ name: 'main', port: 5432, routes });
    case CanaryProtocol.TLS: return Listener.tlsPassthrough({ name: 'main', port: 443, hostname: HOST, routes });
    default: return Listener.http({ name: 'main', hostname: HOST, routes });
  }
}

const ofOthers = (scene: Scene, listeners: Listener[]) => new Gateway(scene.chart, 'Gateway', {
  metadata: { name: 'public', namespace: 'infra' },
  gatewayClass: scene.kind === LINKERD ? GatewayClass.ENVOY_GATEWAY : GatewayClass.ISTIO,
  listeners,
  allowedListeners: ListenerNamespaces.named('shop'),
});

function serviceParent(scene: Scene, protocol: CanaryProtocol): CanaryParent {
  const service = scene.service('web', PORTS[protocol]);
  if (scene.kind === AMBIENT) {
    new Waypoint(scene.chart, 'Waypoint', { namespace: scene.shop }).serveService(service);
  }
  return CanaryParent.service(service);
}

/** All that a canary can be bound to. */
const PARENTS: { readonly [id: string]: { readonly what: string; readonly covers: readonly string[]; readonly parent: ParentColumn['parent'] } } = {
  'by-istio': { what: 'a MeshedGateway of class `istio`', covers: ['CanaryParent.gateway'], parent: provisioned(GatewayClass.ISTIO) },
  'by-envoy-gateway': { what: 'a MeshedGateway of Envoy Gateway', covers: [], parent: provisioned(GatewayClass.ENVOY_GATEWAY) },
  'by-nginx': { what: 'a MeshedGateway of NGINX Gateway Fabric', covers: [], parent: provisioned(GatewayClass.NGINX) },
  'self-managed': { what: 'a self-managed MeshedGateway, Istio `Gateway`', covers: [], parent: behind(() => GatewayForm.selfManaged()) },
  'self-managed-routes': {
    what: 'a self-managed MeshedGateway, Gateway API', covers: [], parent: behind(() => GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API })),
  },
  'nginx': { what: 'an nginx in front', covers: [], parent: behind(() => GatewayForm.nginx()) },
  'listener': {
    what: 'a listener of a Gateway of others',
    covers: ['CanaryParent.gatewayListener'],
    parent: (scene, protocol) => CanaryParent.gatewayListener(ofOthers(scene, [listenerFor(protocol)]), 'main'),
  },
  'listener-set': {
    what: 'a listener of a ListenerSet',
    covers: ['CanaryParent.listenerSet'],
    parent: (scene, protocol) => CanaryParent.listenerSet(new ListenerSet(scene.chart, 'Set', {
      metadata: { name: 'shop', namespace: 'shop' }, gateway: ofOthers(scene, [Listener.http({ hostname: 'none.example.com' })]), listeners: [listenerFor(protocol)],
    }), 'main'),
  },
  'istio-gateway': {
    what: 'an Istio `Gateway` of others',
    covers: ['CanaryParent.istioGateway'],
    parent: scene => CanaryParent.istioGateway(new IstioGateway(scene.shop, 'Gateway', {
      metadata: { name: 'public', namespace: 'infra' }, selector: WorkloadSelector.labels({ istio: 'public' }), servers: [IstioServer.http({ hosts: [HOST] })],
    })),
  },
  'service': { what: 'a Service, for its callers in the mesh', covers: ['CanaryParent.service'], parent: serviceParent },
  'service-name': {
    what: 'a Service by its name',
    covers: ['CanaryParent.serviceName'],
    parent: scene => {
      const name = 'web';
      if (scene.kind === AMBIENT) {
        new Waypoint(scene.chart, 'Waypoint', { namespace: scene.shop }).serve(scene.shop);
      }
      return CanaryParent.serviceName(name, 80);
    },
  },
};

/** By what a canary is bound to, and the mesh. */
export const CANARY_PARENTS: Section = {
  id: 'canary-parents',
  title: 'CanaryRoute, by what it is bound to',
  about: 'HTTP requests, a tenth of which go to the canary.',
  columns: MESHES.map(mesh => ({ id: mesh.id, title: mesh.title, mesh })),
  rows: Object.entries(PARENTS).map(([id, { what, covers, parent }]) => ({
    id, what, covers: ['CanaryRoute', 'CanaryRouteProps.parents', ...covers], program: scene => canary(scene, parent(scene, CanaryProtocol.HTTP), CanaryProtocol.HTTP),
  })),
};

type CanaryRow = Row<ParentColumn>;

const protocol = (of: CanaryProtocol, what: string): CanaryRow =>
  ({ id: of.toLowerCase(), what, covers: [`CanaryProtocol.${of}`, 'CanaryRouteProps.protocol', 'CanaryRouteProps.stable', 'CanaryRouteProps.canary', 'CanaryRouteProps.canaryWeight', 'CanaryRouteProps.hostnames'], program: (scene, { parent }) => canary(scene, parent(scene, of), of) });
const option = (id: string, what: string, covers: readonly string[], given: (scene: Scene) => CanaryOptions): CanaryRow =>
  ({ id, what, covers, program: (scene, { parent }) => canary(scene, parent(scene, CanaryProtocol.HTTP), CanaryProtocol.HTTP, given(scene)) });

const ROWS: readonly CanaryRow[] = [
  protocol(CanaryProtocol.HTTP, 'HTTP requests, by weight'),
  protocol(CanaryProtocol.GRPC, 'gRPC calls, by weight'),
  protocol(CanaryProtocol.TCP, 'TCP connections, by weight'),
  protocol(CanaryProtocol.TLS, 'TLS connections that are passed through, by weight'),
  option('three-versions', 'three versions', ['CanaryRouteProps.others', 'CanaryVersion.service'],
    scene => ({ others: [{ version: CanaryVersion.service(scene.service('web-v3')), weight: 5 }] })),
  option('paths', 'some paths only', ['CanaryRouteProps.paths'], () => ({ paths: [HttpPathMatch.prefix('/shop')] })),
  {
    id: 'calls',
    what: 'some gRPC calls only',
    covers: ['CanaryRouteProps.calls'],
    program: (scene, { parent }) => canary(scene, parent(scene, CanaryProtocol.GRPC), CanaryProtocol.GRPC, { calls: [GrpcMethodMatch.exact({ service: 'shop.Greeter' })] }),
  },
  option('pinned-header', 'pinned by a header', ['CanaryRouteProps.pinned'], () => ({ pinned: [HttpRouteMatch.header('canary', 'true')] })),
  option('pinned-cookie', 'pinned by a cookie', [], () => ({ pinned: [HttpRouteMatch.cookie('version', 'next')] })),
  option('pinned-query', 'pinned by a query parameter', [], () => ({ pinned: [HttpRouteMatch.queryParam('beta', '1')] })),
  option('pinned-namespace', 'pinned by the namespace of callers', ['CanaryRouteProps.pinnedCallers', 'CanaryCaller.namespace'],
    scene => ({ pinnedCallers: [CanaryCaller.namespace(scene.namespace('testers'))] })),
  option('pinned-pods', 'pinned by pods that call', ['CanaryCaller.pods'], scene => ({ pinnedCallers: [CanaryCaller.pods(scene.shop, { role: 'tester' })] })),
  option('sticky', 'clients keep their version', ['CanaryRouteProps.sticky', 'StickyAssignment.cookie'], () => ({ sticky: StickyAssignment.cookie() })),
  option('mirror', 'copies before shifting', ['CanaryRouteProps.mirrorPercent'], () => ({ canaryWeight: 0, mirrorPercent: 40 })),
  option('subsets', 'versions as subsets of one Service', ['CanaryVersion.subset'], scene => {
    const all = scene.service('all');
    return { stable: CanaryVersion.subset(all, { name: 'v1', labels: { version: 'v1' } }), canary: CanaryVersion.subset(all, { name: 'v2', labels: { version: 'v2' } }) };
  }),
  option('names', 'versions by the names of Services', ['CanaryVersion.serviceName'],
    () => ({ stable: CanaryVersion.serviceName('v1', { port: 80 }), canary: CanaryVersion.serviceName('v2', { port: 80 }) })),
  option('steps', 'steps, one of which is written (`manual`)', ['CanaryRouteProps.steps', 'CanaryRouteProps.delivery', 'CanaryDelivery.manual', 'CanaryStep.weight', 'CanaryStep.mirror', 'CanaryStep.pause'], () => ({
    steps: [CanaryStep.mirror(100), CanaryStep.pause(), CanaryStep.weight(10)], delivery: CanaryDelivery.manual({ currentStep: 2 }),
  })),
  {
    id: 'flagger',
    what: 'Flagger',
    covers: ['CanaryDelivery.flagger'],
    // Flagger makes the Services, so that a route of one can only name it.
    program: (scene, { id, parent }) => canary(scene, (id.startsWith('service') ? PARENTS['service-name'].parent : parent)(scene, CanaryProtocol.HTTP), CanaryProtocol.HTTP, {
      steps: [CanaryStep.weight(10), CanaryStep.pause(Duration.minutes(1)), CanaryStep.weight(50), CanaryStep.pause(Duration.minutes(1))],
      delivery: CanaryDelivery.flagger({ deployment: scene.deployment('web'), port: 80, targetPort: 8080 }),
    }),
  },
  option('rollouts', 'Argo Rollouts', ['CanaryDelivery.argoRollouts'], scene => ({
    steps: [CanaryStep.weight(10), CanaryStep.pause(), CanaryStep.weight(50), CanaryStep.pause()],
    delivery: CanaryDelivery.argoRollouts({ workload: RolloutWorkload.deployment(scene.deployment('rolled-out')) }),
  })),
];

const column = (id: string, title: string, mesh: ParentColumn['mesh'], parent: string): ParentColumn => ({ id, title, mesh, parent: PARENTS[parent].parent });

/** What a canary can be told, by what it is written as. */
export const CANARY_OPTIONS: Section = {
  id: 'canary',
  title: 'CanaryRoute, what it divides and how',
  about: 'By what it is bound to, for that decides what is written: a VirtualService for Istio\'s `Gateway`, routes of Gateway API for all others. ' +
    'On a managed Istio all is as with sidecars, but for the revision.',
  columns: [
    column('virtual-service', 'Istio `Gateway`', SIDECAR, 'self-managed'),
    column('istio', 'Gateway API, Istio', SIDECAR, 'by-istio'),
    column('envoy-gateway', 'Gateway API, Envoy Gateway', SIDECAR, 'by-envoy-gateway'),
    column('service', 'a Service, sidecars', SIDECAR, 'service'),
    column('service-ambient', 'a Service, ambient waypoint', AMBIENT, 'service'),
    column('service-linkerd', 'a Service, Linkerd', LINKERD, 'service'),
    column('service-linkerd-experimental', 'the same, Gateway API of the experimental channel', LINKERD_EXPERIMENTAL, 'service'),
  ],
  rows: ROWS as readonly Row[],
};
