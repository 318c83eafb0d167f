import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Pods, Service } from 'cdk8s-plus-28';
import {
  CanaryCaller, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRolloutOptions, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion,
  Certificate, Gateway, GatewayClass, GatewayForm, GatewayHost, HttpHeaderMatch, HttpPathMatch, HttpRouteMatch, IstioGateway, IstioMesh,
  LinkerdMesh, Mesh, MeshedGateway, MeshNamespace, RolloutWorkload, StickyAssignment,
} from '../../src';

let chart: Chart;
let shop: MeshNamespace;

beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh')));

function setUp(makeMesh: (scope: Chart) => Mesh) {
  chart = new Chart(new App(), 'test');
  shop = new MeshNamespace(chart, 'Shop', { mesh: makeMesh(chart), name: 'shop' });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const [stable, canary, other] = ['web-stable', 'web-canary', 'web-other'].map(name => CanaryVersion.serviceName(name, { port: 80 }));
const istioParent = CanaryParent.istioGateway(IstioGateway.fromGatewayName('public', { namespace: 'edge' }));
const httpParent = CanaryParent.gatewayListener(Gateway.fromGatewayName('public', { namespace: 'edge' }), 'main');
const hostnames = ['shop.example.com'];
const minute = Duration.minutes(1);
const steps = [CanaryStep.weight(10), CanaryStep.pause(minute), CanaryStep.weight(50), CanaryStep.pause()];

function route(props: Partial<CanaryRouteProps> = {}, options: Partial<CanaryRolloutOptions> = {}) {
  return new CanaryRoute(chart, 'Web', {
    namespace: shop,
    parents: [httpParent],
    hostnames,
    stable,
    canary,
    steps,
    delivery: CanaryDelivery.argoRollouts({ workload: RolloutWorkload.deploymentName('web'), ...options }),
    ...props,
  });
}
const strategy = () => all('Rollout')[0].spec.strategy.canary;

describe('in Gateway API', () => {
  test('the route has both Services, all requests go to the stable one, and the plugin is told where it is', () => {
    const made = route();
    expect(all('HTTPRoute')[0].spec.rules).toEqual([{
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [
        { group: '', kind: 'Service', name: 'web-stable', port: 80, weight: 100 }, { group: '', kind: 'Service', name: 'web-canary', port: 80, weight: 0 },
      ],
    }]);
    expect(strategy()).toEqual({
      stableService: 'web-stable',
      canaryService: 'web-canary',
      steps: [{ setWeight: 10 }, { pause: { duration: 60 } }, { setWeight: 50 }, { pause: {} }],
      trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'shop', httpRoutes: [{ name: 'web' }] } } },
    });
    expect([made.rollout!.name, all('Rollout')[0].metadata.namespace]).toEqual(['web', 'shop']);
  });

  test('pins are made by steps, with a pod that is there', () => {
    route({ pinned: [HttpRouteMatch.header('X-Beta', '1'), HttpRouteMatch.cookie('beta', '1')], steps: [CanaryStep.pause(), ...steps] });
    expect(all('HTTPRoute')[0].spec.rules).toHaveLength(1);
    const { steps: written, trafficRouting } = strategy();
    expect(written.slice(0, 6)).toEqual([
      { setCanaryScale: { replicas: 1 } },
      { setHeaderRoute: { name: 'pin-1', match: [{ headerName: 'X-Beta', headerValue: { exact: '1' } }] } },
      { setHeaderRoute: { name: 'pin-2', match: [{ headerName: 'cookie', headerValue: { regex: '^(.*; *)?beta=1(;.*)?$' } }] } },
      { pause: {} },
      { setCanaryScale: { matchTrafficWeight: true } },
      { setWeight: 10 },
    ]);
    expect(trafficRouting.managedRoutes).toEqual([{ name: 'pin-1' }, { name: 'pin-2' }]);
    expect(trafficRouting.plugins['argoproj-labs/gatewayAPI'].httpRoutes).toEqual([{ name: 'web', useHeaderRoutes: true }]);
  });

  test('routes of gateways and of the mesh are both told', () => {
    route({ parents: [httpParent, CanaryParent.serviceName('web', 80)] });
    expect(strategy().trafficRouting.plugins['argoproj-labs/gatewayAPI'].httpRoutes).toEqual([{ name: 'web' }, { name: 'web-mesh' }]);
  });

  test.each([
    [CanaryProtocol.GRPC, 'grpcRoutes', hostnames], [CanaryProtocol.TCP, 'tcpRoutes', undefined], [CanaryProtocol.TLS, 'tlsRoutes', hostnames],
  ])('%s has a list of its own', (protocol, list, hosts) => {
    route({ protocol, hostnames: hosts });
    expect(strategy().trafficRouting.plugins['argoproj-labs/gatewayAPI']).toEqual({ namespace: 'shop', [list]: [{ name: 'web' }] });
  });

  test('in Linkerd as well', () => {
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    route({ parents: [CanaryParent.serviceName('web', 80)], hostnames: undefined });
    expect(strategy().trafficRouting.plugins['argoproj-labs/gatewayAPI'].httpRoutes).toEqual([{ name: 'web' }]);
  });
});

