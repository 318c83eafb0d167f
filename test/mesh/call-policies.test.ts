import { App, Chart, Duration, Testing } from 'cdk8s';
import { Deployment, LabelSelector, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  AuthorizationPolicy, CallGraph, Certificate, DataPlane, ExtensionProvider, ExternalAuthorization, GatewayClass, GatewayForm, GatewayHost,
  IMeshNamespace, IstioMesh, LinkerdMesh, Mesh, MeshClient, MeshClosure, MeshedGateway, MeshNamespace, MeshNamespaceProps, MeshWorkload,
  MeshWorkloadProps, MtlsMode, ProviderService, RequestAuthentication, JwtRequirement, Waypoint, WaypointTraffic, WorkloadSelector,
} from '../../src';

let chart: Chart;
let mesh: Mesh;
let shop: MeshNamespace;
const SIDECARS = (scope: Chart) => new IstioMesh(scope, 'Mesh');
const AMBIENT = (scope: Chart) => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT });
const LINKERD = (scope: Chart) => new LinkerdMesh(scope, 'Mesh');
beforeEach(() => setUp());

function setUp(make: (scope: Chart) => Mesh = SIDECARS, props: Partial<MeshNamespaceProps> = {}) {
  chart = new Chart(new App(), 'test');
  mesh = make(chart);
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop', ...props });
}

const namespace = (name: string, props: Partial<MeshNamespaceProps> = {}) => new MeshNamespace(chart, `Namespace-${name}`, { mesh, name, ...props });

function workload(name: string, at: IMeshNamespace = shop, props: Partial<MeshWorkloadProps> = {}) {
  return new MeshWorkload(chart, `Workload-${name}`, { namespace: at, workload: deployment(name, at), ...props });
}

function deployment(name: string, at: IMeshNamespace = shop) {
  const metadata = { name, namespace: at.name };
  const made = new Deployment(chart, `Deployment-${name}`, {
    metadata,
    podMetadata: { labels: { app: name } },
    select: false,
    serviceAccount: new ServiceAccount(chart, `ServiceAccount-${name}`, { metadata }),
    containers: [{ image: name, ports: [{ number: 8080 }, { number: 9090 }] }],
  });
  made.select(LabelSelector.of({ labels: { app: name } }));
  return made;
}

const service = (name: string, ports = [{ port: 80, targetPort: 8080 }]) =>
  new Service(chart, `Service-${name}`, { metadata: { name, namespace: 'shop' }, ports: ports.map((port, i) => ({ name: `p${i}`, ...port })) });

function gateway() {
  return new MeshedGateway(chart, 'Gateway', {
    name: 'public',
    namespace: namespace('edge', { enrolled: false }),
    form: GatewayForm.provisioned(GatewayClass.ISTIO),
    hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
  });
}

/** By namespace and name. */
const policies = (): { [name: string]: any } => Object.fromEntries(Testing.synth(chart).filter(({ kind }) => kind === 'AuthorizationPolicy')
  .map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec]));
const principal = (...principals: string[]) => [{ source: { principals } }];

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

