import { App, Chart, Size, Testing } from 'cdk8s';
import { Cpu, Deployment, Service, ServiceAccount, Workload } from 'cdk8s-plus-28';
import {
  ControlPlane, DataPlane, IstioMesh, IstioProtocol, IstioVersion, IWaypoint, LinkerdMesh, Mesh, MeshClient, MeshNamespace, MeshWorkload,
  RouteNamespaces, ServiceEntry, ServiceEntryLocation, ServiceEntryResolution, Waypoint, WaypointProps, WaypointTraffic,
} from '../../src';

let chart: Chart;
let mesh: Mesh;
let shop: MeshNamespace;
let other: MeshNamespace;
beforeEach(() => setUp());

function setUp(make: (scope: Chart) => Mesh = scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT })) {
  chart = new Chart(new App(), 'test');
  mesh = make(chart);
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  other = new MeshNamespace(chart, 'Other', { mesh, name: 'other' });
}

const ports = [{ number: 80, name: 'http', protocol: IstioProtocol.HTTP }];
const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const waypoint = (props: Partial<WaypointProps> = {}, id = 'Waypoint') => new Waypoint(chart, id, { namespace: shop, ...props });
const service = (name = 'web', namespace: string | undefined = 'shop') =>
  new Service(chart, `Service-${name}`, { metadata: { name, namespace }, ports: [{ port: 80 }] });
const deployment = (name = 'web', namespace: string | undefined = 'shop') => new Deployment(chart, `Deployment-${name}`, {
  metadata: { name, namespace },
  serviceAccount: new ServiceAccount(chart, `Account-${name}`, { metadata: { name, namespace } }),
  containers: [{ image: name, portNumber: 8080 }],
});
/** The labels by which waypoints are used. */
const uses = (labels: { [key: string]: string } = {}) => Object.fromEntries(Object.entries(labels).filter(([key]) => key.includes('waypoint')));
const podLabels = (workload: Workload) => uses((workload.podMetadata.toJson() as { labels?: { [key: string]: string } }).labels);
const serviceLabels = () => uses(all('Service')[0].metadata.labels);

describe('the Gateway of a waypoint', () => {
  test('is of its class, and waits for HBONE', () => {
    const { gateway, name, namespace, traffic, listeners, clientServiceAccount } = waypoint();
    expect(all('Gateway')).toEqual([{
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name: 'waypoint',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': 'waypoint',
          'app.kubernetes.io/component': 'waypoint',
          'app.kubernetes.io/instance': 'waypoint',
          'app.kubernetes.io/managed-by': 'cdk8s-mesh',
          'app.kubernetes.io/part-of': 'service-mesh',
          'istio.io/waypoint-for': 'service',
        },
      },
      spec: {
        gatewayClassName: 'istio-waypoint',
        listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'Same' } } }],
      },
    }]);
    expect({ gateway: gateway.name, name, namespace, traffic, listener: listeners![0].name, clientServiceAccount })
      .toEqual({ gateway: 'waypoint', name: 'waypoint', namespace: 'shop', traffic: 'service', listener: 'mesh', clientServiceAccount: 'waypoint' });
  });

  test.each([[WaypointTraffic.WORKLOAD, 'workload'], [WaypointTraffic.ALL, 'all'], [WaypointTraffic.NONE, 'none']])('takes traffic %s', (traffic, label) => {
    waypoint({ traffic });
    expect(all('Gateway')[0].metadata.labels['istio.io/waypoint-for']).toBe(label);
  });

  test('has the revision of the mesh, or its own', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT, controlPlane: ControlPlane.revision('1-31') }));
    waypoint();
    waypoint({ name: 'next', revision: '1-32', labels: { team: 'shop' } }, 'Next');
    const [first, next] = all('Gateway');
    expect([first.metadata.labels['istio.io/rev'], next.metadata.labels['istio.io/rev']]).toEqual(['1-31', '1-32']);
    expect(next.spec.infrastructure).toEqual({ labels: { 'team': 'shop', 'istio.io/rev': '1-32' } });
  });

  test('has an account, annotations and parameters', () => {
    const { clientServiceAccount } = waypoint({ serviceAccount: 'proxies', annotations: { a: 'b' }, parameters: { group: '', kind: 'ConfigMap', name: 'own' } });
    const [{ metadata, spec }] = all('Gateway');
    expect(clientServiceAccount).toBe('proxies');
    expect(metadata.annotations).toEqual({ 'gateway.istio.io/service-account': 'proxies' });
    expect(spec.infrastructure).toEqual({ labels: {}, annotations: { a: 'b' }, parametersRef: { group: '', kind: 'ConfigMap', name: 'own' } });
  });

  test('has overlays for what istiod makes of it', () => {
    waypoint({
      minReplicas: 2,
      maxUnavailable: 1,
      resources: { cpu: { request: Cpu.millis(100) }, memory: { limit: Size.mebibytes(512) } },
      patches: { service: { metadata: { annotations: { x: 'y' } } } },
    });
    const [{ metadata, data }] = all('ConfigMap');
    expect(metadata).toMatchObject({ name: 'waypoint-parameters', namespace: 'shop', labels: { 'app.kubernetes.io/component': 'waypoint' } });
    expect(Object.keys(data).sort()).toEqual(['deployment', 'horizontalPodAutoscaler', 'podDisruptionBudget', 'service']);
    expect(data.podDisruptionBudget).toBe('spec:\n  maxUnavailable: 1\n');
    expect(all('Gateway')[0].spec.infrastructure.parametersRef).toEqual({ group: '', kind: 'ConfigMap', name: 'waypoint-parameters' });
  });

  test.each<[string, Partial<WaypointProps>]>([
    ["labels of waypoint 'waypoint' must leave 'istio.io/rev' alone, got 'x': the mesh says how it joins", { labels: { 'istio.io/rev': 'x' } }],
    ["replicas of gateway 'waypoint' must be at least 1 and at most maxReplicas, got 3 to 2", { minReplicas: 3, maxReplicas: 2 }],
    ['name of the waypoint must be a DNS label', { name: 'No' }],
    ['name of the service account must be', { serviceAccount: 'No' }],
  ])('is refused: %s', (message, props) => {
    expect(() => waypoint(props)).toThrow(message);
  });

  test('needs an ambient mesh of Istio', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh'));
    expect(() => waypoint()).toThrow("waypoint 'waypoint' needs an ambient Istio mesh, got one with sidecars: " +
      'proxies beside the workloads read HTTP there, leave it out, or declare DataPlane.AMBIENT');
    setUp(scope => new LinkerdMesh(scope, 'Mesh'));
    expect(() => waypoint()).toThrow("waypoint 'waypoint' needs an ambient Istio mesh, got a Linkerd mesh: proxies beside the workloads read HTTP there, leave it out");
  });
});