describe('in Istio', () => {
  const web = () => new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });

  test('the VirtualService has a named route with both Services', () => {
    route({ parents: [istioParent] });
    expect(all('VirtualService')[0].spec.http.map(({ name, route: to }: any) => [name, to.map(({ weight }: any) => weight)])).toEqual([['weighted', [100, 0]]]);
    expect(strategy().trafficRouting).toEqual({ istio: { virtualService: { name: 'web', routes: ['weighted'] } } });
  });

  test('subsets are of one Service, and have no hash', () => {
    const service = web();
    const subset = (name: string) => CanaryVersion.subset(service, { name, labels: {} });
    route({ parents: [istioParent], stable: subset('stable'), canary: subset('canary') });
    expect(all('DestinationRule')[0].spec.subsets).toEqual([{ name: 'stable', labels: {} }, { name: 'canary', labels: {} }]);
    expect(strategy().trafficRouting.istio.destinationRule).toEqual({ name: 'web', stableSubsetName: 'stable', canarySubsetName: 'canary' });
    expect([strategy().stableService, strategy().canaryService]).toEqual([undefined, undefined]);
  });

  test.each([[CanaryProtocol.TCP, 'tcp', undefined], [CanaryProtocol.TLS, 'tls', hostnames]])('the only route of %s needs no name', (protocol, list, hosts) => {
    const made = route({ parents: [istioParent], protocol, hostnames: hosts });
    expect(strategy().trafficRouting).toEqual({ istio: { virtualService: { name: 'web' } } });
    expect(made.argoCdIgnoredDifferences.at(-1)!.jqPathExpressions).toEqual([`.spec.${list}[].route[].weight`]);
    expect(made.fluxIgnoredDrift.at(-1)).toEqual({ kind: 'VirtualService', name: 'web', paths: [`/spec/${list}`] });
  });

  test('copies come before weights, and end with them', () => {
    route({ parents: [istioParent], paths: [HttpPathMatch.prefix('/api'), HttpPathMatch.exact('/a'), HttpPathMatch.regex('/b.*')], steps: [CanaryStep.mirror(20), ...steps] });
    expect(strategy().steps.slice(0, 5)).toEqual([
      { setCanaryScale: { replicas: 1 } },
      {
        setMirrorRoute: {
          name: 'mirror',
          percentage: 20,
          match: [{ path: { exact: '/api' } }, { path: { prefix: '/api/' } }, { path: { exact: '/a' } }, { path: { regex: '/b.*' } }],
        },
      },
      { setCanaryScale: { matchTrafficWeight: true } },
      { setMirrorRoute: { name: 'mirror' } },
      { setWeight: 10 },
    ]);
    expect(strategy().trafficRouting.managedRoutes).toEqual([{ name: 'mirror' }]);
  });

  test('pins are tried before copies', () => {
    route({ parents: [istioParent], pinned: [HttpRouteMatch.header('a', 'b')], steps: [CanaryStep.mirror(20), CanaryStep.weight(0), ...steps] });
    expect(strategy().trafficRouting.managedRoutes).toEqual([{ name: 'pin-1' }, { name: 'mirror' }]);
    expect(strategy().steps.map((step: object) => Object.keys(step)[0])).toEqual([
      'setCanaryScale', 'setHeaderRoute', 'setMirrorRoute', 'setMirrorRoute', 'setWeight', 'setCanaryScale', 'setWeight', 'pause', 'setWeight', 'pause',
    ]);
  });
});