describe('allowFrom in an ambient mesh', () => {
  beforeEach(() => setUp(AMBIENT));
  const toCatalog = [{ group: '', kind: 'Service', name: 'catalog' }];

  test('has the waypoint say who calls a Service, and the node let in the waypoint only', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const catalog = workload('catalog', shop, { services: [service('catalog')] });
    workload('web').mayCall(catalog, { ports: [8080], methods: ['GET'], paths: ['/products/*'], hosts: ['catalog'] });
    workload('cart').mayCall(catalog, { ports: [8080] });
    workload('probe').mayCall(catalog);
    expect(policies()).toEqual({
      'shop/allow-nothing': {},
      'shop/waypoint-allow-nothing': { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }] },
      'shop/catalog': {
        selector: { matchLabels: { app: 'catalog' } },
        action: 'ALLOW',
        rules: [
          { from: principal('cluster.local/ns/shop/sa/waypoint'), to: [{ operation: { ports: ['8080'] } }] },
          { from: principal('cluster.local/ns/shop/sa/waypoint') },
        ],
      },
      'shop/catalog-waypoint': {
        targetRefs: toCatalog,
        action: 'ALLOW',
        rules: [
          {
            from: principal('cluster.local/ns/shop/sa/web'),
            to: [{ operation: { ports: ['80'], methods: ['GET'], paths: ['/products/*'], hosts: ['catalog', 'catalog:*'] } }],
          },
          { from: principal('cluster.local/ns/shop/sa/cart'), to: [{ operation: { ports: ['80'] } }] },
          { from: principal('cluster.local/ns/shop/sa/probe') },
        ],
      },
    });
  });

  test('lets in a canary waypoint too', () => {
    const canary = new Waypoint(chart, 'Next', { namespace: shop, name: 'next' });
    const services = [service('catalog')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serveService(services[0], { canary, canaryWeight: 5 });
    workload('catalog', shop, { services }).allowFrom(shop);
    expect(policies()['shop/catalog'].rules.flatMap(({ from }: any) => from[0].source.principals))
      .toEqual(['cluster.local/ns/shop/sa/waypoint', 'cluster.local/ns/shop/sa/next']);
  });

  test('has one policy for a Service of two workloads, with the ports that lead to each', () => {
    const shared = service('catalog', [{ port: 80, targetPort: 8080 }, { port: 90, targetPort: 9090 }]);
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serveService(shared);
    workload('v1', shop, { services: [shared] }).allowFrom(shop, { ports: [8080] });
    workload('v2', shop, { services: [shared] }).allowFrom(shop, { ports: [9090] });
    expect(policies()['shop/catalog-waypoint'].rules.map(({ to }: any) => to[0].operation.ports)).toEqual([['80'], ['90']]);
    expect(Object.keys(policies())).toEqual(expect.arrayContaining(['shop/v1', 'shop/v2']));
  });

  test('leaves calls past waypoints to the node', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const services = [service('web')];
    workload('web', shop, { services }).allowFrom(gateway(), { ports: [8080] }).allowFrom(shop, { ports: [9090], pastWaypoint: true });
    expect(policies()['shop/web'].rules).toEqual([
      { from: principal('cluster.local/ns/edge/sa/public-istio'), to: [{ operation: { ports: ['8080'] } }] },
      { from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { ports: ['9090'] } }] },
    ]);
    expect(policies()).not.toHaveProperty('shop/web-waypoint');
  });

  test('has gateways come by the waypoint where the Service, or its namespace, says so', () => {
    const [web, cart] = [service('web'), service('cart')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop, { ingress: true }).serveService(cart, { ingress: false });
    const edge = gateway();
    workload('web', shop, { services: [web] }).allowFrom(edge, { methods: ['GET'] });
    workload('cart', shop, { services: [cart] }).allowFrom(edge);
    expect(policies()).toMatchObject({
      'shop/web-waypoint': { rules: [{ from: principal('cluster.local/ns/edge/sa/public-istio'), to: [{ operation: { methods: ['GET'] } }] }] },
      'shop/web': { rules: [{ from: principal('cluster.local/ns/shop/sa/waypoint') }] },
      'shop/cart': { rules: [{ from: principal('cluster.local/ns/edge/sa/public-istio') }] },
    });
  });

  test('has gateways of others come by the waypoint, since the proxy of their node carries what they send', () => {
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    const edge = new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: namespace('edge'),
      form: GatewayForm.provisioned(GatewayClass.NGINX),
      hosts: [GatewayHost.https('shop.example.com', Certificate.fromSecretName('shop-tls'))],
    });
    workload('web', shop, { services: [service('web')] }).allowFrom(edge, { methods: ['GET'] });
    expect(policies()['shop/web-waypoint'].rules[0].from).toEqual(principal('cluster.local/ns/edge/sa/public-nginx'));
    expect(policies()['shop/web'].rules).toEqual([{ from: principal('cluster.local/ns/shop/sa/waypoint') }]);
  });

  test('needs no waypoint for a Service that is left out, or none at all', () => {
    const services = [service('db')];
    new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop).exceptService(services[0]);
    workload('db', shop, { services }).allowFrom(shop, { ports: [5432] });
    workload('job', shop, { services: [] }).allowFrom(shop);
    expect(policies()).toMatchObject({
      'shop/db': { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
      'shop/job': { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
    });
  });

  test('goes by waypoints that take all traffic only when they are closed', () => {
    const all = new Waypoint(chart, 'Waypoint', { namespace: namespace('infra'), traffic: WaypointTraffic.ALL });
    all.serve(shop);
    const catalog = workload('catalog', shop, { services: [service('catalog')] });
    expect(() => catalog.allowFrom(shop)).toThrow("waypoint 'waypoint' takes what is sent to pods of 'catalog' themselves, where it asks no policy of a Service: " +
      'close it before, with close(), or let it take traffic of Services only');
    all.close();
    expect(() => catalog.allowFrom(shop)).not.toThrow();
  });

  test('does not care for a workload that such a waypoint leaves out', () => {
    const job = deployment('job');
    new Waypoint(chart, 'Waypoint', { namespace: namespace('infra'), traffic: WaypointTraffic.WORKLOAD }).serve(shop).exceptWorkload(job);
    expect(() => new MeshWorkload(chart, 'Job', { namespace: shop, workload: job, services: [] }).allowFrom(shop)).not.toThrow();
  });

  test.each<[string, () => unknown]>([
    ["methods of a call to 'web' are HTTP, which only a waypoint reads in an ambient mesh, and none is on the way: " +
      'let one serve its Services before, and pass them to the MeshWorkload; or allow ports only', () => workload('web').allowFrom(shop, { methods: ['GET'] })],
    ["paths of a call to 'web' are HTTP, which only a waypoint reads in an ambient mesh, and none is on the way: let the waypoint serve with ingress: true; or allow ports only",
      () => workload('web').allowFrom(gateway(), { paths: ['/'] })],
    ["'web' is behind waypoint 'waypoint', which tells calls by their Service: pass its services to the MeshWorkload, [] when it has none", () => {
      new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      return workload('web').allowFrom(shop);
    }],
    ["ports 9090 of 'web' are no target ports of its Services web, by which waypoint 'waypoint' is asked: add them to a Service, or pass pastWaypoint: true", () => {
      new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      return workload('web', shop, { services: [service('web')] }).allowFrom(shop, { ports: [9090] });
    }],
    ["waypoint 'waypoint' before namespace 'shop' comes after calls to 'web' were allowed, which do not heed it: say it before the first allowFrom", () => {
      workload('web').allowFrom(shop);
      return new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
    }],
    ["no waypoint before Service 'web' comes after calls to 'web' were allowed, which do not heed it: say it before the first allowFrom", () => {
      const waypoint = new Waypoint(chart, 'Waypoint', { namespace: shop }).serve(shop);
      const services = [service('web')];
      workload('web', shop, { services }).allowFrom(shop);
      return waypoint.exceptService(services[0]);
    }],
  ])('throws: %s', (message, make) => {
    expect(make).toThrow(message);
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
  const NAME = 'shop/allow-monitoring-monitoring-prometheus';

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
    expect(policies()['old/allow-monitoring-shop'].rules[0]).toEqual({
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

  test('needs a namespace', () => {
    expect(() => CallGraph.of()).toThrow('a call graph needs at least one namespace, got none');
  });
});

describe('a policy in another namespace than its workload', () => {
  const selector = () => WorkloadSelector.workload(deployment('web'));

  test('is refused, but in the root namespace', () => {
    const message = "is in namespace 'other', where it does not select workload 'web' of namespace 'shop': put it there";
    expect(() => new AuthorizationPolicy(chart, 'Policy', { metadata: { namespace: 'other' }, selector: selector() })).toThrow(`an AuthorizationPolicy ${message}`);
    setUp();
    expect(() => new RequestAuthentication(chart, 'Tokens', { metadata: { namespace: 'other' }, selector: selector(), rules: [], tokens: JwtRequirement.OPTIONAL }))
      .toThrow(`a RequestAuthentication ${message}`);
    setUp();
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
