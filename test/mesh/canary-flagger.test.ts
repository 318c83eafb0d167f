import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler, LabelSelector, Metric, MetricTarget, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  CanaryCaller, CanaryDelivery, CanaryFlaggerOptions, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion,
  Certificate, DataPlane, EgressBypass, FlaggerAlertSeverity, FlaggerMetric, FlaggerWebhookType, Gateway, GatewayClass, GatewayForm, GatewayHost,
  GrpcMethodMatch, HttpPathMatch, HttpRouteMatch, IstioGateway, IstioMesh, LinkerdMesh, LinkerdPort, LinkerdServer, LinkerdServerSelector, Mesh,
  MeshClient, MeshedGateway, MeshNamespace, MeshWorkload, MonitorSelector, PodMonitor, PodScrapePort, StickyAssignment, Waypoint,
} from '../../src';

let chart: Chart;
let shop: MeshNamespace;

beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh')));

function setUp(makeMesh: (scope: Chart) => Mesh) {
  chart = new Chart(new App(), 'test');
  shop = new MeshNamespace(chart, 'Shop', { mesh: makeMesh(chart), name: 'shop' });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const istioParent = CanaryParent.istioGateway(IstioGateway.fromGatewayName('public', { namespace: 'edge' }));
const httpParent = CanaryParent.gatewayListener(Gateway.fromGatewayName('public', { namespace: 'edge' }), 'main');
const service = CanaryParent.serviceName('web', 80);
const hostnames = ['shop.example.com'];
const pause = CanaryStep.pause(Duration.minutes(1));
const steps = [CanaryStep.weight(10), pause, CanaryStep.weight(50), pause];

function workload(labels: { [key: string]: string } = { app: 'web' }): Deployment {
  const deployment = new Deployment(chart, 'Deployment', {
    metadata: { name: 'web', namespace: 'shop' }, select: false, podMetadata: { labels }, containers: [{ image: 'web', portNumber: 8080 }],
  });
  deployment.select(LabelSelector.of({ labels }));
  return deployment;
}

function route(props: Partial<CanaryRouteProps> = {}, options: Partial<CanaryFlaggerOptions> = {}) {
  return new CanaryRoute(chart, 'Web', {
    namespace: shop,
    parents: [httpParent],
    hostnames,
    steps,
    delivery: CanaryDelivery.flagger({ deployment: options.deployment ?? workload(), port: 80, targetPort: 8080, ...options }),
    ...props,
  });
}
const spec = () => all('Canary')[0].spec;

describe('what Flagger is told', () => {
  test('of a route in Gateway API, and nothing that it makes is written', () => {
    const made = route();
    expect(spec()).toEqual({
      provider: 'gatewayapi:v1',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      service: {
        name: 'web',
        port: 80,
        targetPort: 8080,
        portName: 'http',
        hosts: hostnames,
        gatewayRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'main' }],
      },
      analysis: { interval: '1m', threshold: 5, stepWeights: [10, 50] },
    });
    expect(['Service', 'HTTPRoute', 'VirtualService'].flatMap(all)).toEqual([]);
    expect([made.httpRoute, made.flaggerCanary!.name, made.rollout]).toEqual([undefined, 'web', undefined]);
  });

  test('of a route in Istio', () => {
    route({ parents: [istioParent, service], paths: [HttpPathMatch.prefix('/api'), HttpPathMatch.exact('/a'), HttpPathMatch.regex('/b.*'), HttpPathMatch.prefix('/')] });
    expect(spec().provider).toBe('istio');
    expect(spec().service).toMatchObject({
      gateways: ['edge/public', 'mesh'],
      match: [
        { uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }, { uri: { exact: '/a' } }, { uri: { regex: '/b.*' } }, { uri: { prefix: '/' } },
      ],
    });
  });

  test('of paths in Gateway API, where prefixes go by elements', () => {
    route({ paths: [HttpPathMatch.prefix('/api')] });
    expect(spec().service.match).toEqual([{ uri: { prefix: '/api' } }]);
  });

  test.each([[CanaryProtocol.GRPC, 'grpc', undefined, hostnames], [CanaryProtocol.TCP, 'tcp', 'tcp', undefined]])('of %s in Istio', (protocol, portName, appProtocol, hosts) => {
    route({ parents: [istioParent], protocol, hostnames: hosts });
    expect([spec().service.portName, spec().service.appProtocol]).toEqual([portName, appProtocol]);
  });

  test('of calls in a Linkerd mesh', () => {
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    route({ parents: [service], hostnames: undefined });
    expect(spec()).toMatchObject({ provider: 'gatewayapi:v1', service: { gatewayRefs: [{ group: '', kind: 'Service', name: 'web', port: 80 }] } });
    expect(spec().service).not.toHaveProperty('hosts');
  });

  test('of copies, where it makes them', () => {
    route({ parents: [service], hostnames: undefined, steps: [CanaryStep.weight(0), CanaryStep.mirror(20), ...steps] });
    expect(spec().provider).toBe('istio');
    expect(spec().analysis).toMatchObject({ mirror: true, mirrorWeight: 20, stepWeights: [10, 50] });
  });

  test('of clients that keep their version', () => {
    route({ sticky: StickyAssignment.cookie({ name: 'v', maxAge: Duration.hours(1) }) });
    expect(spec().analysis.sessionAffinity).toEqual({
      cookieName: 'v', primaryCookieName: 'v-stable', maxAge: 3600, path: '/', httpOnly: true, sameSite: 'Lax', secure: true,
    });
  });

  test('of all options', () => {
    const deployment = workload();
    const autoscaler = new HorizontalPodAutoscaler(chart, 'Scaler', {
      metadata: { name: 'web', namespace: 'shop' }, target: deployment, maxReplicas: 4, metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(50))],
    });
    route({ parents: [CanaryParent.serviceName('front', 80)], hostnames: undefined }, {
      deployment,
      autoscaler,
      primaryReplicas: { minReplicas: 2 },
      serviceName: 'front',
      portName: 'http-web',
      targetPort: undefined,
      threshold: 2,
      metrics: [FlaggerMetric.requestSuccessRate(99)],
      progressDeadline: Duration.minutes(5),
      webhooks: [{ name: 'gate', url: 'http://gate/', type: FlaggerWebhookType.CONFIRM_TRAFFIC_INCREASE }],
      alerts: [{ name: 'ops', provider: { name: 'ops' }, severity: FlaggerAlertSeverity.WARN }],
    });
    expect(spec()).toMatchObject({
      autoscalerRef: { name: 'web', primaryScalerReplicas: { minReplicas: 2 } },
      progressDeadlineSeconds: 300,
      service: { name: 'front', portName: 'http-web', targetPort: 80 },
      analysis: { threshold: 2, metrics: [{ name: 'request-success-rate' }], webhooks: [{ name: 'gate' }], alerts: [{ name: 'ops' }] },
    });
  });
});