describe('whom a waypoint admits', () => {
  const admitted = () => all('Gateway')[0].spec.listeners[0].allowedRoutes.namespaces;

  test('its own namespace, and those that it serves', () => {
    waypoint().serve(shop).serve(other).serveService(service('far', 'third'));
    expect(admitted()).toEqual({
      from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'other', 'third'] }] },
    });
  });

  test('everybody, when told so', () => {
    waypoint({ admits: RouteNamespaces.all() }).serve(other);
    expect(admitted()).toEqual({ from: 'All' });
  });

  test('nobody else, when told so', () => {
    expect(() => waypoint({ admits: RouteNamespaces.named('shop', 'third') }).serve(other))
      .toThrow("waypoint 'waypoint' does not admit namespace 'other': it admits namespaces 'shop', 'third'; add it to admits");
  });
});

describe('what uses a waypoint', () => {
  test('a namespace of its own', () => {
    waypoint().serve(shop);
    expect(uses(all('Namespace')[0].metadata.labels)).toEqual({ 'istio.io/use-waypoint': 'waypoint' });
    expect(shop.labels['istio.io/use-waypoint']).toBe('waypoint');
  });

  test('another namespace, with a canary and ingress', () => {
    const canary = waypoint({ name: 'next' }, 'Next');
    waypoint().serve(other, { canary, canaryWeight: 10, ingress: true });
    const { labels, annotations } = all('Namespace')[1].metadata;
    expect(uses(labels)).toEqual({
      'istio.io/use-waypoint': 'waypoint',
      'istio.io/use-waypoint-namespace': 'shop',
      'istio.io/use-waypoint-canary': 'next',
      'istio.io/use-waypoint-canary-namespace': 'shop',
      'istio.io/ingress-use-waypoint': 'true',
    });
    expect(annotations).toEqual({ 'istio.io/use-waypoint-canary-weight': '10' });
    expect(all('Gateway')[0].spec.listeners[0].allowedRoutes.namespaces.from).toBe('Selector');
  });

  test('a namespace from its beginning', () => {
    const late = new MeshNamespace(chart, 'Late', { mesh, name: 'late', waypoint: waypoint() });
    expect(uses(late.labels)).toEqual({ 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'shop' });
  });

  test('a namespace of others, which is known to do so', () => {
    const foreign = (id: string, labels: { [key: string]: string }) => MeshNamespace.fromNamespaceName(chart, id, 'foreign', { mesh, labels });
    waypoint().serve(foreign('Knows', { 'istio.io/use-waypoint': 'waypoint', 'istio.io/use-waypoint-namespace': 'shop' }));
    expect(() => waypoint({ name: 'second' }, 'Second').serve(foreign('Not', {})))
      .toThrow("namespace 'foreign' is made by others, and is not known to have 'istio.io/use-waypoint: second' for waypoint 'second': have them set it, and pass it in labels");
  });

  test('a Service, for ingress or not', () => {
    waypoint().serveService(service(), { ingress: false });
    expect(serviceLabels()).toEqual({ 'istio.io/use-waypoint': 'waypoint', 'istio.io/ingress-use-waypoint': 'false' });
  });

  test('no Service that is left out', () => {
    waypoint().serve(shop).exceptService(service());
    expect(serviceLabels()).toEqual({ 'istio.io/use-waypoint': 'none' });
  });

  test('a ServiceEntry, or none', () => {
    const entry = (id: string) => new ServiceEntry(chart, id, {
      metadata: { name: id.toLowerCase(), namespace: 'shop' }, hosts: ['api.example.com'], ports, resolution: ServiceEntryResolution.DNS,
    });
    waypoint().serveServiceEntry(entry('Served'), { ingress: true }).exceptServiceEntry(entry('Not'));
    expect(all('ServiceEntry').map(({ metadata }) => uses(metadata.labels))).toEqual([
      { 'istio.io/use-waypoint': 'waypoint', 'istio.io/ingress-use-waypoint': 'true' }, { 'istio.io/use-waypoint': 'none' },
    ]);
  });

  test('the pods of a workload, or none', () => {
    const [web, cart] = [deployment('web'), deployment('cart')];
    waypoint({ traffic: WaypointTraffic.WORKLOAD }).serveWorkload(web).exceptWorkload(cart);
    expect([podLabels(web), podLabels(cart)]).toEqual([{ 'istio.io/use-waypoint': 'waypoint' }, { 'istio.io/use-waypoint': 'none' }]);
  });

  test('the pods of a service account, whenever they are made', () => {
    const [before, others] = [deployment('before'), deployment('others')];
    const account = before.serviceAccount!;
    const shared = new Deployment(chart, 'Shared', { metadata: { name: 'shared', namespace: 'shop' }, serviceAccount: account, containers: [{ image: 'shared', portNumber: 1 }] });
    new MeshWorkload(chart, 'Before', { namespace: shop, workload: before });
    new MeshWorkload(chart, 'Others', { namespace: shop, workload: others });
    waypoint({ traffic: WaypointTraffic.ALL }).serveServiceAccount(MeshClient.serviceAccount(shop, account));
    new MeshWorkload(chart, 'Shared-', { namespace: shop, workload: shared });
    expect([before, shared, others].map(podLabels)).toEqual([{ 'istio.io/use-waypoint': 'waypoint' }, { 'istio.io/use-waypoint': 'waypoint' }, {}]);
  });

  test('one that is in the cluster already', () => {
    const found: IWaypoint = Waypoint.fromWaypointName(chart, 'Found', 'edge', {
      namespace: MeshNamespace.fromNamespaceName(chart, 'Infra', 'infra', { mesh }), serviceAccount: 'proxies', admits: RouteNamespaces.named('shop'),
    });
    found.serve(shop);
    expect(uses(shop.labels)).toEqual({ 'istio.io/use-waypoint': 'edge', 'istio.io/use-waypoint-namespace': 'infra' });
    expect([found.clientServiceAccount, found.listeners, found.traffic]).toEqual(['proxies', undefined, 'service']);
    expect(() => found.serve(other)).toThrow("waypoint 'edge' does not admit namespace 'other'");
    expect(() => Waypoint.fromWaypointName(chart, 'Open', 'open', { namespace: shop }).serve(other)).not.toThrow();
  });

  test.each<[string, () => unknown]>([
    ["waypoint 'waypoint' takes traffic 'workload' and would not stand before Service 'web': pass traffic SERVICE or ALL",
      () => waypoint({ traffic: WaypointTraffic.WORKLOAD }).serveService(service())],
    ["Service 'waypoint' has the name of its waypoint, for which istiod would then make no Service: give the waypoint another name",
      () => waypoint().serveService(service('waypoint'))],
    ["waypoint 'waypoint' takes traffic 'service' and would not stand before workload 'web': pass traffic WORKLOAD or ALL",
      () => waypoint().serveWorkload(deployment())],
    ["waypoint 'waypoint' takes traffic 'none' and would not stand before namespace 'shop': pass traffic SERVICE, WORKLOAD or ALL",
      () => waypoint({ traffic: WaypointTraffic.NONE }).serve(shop)],
    ["Service 'web' says already that it uses waypoint 'waypoint', got 'second': say it once", () => {
      const web = service();
      waypoint().serveService(web);
      waypoint({ name: 'second' }, 'Second').serveService(web);
    }],
    ["Service 'web' says already that it uses no waypoint, got 'waypoint': say it once", () => {
      const web = service();
      waypoint().exceptService(web).serveService(web);
    }],
    ["Service 'web' says already that it uses waypoint 'waypoint', got none: say it once", () => {
      const web = service();
      waypoint().serveService(web).exceptService(web);
    }],
    ["namespace 'shop' has 'istio.io/use-waypoint: waypoint' already, got 'second' for waypoint 'second': say it once",
      () => [waypoint().serve(shop), waypoint({ name: 'second' }, 'Second').serve(shop)]],
    ["waypoint 'waypoint' serves a service account, got all of namespace 'shop': use serve", () => waypoint({ traffic: WaypointTraffic.ALL }).serveServiceAccount(shop)],
    ["canary 'next' of waypoint 'waypoint' must take traffic of Services, got workload: pass traffic SERVICE or ALL",
      () => waypoint().serve(shop, { canary: waypoint({ name: 'next', traffic: WaypointTraffic.WORKLOAD }, 'Next') })],
    ["canary of a waypoint must be another waypoint, got 'waypoint' twice", () => {
      const one = waypoint();
      one.serve(shop, { canary: one });
    }],
    ['Service \'web\' of waypoint \'waypoint\' needs a namespace, by which it is admitted: set metadata.namespace',
      () => waypoint().serveService(new Service(chart, 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] }))],
    ["namespace 'far' of waypoint 'waypoint' is in another mesh: pass a namespace of the same one", () => {
      const far = new Chart(new App(), 'far');
      waypoint().serve(new MeshNamespace(far, 'Far', { mesh: new IstioMesh(far, 'Mesh', { dataPlane: DataPlane.AMBIENT }), name: 'far' }));
    }],
    ["a ServiceEntry with resolution DYNAMIC_DNS that uses waypoint 'waypoint' must have location MESH_EXTERNAL, got MESH_INTERNAL",
      () => waypoint().serveServiceEntry(new ServiceEntry(chart, 'Entry', {
        metadata: { name: 'wild', namespace: 'shop' },
        hosts: ['*.example.com'],
        ports,
        resolution: ServiceEntryResolution.DYNAMIC_DNS,
        location: ServiceEntryLocation.MESH_INTERNAL,
      }))],
  ])('is refused: %s', (message, make) => {
    expect(make).toThrow(message);
  });

  test('no canary before 1.31', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT, version: IstioVersion.V1_30 }));
    expect(() => waypoint().serve(shop, { canary: waypoint({ name: 'next' }, 'Next') })).toThrow("canary waypoint 'next'");
  });
});

