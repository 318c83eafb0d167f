import { App, Chart, Duration, Testing } from 'cdk8s';
import { AMBIENT, chart, deployment, gateway, LINKERD, mesh, namespace, policies, principal, service, setUp, shop, SIDECARS, workload } from './call-givens';
import {
  AuthorizationPolicy, CallGraph, CanaryParent, CanaryRoute, CanaryVersion, ExtensionProvider, ExternalAuthorization, IstioMesh, JwtRequirement,
  LinkerdMesh, MeshClient, MeshClosure,
  MeshNamespace, MeshWorkload, MtlsMode, ProviderService, RequestAuthentication, Waypoint, WorkloadSelector,
} from '../../src';

beforeEach(() => setUp(SIDECARS));

describe('allowFrom where workloads have sidecars', () => {
  test('takes hosts, with any port that clients add', () => {
    workload('web').allowFrom(shop, { hosts: ['shop.example.com'], ports: [8080] });
    expect(policies()['shop/web'].rules).toEqual([
      { from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['8080'], hosts: ['shop.example.com', 'shop.example.com:*'] } }] },
    ]);
  });

  test('takes clients of other trust domains', () => {
    workload('web').allowFrom(MeshClient.inTrustDomain('partner.example', shop, 'buyer')).allowFrom(MeshClient.inTrustDomain('partner.example', shop));
    expect(policies()['shop/web'].rules).toEqual([
      { from: principal('partner.example/ns/shop/sa/buyer') }, { from: principal('partner.example/ns/shop/*') },
    ]);
  });

  test('takes gateways', () => {
    workload('web').allowFrom(gateway(), { ports: [8080] });
    expect(policies()['shop/web'].rules[0].from).toEqual(principal('cluster.local/ns/edge/sa/public-istio'));
  });

  test('says nothing of waypoints', () => {
    workload('web').allowFrom(shop, { pastWaypoint: true });
    expect(policies()['shop/web'].rules).toEqual([{ from: [{ source: { namespaces: ['shop'] } }] }]);
  });

  test('is said by the client as well, whose proxy gets to know the other namespace', () => {
    const edge = namespace('edge').confine();
    const web = workload('web', edge);
    web.mayCall(workload('catalog'), { methods: ['GET'] }).mayCall(workload('cache', edge));
    expect(policies()).toMatchObject({
      'shop/catalog': { rules: [{ from: principal('cluster.local/ns/edge/sa/web'), to: [{ operation: { methods: ['GET'] } }] }] },
      'edge/cache': { rules: [{ from: principal('cluster.local/ns/edge/sa/web') }] },
    });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Sidecar').spec.egress[0].hosts).toEqual(['./*', 'istio-system/*', 'shop/*']);
  });

  test('runs its proxy as told', () => {
    setUp(SIDECARS, { enrolled: false });
    const { clientServiceAccount } = workload('web', shop, { proxy: {} });
    const pods = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.metadata;
    expect([clientServiceAccount, pods.labels['sidecar.istio.io/inject']]).toEqual(['web', 'true']);
  });
});

describe('a call that could never be known', () => {
  test.each<[string, () => unknown]>([
    ["workload 'web' takes plain text only, because namespace 'shop' has mtls DISABLE, so that it knows no client: pass mtls STRICT or PERMISSIVE", () => {
      setUp(SIDECARS, { mtls: MtlsMode.DISABLE });
      return workload('web').allowFrom(shop);
    }],
    ["workload 'web' is in a mesh of Istio, which does not know clients of Linkerd, got one of namespace 'far': let it come through a gateway", () => {
      const far = new Chart(new App(), 'far');
      return workload('web').allowFrom(new MeshNamespace(far, 'Far', { mesh: new LinkerdMesh(far, 'Mesh'), name: 'far' }));
    }],
    ["workload 'client' is not in the mesh, because namespace 'outside' is not enrolled: enrol the workload before, with namespace.enrol",
      () => workload('web').allowFrom(workload('client', namespace('outside', { enrolled: false })))],
    ["workload 'client' is not in the mesh, because its pods have 'sidecar.istio.io/inject: false': nobody knows it, and nothing refuses calls to it", () => {
      const client = deployment('client');
      shop.leaveOut(client);
      return workload('web').allowFrom(new MeshWorkload(chart, 'Client', { namespace: shop, workload: client }));
    }],
    ["workload 'web' is not in the mesh, because its pods have 'istio.io/dataplane-mode: none'", () => {
      setUp(AMBIENT);
      const web = deployment('web');
      shop.leaveOut(web);
      return new MeshWorkload(chart, 'Web', { namespace: shop, workload: web }).allowFrom(shop);
    }],
    ["workload 'web' is not in the mesh, because its pods have 'linkerd.io/inject: disabled'", () => {
      setUp(LINKERD);
      const web = deployment('web');
      shop.leaveOut(web);
      return new MeshWorkload(chart, 'Web', { namespace: shop, workload: web }).allowFrom(shop);
    }],
    ["Service 'web' is in namespace 'shop', got namespace 'other': set metadata.namespace of the Service",
      () => workload('web', namespace('other'), { services: [service('web')] })],
  ])('throws: %s', (message, make) => {
    expect(make).toThrow(message);
  });

  test('is none where a pod joins by itself', () => {
    const outside = namespace('outside', { enrolled: false });
    expect(() => workload('web').allowFrom(workload('client', outside, { proxy: {} }))).not.toThrow();
    expect(() => workload('cart').allowFrom(outside)).not.toThrow();
  });
});

describe('closing', () => {
  test('a namespace by a verb, before anything is opened', () => {
    expect(shop.close()).toBe(shop);
    shop.close();
    MeshNamespace.fromNamespaceName(chart, 'Old', 'old', { mesh }).close();
    expect(policies()).toEqual({ 'shop/allow-nothing': {}, 'old/allow-nothing': {} });
  });

  test('the namespace of the control plane is no namespace alone', () => {
    const root = MeshNamespace.fromNamespaceName(chart, 'Root', 'istio-system', { mesh });
    expect(() => root.close()).toThrow("namespace 'istio-system' is that of the control plane, and to close it would close the whole mesh: use new MeshClosure for that");
  });

  test('a mesh: what its gateways take is allowed, once', () => {
    gateway();
    new MeshClosure(chart, 'Closure', { mesh });
    chart.node.findAll().filter(node => node instanceof MeshNamespace).forEach(node => (node as MeshNamespace).close());
    expect(policies()).toEqual({
      'istio-system/allow-nothing': {},
      'edge/public-allow-clients': expect.objectContaining({ rules: [{}] }),
      'edge/allow-nothing': {},
      'shop/allow-nothing': {},
    });
  });

  test('an ambient mesh: its waypoints, too', () => {
    setUp(AMBIENT);
    new MeshClosure(chart, 'Closure', { mesh });
    expect(policies()).toEqual({
      'istio-system/allow-nothing': {},
      'istio-system/allow-nothing-at-waypoints': { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'istio-waypoint' }] },
    });
  });

  test('a mesh twice, or one of Linkerd', () => {
    new MeshClosure(chart, 'Closure', { mesh });
    expect(() => new MeshClosure(chart, 'Again', { mesh })).toThrow('the Istio mesh is closed already: make one MeshClosure');
    setUp(LINKERD);
    expect(() => new MeshClosure(chart, 'Closure', { mesh })).toThrow('a Linkerd mesh is closed by its installation, got MeshClosure: ' +
      'set proxy.defaultInboundPolicy to deny in the values of its chart, or close namespaces one by one');
  });
});

describe('monitoring', () => {
  const prometheus = () => MeshClient.serviceAccountName(MeshNamespace.fromNamespaceName(chart, 'Monitoring', 'monitoring', { mesh }), 'prometheus');
  const NAME = 'shop/metrics-from-prometheus';

  test('may read metrics of a closed namespace, and nothing is written for an open one', () => {
    expect(shop.allowMonitoring(prometheus(), { ports: [9090] })).toBe(shop);
    expect(policies()).toEqual({});
    shop.close();
    expect(policies()[NAME]).toEqual({
      action: 'ALLOW',
      rules: [{ from: principal('cluster.local/ns/monitoring/sa/prometheus'), to: [{ operation: { ports: ['9090'], methods: ['GET'], paths: ['/metrics'] } }] }],
    });
  });

  test('of an imported namespace, by all of another one, at other paths', () => {
    const old = MeshNamespace.fromNamespaceName(chart, 'Old', 'old', { mesh }).close();
    old.allowMonitoring(shop, { ports: [9090], paths: ['/stats'] });
    expect(policies()['old/metrics-from-shop'].rules[0]).toEqual({
      from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['9090'], methods: ['GET'], paths: ['/stats'] } }],
    });
  });

  test('in an ambient mesh by ports, past the waypoint', () => {
    setUp(AMBIENT);
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    shop.close();
    shop.allowMonitoring(prometheus(), { ports: [9090] });
    expect(policies()[NAME].rules).toEqual([{ from: principal('cluster.local/ns/monitoring/sa/prometheus'), to: [{ operation: { ports: ['9090'] } }] }]);
  });

  test('by several of one name: the later ones say their namespace', () => {
    const of = (name: string) => MeshClient.serviceAccountName(MeshNamespace.fromNamespaceName(chart, name, name, { mesh }), 'prometheus');
    shop.close().allowMonitoring(prometheus(), { ports: [9090] }).allowMonitoring(of('ops'), { ports: [9090] });
    shop.allowMonitoring(MeshClient.inTrustDomain('ops.example', shop, 'prometheus'), { ports: [9090] });
    const accounts = MeshNamespace.fromNamespaceName(chart, 'Accounts', 'prometheus', { mesh });
    shop.allowMonitoring(accounts, { ports: [9090] });
    expect(Object.keys(policies()).filter(name => name.includes('metrics'))).toEqual([
      NAME, 'shop/metrics-from-ops-prometheus', 'shop/metrics-from-ops-example-shop-prometheus', 'shop/metrics-from-prometheus-all',
    ]);
  });

  test('is allowed to each at once', () => {
    shop.allowMonitoring(prometheus(), { ports: [9090] });
    const again = MeshClient.serviceAccountName(MeshNamespace.fromNamespaceName(chart, 'Again', 'monitoring', { mesh }), 'prometheus');
    expect(() => shop.allowMonitoring(again, { ports: [8080] })).toThrow(
      "monitoring of namespace 'shop' is allowed to 'monitoring/prometheus' already: pass all ports and paths at once");
  });

  test('is refused without ports', () => {
    const client = prometheus();
    expect(() => shop.allowMonitoring(client, { ports: [] })).toThrow("monitoring of namespace 'shop' needs at least one port, got none: pass those on which containers tell metrics");
    expect(() => shop.allowMonitoring(client, { ports: [0] })).toThrow("port of metrics of namespace 'shop' must be");
  });
});

describe('a call graph', () => {
  test('says who may call what, in closed namespaces and open ones', () => {
    const [web, catalog] = [workload('web'), workload('catalog')];
    web.allowFrom(gateway(), { ports: [8080] }).mayCall(catalog, { methods: ['GET'], paths: ['/a|b', '/c'], hosts: ['catalog'] });
    catalog.allowFrom(MeshClient.inTrustDomain('partner.example', shop));
    shop.allowMonitoring(shop, { ports: [9090] });
    expect(CallGraph.of(shop, namespace('open')).toMarkdown()).toBe(`| client | callee | ports | methods | paths | hosts |
|---|---|---|---|---|---|
| edge/public-istio | shop/web | 8080 | * | * | * |
| shop/web | shop/catalog | * | GET | /a\\|b, /c | catalog |
| partner.example/shop/* | shop/catalog | * | * | * | * |
| shop/* | shop/* | 9090 | GET | /metrics | * |
| * | open/* | * | * | * | * |
`);
  });

  test('says of routes which workloads have the pods, or their labels', () => {
    const [web, next] = [service('web'), service('next')];
    web.selectLabel('app', 'web');
    next.selectLabel('app', 'next');
    next.selectLabel('tier', 'front');
    new CanaryRoute(chart, 'Route', {
      namespace: shop,
      parents: [CanaryParent.gateway(gateway())],
      hostnames: ['shop.example.com'],
      stable: CanaryVersion.service(web),
      canary: CanaryVersion.service(next),
    });
    workload('web');
    const row = { client: 'edge/public-istio', ports: [8080], methods: undefined, paths: undefined, hosts: ['shop.example.com'] };
    shop.close();
    expect(CallGraph.of(shop).rows).toEqual([{ ...row, callee: 'shop/web' }, { ...row, callee: 'shop/app=next,tier=front' }]);
  });

  test('says that nobody may call what is closed', () => {
    expect(CallGraph.of(shop.close()).rows).toEqual([{ client: 'nobody', callee: 'shop/*' }]);
  });

  test('needs a namespace', () => {
    expect(() => CallGraph.of()).toThrow('a call graph needs at least one namespace, got none');
  });
});

describe('a policy in another namespace than its workload', () => {
  const selector = () => WorkloadSelector.workload(deployment('web'));

  test('is refused, but in the root namespace', () => {
    const message = "is in namespace 'other', where it does not select workload 'web' of namespace 'shop': put it there";
    expect(() => new AuthorizationPolicy(chart, 'Policy', { metadata: { namespace: 'other' }, selector: selector() })).toThrow(`an AuthorizationPolicy ${message}`);
    setUp(SIDECARS);
    expect(() => new RequestAuthentication(chart, 'Tokens', { metadata: { namespace: 'other' }, selector: selector(), rules: [], tokens: JwtRequirement.OPTIONAL }))
      .toThrow(`a RequestAuthentication ${message}`);
    setUp(SIDECARS);
    expect(() => new AuthorizationPolicy(chart, 'Policy', { metadata: { namespace: 'istio-system' }, selector: selector() })).not.toThrow();
  });
});

test('external authorization lets its askers ask', () => {
  setUp(scope => new IstioMesh(scope, 'Mesh', { extensionProviders: [provider] }));
  const opa = workload('opa', namespace('policy'));
  shop.confine();
  const web = workload('web');
  new ExternalAuthorization(chart, 'Ask', { metadata: { name: 'ask', namespace: 'shop' }, provider })
    .letAsk(web, opa, { ports: [9191] })
    .letAsk(opa, opa);
  expect(policies()['policy/opa'].rules).toEqual([
    { from: principal('cluster.local/ns/shop/sa/web'), to: [{ operation: { ports: ['9191'] } }] }, { from: principal('cluster.local/ns/policy/sa/opa') },
  ]);
  expect(Testing.synth(chart).find(({ kind }) => kind === 'Sidecar').spec.egress[0].hosts).toContain('policy/*');
});

const provider = ExtensionProvider.envoyExtAuthzGrpc('opa', {
  service: ProviderService.serviceName('opa', 'policy', 9191), timeout: Duration.seconds(1),
});