describe('what is left to Flagger', () => {
  test('the number of pods', () => {
    const made = route();
    expect(all('Deployment')[0].spec).not.toHaveProperty('replicas');
    expect(made.argoCdIgnoredDifferences).toEqual([{ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', jsonPointers: ['/spec/replicas'] }]);
    expect(made.fluxIgnoredDrift).toEqual([{ kind: 'Deployment', name: 'web', paths: ['/spec/replicas'] }]);
  });

  test('pods of both versions of a closed namespace take requests of the gateway', () => {
    const edge = new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' });
    const gateway = new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: edge,
      form: GatewayForm.provisioned(GatewayClass.ISTIO),
      admits: [shop],
      hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('tls'))],
    });
    shop._policies.close();
    route({ parents: [CanaryParent.gateway(gateway)] }, { deployment: workload({ 'app.kubernetes.io/name': 'web', 'tier': 'front' }) });
    expect(all('AuthorizationPolicy').filter(({ metadata }) => metadata.name.includes('from')).map(({ metadata, spec: { selector, rules } }) =>
      [metadata.name, selector.matchLabels, rules[0].to[0].operation.ports])).toEqual([
      ['web-from-public', { 'app.kubernetes.io/name': 'web-primary', 'tier': 'front' }, ['8080']],
      ['web-canary-from-public', { 'app.kubernetes.io/name': 'web', 'tier': 'front' }, ['8080']],
    ]);
  });
});