describe('options', () => {
  test('are told', () => {
    route({ pinned: [HttpRouteMatch.header('a', 'b')] }, {
      replicas: 4, progressDeadline: minute, dynamicStableScale: true, analysis: { templates: [{ templateName: 'success' }], startingStep: 2 },
    });
    const { replicas, progressDeadlineSeconds, progressDeadlineAbort } = all('Rollout')[0].spec;
    expect([replicas, progressDeadlineSeconds, progressDeadlineAbort, strategy().dynamicStableScale]).toEqual([4, 60, true, true]);
    // Two steps come before those of the route, and one before the first weight.
    expect(strategy().steps[strategy().analysis.startingStep]).toEqual({ setWeight: 50 });
  });

  test('an analysis begins with a step', () => {
    expect(() => route({}, { analysis: { templates: [{ templateName: 'success' }], startingStep: 4 } })).toThrow(
      "startingStep of canary route 'web' must be between 0 and 3, got 4");
  });

  test('the number of pods is left to the controller', () => {
    const deployment = new Deployment(chart, 'Deployment', { metadata: { name: 'web', namespace: 'shop' }, containers: [{ image: 'web' }] });
    route({}, { workload: RolloutWorkload.deployment(deployment) });
    expect(all('Deployment')[0].spec).not.toHaveProperty('replicas');
  });
});

describe('what the controller owns', () => {
  test('in Gateway API', () => {
    const made = route({ pinned: [HttpRouteMatch.header('a', 'b')] });
    expect(made.argoCdIgnoredDifferences.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      ['Service web-stable', 'Service web-canary', 'Deployment web', 'HTTPRoute web']);
    expect(made.argoCdIgnoredDifferences[3]).toEqual({
      group: 'gateway.networking.k8s.io',
      kind: 'HTTPRoute',
      name: 'web',
      namespace: 'shop',
      jqPathExpressions: ['.spec.rules[].backendRefs[].weight', '.spec.rules[] | select(.name != null and (.name | test("^(pin-1)(-[0-9]+)?$")))'],
    });
    expect(made.fluxIgnoredDrift[3]).toEqual({ kind: 'HTTPRoute', name: 'web', paths: ['/spec/rules'] });
  });

  test('in Istio', () => {
    const service = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
    const subset = (name: string) => CanaryVersion.subset(service, { name, labels: {} });
    const made = route({ parents: [istioParent], stable: subset('stable'), canary: subset('canary'), pinned: [HttpRouteMatch.header('a', 'b')] });
    expect(made.argoCdIgnoredDifferences.slice(1)).toEqual([
      {
        group: 'networking.istio.io',
        kind: 'VirtualService',
        name: 'web',
        namespace: 'shop',
        jqPathExpressions: ['.spec.http[].route[].weight', '.spec.http[] | select(.name == "pin-1")'],
      },
      {
        group: 'networking.istio.io',
        kind: 'DestinationRule',
        name: 'web',
        namespace: 'shop',
        jqPathExpressions: ['.spec.subsets[].labels."rollouts-pod-template-hash"'],
      },
    ]);
    expect(made.fluxIgnoredDrift.slice(1)).toEqual([
      { kind: 'VirtualService', name: 'web', paths: ['/spec/http'] }, { kind: 'DestinationRule', name: 'web', paths: ['/spec/subsets'] },
    ]);
  });

  test('by hand, nothing', () => {
    const made = route({ steps: undefined, delivery: undefined });
    expect([made.rollout, made.argoCdIgnoredDifferences, made.fluxIgnoredDrift]).toEqual([undefined, [], []]);
  });
});