describe('a closed waypoint', () => {
  const closing = () => all('AuthorizationPolicy').filter(({ metadata }) => metadata.name === 'waypoint-allow-nothing');

  test('refuses what nothing allows, and is closed once', () => {
    waypoint().close().close();
    expect(closing().map(({ metadata, spec }) => [metadata.namespace, spec])).toEqual([
      ['shop', { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }] }],
    ]);
  });

  test('may be in the cluster already, unless it is known to be closed', () => {
    const found = (name: string, closed?: boolean) => Waypoint.fromWaypointName(chart, name, name, { namespace: shop, closed });
    found('known', true).close();
    found('waypoint').close().close();
    expect(all('AuthorizationPolicy').map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec])).toEqual([
      ['shop', 'waypoint-allow-nothing', { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }] }],
    ]);
  });

  test.each([['before', true], ['after', false]])('is closed with its namespace, that was closed %s', (_, first) => {
    first && shop.close();
    waypoint();
    first || shop.close();
    expect(closing()).toHaveLength(1);
  });

  test('cuts off what it serves, and says so', () => {
    const guest = waypoint();
    guest.serve(other).close();
    expect(guest.node.validate()).toEqual(["waypoint 'waypoint' is closed, and so is all behind it in namespace 'other', which says not who may call it: " +
      'call allowFrom of its workloads, or give it another waypoint']);
    other.close();
    expect(guest.node.validate()).toEqual([]);
  });
});