describe('what is said of the workload holds for the copy that Flagger makes', () => {
  const client = () => MeshClient.serviceAccountName(shop, 'client');
  const selectors = (kind: string) => all(kind).filter(({ metadata }) => metadata.name.startsWith('web')).map(({ metadata, spec: { selector, podSelector } }) =>
    [metadata.name, (selector ?? podSelector).matchLabels.app]).sort();

  describe.each<[string, boolean]>([['before', true], ['after', false]])('%s the route', (_, isBefore) => {
    const during = (deployment: Deployment, say: () => void) => {
      if (isBefore) {
        say();
      }
      route({ parents: [service], hostnames: undefined }, { deployment });
      if (!isBefore) {
        say();
      }
    };

    test.each<[string, (scope: Chart) => Mesh]>([
      ['sidecars', scope => new IstioMesh(scope, 'Mesh')],
      ['ambient', scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT })],
    ])('who may call it, with %s', (__, make) => {
      setUp(make);
      const deployment = workload();
      during(deployment, () => new MeshWorkload(chart, 'Called', { namespace: shop, workload: deployment }).allowFrom(client(), { ports: [8080] }));
      expect(selectors('AuthorizationPolicy')).toEqual([['web', 'web'], ['web-primary', 'web-primary']]);
      const [own, copy] = ['web', 'web-primary'].map(name => all('AuthorizationPolicy').find(({ metadata }) => metadata.name === name)!);
      expect(copy.spec.rules).toEqual([{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/client'] } }], to: [{ operation: { ports: ['8080'] } }] }]);
      expect(copy.spec.rules).toEqual(own.spec.rules);
      expect(copy.metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'web-primary' });
    });

    test.each<[string, (deployment: Deployment) => void]>([
      ['it', deployment => new MeshWorkload(chart, 'Called', { namespace: shop, workload: deployment }).allowFrom(client())],
      ['all of its namespace', deployment => {
        new MeshWorkload(chart, 'Called', { namespace: shop, workload: deployment });
        shop._policies.open(new Construct(chart, 'All'), { name: 'all' }).allow({ client: client() });
      }],
    ])('who may call %s, in a Linkerd mesh', (__, allow) => {
      setUp(scope => new LinkerdMesh(scope, 'Mesh'));
      const deployment = workload();
      during(deployment, () => allow(deployment));
      expect(selectors('Server')).toEqual([['web-8080', 'web'], ['web-primary-8080', 'web-primary']]);
      expect(all('AuthorizationPolicy').map(({ spec: { targetRef } }) => targetRef.name).sort()).toEqual(['web-8080', 'web-primary-8080']);
    });

    test('what it reaches past the mesh', () => {
      const deployment = workload();
      during(deployment, () => new EgressBypass(chart, 'Bypass', { namespace: shop, workload: deployment, ranges: ['10.1.0.0/16'] }));
      expect(selectors('NetworkPolicy')).toEqual([['web-bypass', 'web'], ['web-bypass-primary', 'web-primary']]);
      const [own, copy] = all('NetworkPolicy');
      expect(copy.spec.egress).toEqual(own.spec.egress);
    });

    test('what is selected by more than labels', () => {
      const deployment = workload({ app: 'web', tier: 'front' });
      during(deployment, () => {
        new PodMonitor(chart, 'Monitor', {
          metadata: { name: 'web', namespace: 'shop' },
          selector: MonitorSelector.workload(deployment),
          podMetricsEndpoints: [{ port: PodScrapePort.number(8080) }],
        });
        new LinkerdServer(chart, 'Server', {
          metadata: { name: 'web', namespace: 'shop' }, selector: LinkerdServerSelector.workload(deployment), port: LinkerdPort.number(8080),
        });
      });
      const both = { matchLabels: { tier: 'front' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'web-primary'] }] };
      expect([all('PodMonitor')[0].spec.selector, all('Server')[0].spec.podSelector]).toEqual([both, both]);
    });
  });

  test('of a waypoint once: it knows calls by their Service', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const deployment = workload();
    const admin = new Service(chart, 'Admin', { metadata: { name: 'web-admin', namespace: 'shop' }, ports: [{ port: 80, targetPort: 8080 }] });
    new MeshWorkload(chart, 'Called', { namespace: shop, workload: deployment, services: [admin] }).allowFrom(client());
    route({ parents: [service], hostnames: undefined }, { deployment });
    const rules = (name: string) => all('AuthorizationPolicy').find(({ metadata }) => metadata.name === name)!.spec.rules;
    const from = (account: string) => [{ from: [{ source: { principals: [`cluster.local/ns/shop/sa/${account}`] } }] }];
    expect([rules('web-admin-waypoint'), rules('web'), rules('web-primary')]).toEqual([from('client'), from('waypoint'), from('waypoint')]);
  });

  test('and is told by its Canary, for policies of your own', () => {
    const made = route({ parents: [service], hostnames: undefined }, { deployment: workload({ app: 'web', tier: 'front' }) });
    expect(made.flaggerCanary!.primaryLabels).toEqual({ app: 'web-primary', tier: 'front' });
  });
});