test('pods of both versions are the same, and take requests of the gateway by one policy', () => {
  const edge = new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' });
  const gateway = new MeshedGateway(chart, 'Gateway', {
    name: 'public',
    namespace: edge,
    form: GatewayForm.provisioned(GatewayClass.ISTIO),
    admits: [shop],
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls'))],
  });
  const selector = Pods.select(chart, 'Pods', { labels: { app: 'web' } });
  const [one, two] = ['a', 'b'].map(name => CanaryVersion.service(new Service(chart, name, {
    metadata: { name, namespace: 'shop' }, selector, ports: [{ port: 80, targetPort: 8080 }],
  })));
  const deployment = new Deployment(chart, 'Deployment', { metadata: { name: 'web', namespace: 'shop' }, select: false, containers: [{ image: 'web' }] });
  deployment.select(LabelSelector.of({ labels: { app: 'web' } }));
  shop._policies.close();
  route({ parents: [CanaryParent.gateway(gateway)], stable: one, canary: two }, { workload: RolloutWorkload.inPlaceOf(deployment) });
  expect(all('AuthorizationPolicy').filter(({ metadata }) => metadata.name.includes('from')).map(({ spec }) => spec.selector)).toEqual([{ matchLabels: { app: 'web' } }]);
});

describe('what Argo Rollouts cannot do', () => {
  const service = CanaryParent.serviceName('web', 80);

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ steps: undefined }, "canary route 'web' is delivered by Argo Rollouts, which must be told the way, got no steps: pass steps"],
    [{ canaryWeight: 10 }, "steps of canary route 'web' say what the canary gets, got canaryWeight 10 as well: leave it out"],
    [{ others: [{ version: other, weight: 0 }] }, "canary route 'web' has 3 versions, got Argo Rollouts, which sets the weights of two: leave others out"],
    [{ sticky: StickyAssignment.cookie() },
      "canary route 'web' cannot be sticky with Argo Rollouts, which knows no cookies: who has the canary's would still reach it after an abort"],
    [{ steps: [CanaryStep.mirror(10)] }, "canary route 'web' cannot mirror with Argo Rollouts in Gateway API, whose plugin puts the copying rule after the one"],
    [{ pinned: [HttpRouteMatch.queryParam('a', 'b')] },
      "pinned requests of canary route 'web' must have headers or cookies and nothing else, which is all that Argo Rollouts can pin: use HttpRouteMatch.header"],
    [{ pinned: [HttpRouteMatch.of({ path: HttpPathMatch.prefix('/a'), headers: [HttpHeaderMatch.exact('a', 'b')] })] }, 'must have headers or cookies and nothing else'],
    [{ parents: [istioParent], paths: [HttpPathMatch.prefix('/api')], pinned: [HttpRouteMatch.header('a', 'b')] },
      "canary route 'web' cannot pin requests of some paths with Argo Rollouts in Istio, whose header routes are for every path: leave paths or pinned out"],
  ])('%#', (props, message) => {
    expect(() => route(props)).toThrow(message);
  });

  test('pin callers', () => {
    expect(() => route({ parents: [service], hostnames: undefined, pinnedCallers: [CanaryCaller.pods(shop, { a: 'b' })] })).toThrow(
      "canary route 'web' cannot pin callers with Argo Rollouts: they would still reach the canary after an abort; pin a header");
  });
});