describe('what Flagger cannot do', () => {
  const version = CanaryVersion.serviceName('web-v1', { port: 80 });

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ stable: version }, "versions and weights of canary route 'web' are Flagger's, got stable: leave it out, the deployment says what is tried and the steps how"],
    [{ canary: version }, 'got canary: leave it out'],
    [{ others: [] }, 'got others: leave it out'],
    [{ canaryWeight: 1 }, 'got canaryWeight: leave it out'],
    [{ mirrorPercent: 1 }, 'got mirrorPercent: leave it out'],
    [{ pinned: [HttpRouteMatch.header('a', 'b')] }, "canary route 'web' cannot pin requests with Flagger, which either shifts weights or tests with some users"],
    [{ calls: [GrpcMethodMatch.exact({ method: 'Say' })] }, "canary route 'web' cannot divide some calls only with Flagger: leave calls out"],
    [{ steps: undefined }, "canary route 'web' is delivered by Flagger, which must be told the way, got no steps: pass steps"],
    [{ steps: [] }, "steps of canary route 'web' must not be empty"],
    [{ steps: [CanaryStep.weight(10)] }, "steps of canary route 'web' must have pauses of one length with Flagger, whose rounds are all alike, got none: pass CanaryStep.pause"],
    [{ steps: [CanaryStep.weight(10), CanaryStep.pause()] }, 'got one without end: pass'],
    [{ steps: [...steps, CanaryStep.pause(Duration.seconds(5))] }, 'got 60s and 5s: pass'],
    [{ steps: [CanaryStep.weight(50), pause, CanaryStep.weight(10)] }, 'stepWeights must be weights that grow, at least one, got 50, 10'],
    [{ steps: [CanaryStep.mirror(1), CanaryStep.mirror(2), ...steps], parents: [istioParent] }, "canary route 'web' must mirror in one step with Flagger, which has one round of it, got 2: leave one"],
    [{ parents: [] }, "canary route 'web' needs at least one parent, got none: pass CanaryParent.gateway(gateway) or CanaryParent.serviceName('web')"],
    [{ parents: [CanaryParent.serviceName('other')] }, "Service 'other' must be the one that Flagger makes for canary route 'web', got another name: leave it out"],
    [{ protocol: CanaryProtocol.TLS }, "canary route 'web' cannot divide TLS connections with Flagger, which writes routes of HTTP and TCP: use CanaryDelivery.argoRollouts"],
    [{ protocol: CanaryProtocol.GRPC }, "canary route 'web' needs Flagger to write a VirtualService, which alone has protocol GRPC, got gateway 'public'"],
    [{ steps: [CanaryStep.mirror(10), ...steps] }, "which alone has a mirror, got gateway 'public'"],
    [{ parents: [httpParent, istioParent] }, "which alone has istio gateway 'public', got gateway 'public'"],
    [{ parents: [service] }, "hostnames of canary route 'web' count for gateways only, got shop.example.com with only service 'web': leave them out"],
    [{ hostnames: ['-'] }, "hostname of canary route 'web'"],
  ])('%#', (props, message) => {
    expect(() => route(props)).toThrow(message);
  });

  test('pin callers', () => {
    expect(() => route({ pinnedCallers: [CanaryCaller.namespace(shop)] })).toThrow("canary route 'web' cannot pin requests with Flagger");
  });

  test('leave a Service of this app alone', () => {
    const web = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
    expect(() => route({ parents: [CanaryParent.service(web)] })).toThrow(
      "Service 'web' must be the one that Flagger makes for canary route 'web', got one of this app: leave it out, and use CanaryParent.serviceName('web')");
  });

  test('tell its copy of pods by a label that it does not know', () => {
    expect(() => route({}, { deployment: workload({ tier: 'front' }) })).toThrow(
      "deployment 'web' of canary route 'web' must select its pods by one of app, name, app.kubernetes.io/name, got tier: Flagger tells its copy by it");
  });

  test('serve a host that the gateway does not', () => {
    const edge = new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' });
    const gateway = new MeshedGateway(chart, 'Gateway', {
      name: 'public', namespace: edge, form: GatewayForm.provisioned(GatewayClass.ISTIO), hosts: [GatewayHost.http('other.example.com')],
    });
    expect(() => route({ parents: [CanaryParent.gateway(gateway)] })).toThrow("gateway 'public' does not serve 'shop.example.com'");
  });

  describe('in a Linkerd mesh', () => {
    beforeEach(() => setUp(scope => new LinkerdMesh(scope, 'Mesh')));

    test.each<[string, Partial<CanaryRouteProps>, Partial<CanaryFlaggerOptions>, string]>([
      ['gateways and the mesh at once', { parents: [httpParent, service] }, {},
        "canary route 'web' must be for gateways or for the mesh, got both with Flagger in a Linkerd mesh: Flagger writes one route for both"],
      ['TCP', { parents: [service], hostnames: undefined, protocol: CanaryProtocol.TCP }, {}, 'which alone has protocol TCP, got a Linkerd mesh'],
      ['metrics of Istio', {}, { metrics: [FlaggerMetric.requestSuccessRate(99)] },
        "metric 'request-success-rate' of canary route 'web' is one that Flagger reads from proxies of Istio, got a Linkerd mesh: use FlaggerMetric.template"],
    ])('%s', (_, props, options, message) => {
      expect(() => route(props, options)).toThrow(message);
    });
  });
});
