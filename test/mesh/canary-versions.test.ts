import { App, Chart, Duration, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  CanaryCaller, CanaryDelivery, CanaryParent, CanaryProtocol, CanaryRoute, CanaryRouteProps, CanaryStep, CanaryVersion, DataPlane, Gateway,
  GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayBinding, GatewayClass, GatewayForm, GatewayHost, GrpcMethodMatch, HttpHeaderMatch,
  HttpMethod, HttpPathMatch, HttpRouteMatch, IstioGateway, IstioMesh, LinkerdMesh, Listener, ListenerNamespaces, ListenerSet, Mesh, MeshedGateway,
  MeshNamespace, StickyAssignment,
} from '../../src';

let chart: Chart;
let shop: MeshNamespace;

beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh')));

function setUp(makeMesh: (scope: Chart) => Mesh) {
  chart = new Chart(new App(), 'test');
  shop = new MeshNamespace(chart, 'Shop', { mesh: makeMesh(chart), name: 'shop' });
}

const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const version = (name: string) => CanaryVersion.serviceName(name, { port: 80 });
const [v1, v2, v3, v4] = ['web-v1', 'web-v2', 'web-v3', 'web-v4'].map(version);
const istioParent = CanaryParent.istioGateway(IstioGateway.fromGatewayName('public', { namespace: 'edge' }));
const httpParent = CanaryParent.gatewayListener(Gateway.fromGatewayName('public', { namespace: 'edge' }), 'main');
const host = (name: string) => `${name}.shop.svc.cluster.local`;
const hostnames = ['shop.example.com'];

function canary(props: Partial<CanaryRouteProps> = {}) {
  return new CanaryRoute(chart, 'Web', { namespace: shop, parents: [httpParent], hostnames, stable: v1, canary: v2, ...props });
}

/** The rules of either kind of route, as pairs of Service and weight. */
const shares = () => [
  ...['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].flatMap(kind => all(kind).flatMap(({ spec }) => spec.rules)
    .map(({ backendRefs }: any) => backendRefs.map(({ name, weight }: any) => [name, weight]))),
  ...all('VirtualService').flatMap(({ spec }) => [...spec.http ?? [], ...spec.tcp ?? [], ...spec.tls ?? []])
    .map(({ route }: any) => route.map(({ destination, weight }: any) => [destination.host.split('.')[0], weight])),
];

describe('versions', () => {
  test.each([['Gateway API', httpParent], ['Istio', istioParent]])('the stable one gets what all canaries leave, in %s', (_, parent) => {
    canary({ parents: [parent], canaryWeight: 20, others: [{ version: v3, weight: 15 }, { version: v4, weight: 0 }] });
    expect(shares()).toEqual([[['web-v1', 65], ['web-v2', 20], ['web-v3', 15]]]);
  });

  test('each has its pins', () => {
    canary({
      canaryWeight: 20,
      pinned: [HttpRouteMatch.header('v', '2')],
      others: [{ version: v3, weight: 0, pinned: [HttpRouteMatch.header('v', '3')] }],
    });
    expect(shares()).toEqual([[['web-v2', 1]], [['web-v3', 1]], [['web-v1', 80], ['web-v2', 20]]]);
  });

  test('none has a share unless it is said', () => {
    canary();
    expect(shares()).toEqual([[['web-v1', 100]]]);
  });

  test('all shares may go to canaries', () => {
    canary({ canaryWeight: 60, others: [{ version: v3, weight: 40 }] });
    expect(shares()).toEqual([[['web-v2', 60], ['web-v3', 40]]]);
  });

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ canaryWeight: 101 }, "canaryWeight of 'web' must be between 0 and 100 percent, got 101"],
    [{ canaryWeight: 0.5 }, "canaryWeight of 'web' must be between 0 and 100 percent, got 0.5"],
    [{ others: [{ version: v3, weight: -1 }] }, "weight of version 2 of canary route 'web' must be between 0 and 100 percent, got -1"],
    [{ canaryWeight: 60, others: [{ version: v3, weight: 41 }] },
      "weights of canary route 'web' must leave something to the stable version, got 60 + 41 = 101: all canaries together have at most 100 percent"],
    [{ canary: v1 }, "versions of canary route 'web' must differ, got 'web-v1.shop.svc.cluster.local:80' twice: give each version a Service, or a subset"],
    [{ stable: undefined }, "canary route 'web' needs stable, got none: pass CanaryVersion.service(service), or let CanaryDelivery.flagger make the versions"],
    [{ canary: undefined }, "canary route 'web' needs canary, got none"],
  ])('what is no division: %#', (props, message) => {
    expect(() => canary(props)).toThrow(message);
  });

  test('three subsets are of one Service', () => {
    const web = new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop' }, ports: [{ port: 80 }] });
    const subset = (name: string) => CanaryVersion.subset(web, { name, labels: { version: name } });
    canary({ parents: [istioParent], stable: subset('v1'), canary: subset('v2'), canaryWeight: 30, others: [{ version: subset('v3'), weight: 30 }] });
    expect(all('DestinationRule')[0].spec.subsets.map(({ name }: any) => name)).toEqual(['v1', 'v2', 'v3']);
    expect(() => new CanaryRoute(chart, 'Other', {
      namespace: shop, parents: [istioParent], hostnames, stable: subset('v1'), canary: subset('v2'), others: [{ version: v3, weight: 1 }],
    })).toThrow("versions of canary route 'other' must all be subsets of one Service");
  });
});

describe('protocols', () => {
  test('gRPC in Gateway API is a GRPCRoute', () => {
    const route = canary({
      protocol: CanaryProtocol.GRPC, canaryWeight: 10, calls: [GrpcMethodMatch.exact({ service: 'shop.Greeter' })], pinned: [HttpRouteMatch.header('beta', '1')],
    });
    expect(all('GRPCRoute')[0].spec.rules.map(({ matches }: any) => matches)).toEqual([
      [{ method: { type: 'Exact', service: 'shop.Greeter' }, headers: [{ type: 'Exact', name: 'beta', value: '1' }] }],
      [{ method: { type: 'Exact', service: 'shop.Greeter' } }],
    ]);
    expect([route.grpcRoute?.name, route.httpRoute, route.tcpRoute, route.tlsRoute]).toEqual(['web', undefined, undefined, undefined]);
  });

  test('without calls it is every call', () => {
    canary({ protocol: CanaryProtocol.GRPC, pinned: [HttpRouteMatch.header('beta', '1')] });
    expect(all('GRPCRoute')[0].spec.rules.map(({ matches }: any) => matches)).toEqual([
      [{ headers: [{ type: 'Exact', name: 'beta', value: '1' }] }], undefined,
    ]);
  });

  test('gRPC in Istio is requests for /service/method', () => {
    canary({
      parents: [istioParent],
      protocol: CanaryProtocol.GRPC,
      calls: [
        GrpcMethodMatch.exact({ service: 'shop.Greeter' }), GrpcMethodMatch.exact({ service: 'shop.Talker', method: 'Say' }), GrpcMethodMatch.exact({ method: 'Ping' }),
        GrpcMethodMatch.regex({ service: 'shop\\..*', method: 'Get.*' }), GrpcMethodMatch.regex({ service: 'shop\\..*' }),
      ],
    });
    expect(all('VirtualService')[0].spec.http[0].match.map(({ uri }: any) => uri)).toEqual([
      { prefix: '/shop.Greeter/' }, { exact: '/shop.Talker/Say' }, { regex: '/[^/]+/Ping' }, { regex: '/shop\\..*/Get.*' }, { regex: '/shop\\..*/[^/]+' },
    ]);
  });

  test.each([['Gateway API', httpParent], ['Istio', istioParent]])('TCP connections have shares and no hosts, in %s', (_, parent) => {
    const route = canary({ parents: [parent], protocol: CanaryProtocol.TCP, hostnames: undefined, canaryWeight: 30 });
    expect(shares()).toEqual([[['web-v1', 70], ['web-v2', 30]]]);
    expect(route.tcpRoute?.name ?? all('VirtualService')[0].spec.hosts).toEqual(parent === httpParent ? 'web' : ['*']);
  });

  test('TCP connections of the mesh are those of the port', () => {
    canary({ parents: [istioParent, CanaryParent.serviceName('db', 5432)], protocol: CanaryProtocol.TCP, hostnames: undefined });
    expect(all('VirtualService')[0].spec).toEqual({
      hosts: [host('db')],
      gateways: ['edge/public', 'mesh'],
      tcp: [{
        match: [{ port: 5432, gateways: ['mesh'] }, { gateways: ['edge/public'] }],
        route: [{ destination: { host: host('web-v1'), port: { number: 80 } }, weight: 100 }],
      }],
    });
  });

  test('TLS connections are told by their server names, in Gateway API', () => {
    const route = canary({ parents: [httpParent, CanaryParent.serviceName('db')], protocol: CanaryProtocol.TLS, canaryWeight: 30 });
    expect(all('TLSRoute').map(({ metadata, spec }) => [metadata.name, spec.hostnames])).toEqual([['web', hostnames], ['web-mesh', hostnames]]);
    expect(route.tlsRoute!.name).toBe('web');
  });

  test('TLS connections are told by their server names, in Istio', () => {
    canary({ parents: [istioParent], protocol: CanaryProtocol.TLS, canaryWeight: 30 });
    expect(all('VirtualService')[0].spec.tls).toEqual([{
      match: [{ sniHosts: hostnames }],
      route: [{ destination: { host: host('web-v1'), port: { number: 80 } }, weight: 70 }, { destination: { host: host('web-v2'), port: { number: 80 } }, weight: 30 }],
    }]);
  });

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ protocol: CanaryProtocol.GRPC, paths: [HttpPathMatch.prefix('/')] },
      "canary route 'web' divides GRPC, which paths are not for, got paths: leave them out, or use CanaryProtocol.HTTP"],
    [{ protocol: CanaryProtocol.GRPC, sticky: StickyAssignment.cookie() }, "canary route 'web' divides GRPC, which sticky is not for, got sticky: leave it out"],
    [{ calls: [GrpcMethodMatch.exact({ method: 'Say' })] }, "canary route 'web' divides HTTP, which calls are not for, got calls: leave them out, or use CanaryProtocol.GRPC"],
    [{ protocol: CanaryProtocol.TCP, hostnames: undefined, pinned: [HttpRouteMatch.header('a', 'b')] },
      "canary route 'web' divides TCP, which pinned is not for, got pinned: leave it out, or use CanaryProtocol.HTTP or CanaryProtocol.GRPC"],
    [{ protocol: CanaryProtocol.TCP, hostnames: undefined, others: [{ version: v3, weight: 1, pinned: [HttpRouteMatch.header('a', 'b')] }] }, 'which pinned is not for'],
    [{ protocol: CanaryProtocol.TLS, mirrorPercent: 10 }, "canary route 'web' divides TLS, which a mirror is not for, got a mirror"],
    [{ protocol: CanaryProtocol.TLS, steps: [CanaryStep.mirror(1)] }, 'which a mirror is not for'],
    [{ protocol: CanaryProtocol.TCP }, "canary route 'web' divides TCP, which hostnames are not for, got hostnames: leave them out, or use CanaryProtocol.HTTP or " +
      'CanaryProtocol.GRPC or CanaryProtocol.TLS'],
    [{ protocol: CanaryProtocol.TLS, hostnames: undefined, parents: [CanaryParent.serviceName('db')] },
      "canary route 'web' needs hostnames, got none: pass the server names that it serves"],
    [{ protocol: CanaryProtocol.GRPC, pinned: [HttpRouteMatch.of({ method: HttpMethod.POST, headers: [HttpHeaderMatch.exact('a', 'b')] })] },
      "pinned calls of canary route 'web' must have headers and nothing else, which is all that gRPC lets a caller say: use HttpRouteMatch.header"],
    [{ protocol: CanaryProtocol.GRPC, pinned: [HttpRouteMatch.queryParam('a', 'b')] }, "pinned calls of canary route 'web' must have headers"],
  ])('what a protocol does not have: %#', (props, message) => {
    expect(() => canary(props)).toThrow(message);
  });

  describe('of a meshed gateway', () => {
    const gateway = (form: GatewayForm) => new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' }),
      form,
      admits: [shop],
      hosts: [GatewayHost.http('shop.example.com'), GatewayHost.passthrough('tls.example.com'), GatewayHost.tcp(5432)],
    });
    const provisioned = () => gateway(GatewayForm.provisioned(GatewayClass.ISTIO));

    test('bytes of a port, in Gateway API', () => {
      canary({ parents: [CanaryParent.gateway(provisioned(), 5432)], protocol: CanaryProtocol.TCP, hostnames: undefined });
      const [listener] = all('Gateway')[0].spec.listeners.filter(({ protocol }: any) => protocol === 'TCP');
      expect(all('TCPRoute')[0].spec.parentRefs).toMatchObject([{ name: 'public', sectionName: listener.name }]);
    });

    test('bytes of a port, in Istio', () => {
      const parents = [CanaryParent.gateway(gateway(GatewayForm.selfManaged()), 5432), CanaryParent.serviceName('db')];
      canary({ parents, protocol: CanaryProtocol.TCP, hostnames: undefined });
      expect(all('VirtualService')[0].spec.tcp[0].match).toEqual([{ gateways: ['mesh'] }, { port: 5432, gateways: ['edge/public'] }]);
    });

    test('TLS of a host that is passed through', () => {
      canary({ parents: [CanaryParent.gateway(provisioned())], protocol: CanaryProtocol.TLS, hostnames: ['tls.example.com'] });
      const [listener] = all('Gateway')[0].spec.listeners.filter(({ protocol }: any) => protocol === 'TLS');
      expect(all('TLSRoute')[0].spec.parentRefs).toMatchObject([{ name: 'public', sectionName: listener.name }]);
    });

    test.each<[Partial<CanaryRouteProps>, number | undefined, string]>([
      [{ protocol: CanaryProtocol.TCP, hostnames: undefined }, undefined,
        "canary route 'web' for TCP needs a port of gateway 'public', got none: pass it to CanaryParent.gateway"],
      [{}, 5432, "canary route 'web' for HTTP needs hosts and no port of gateway 'public', got 5432: leave it out, or use CanaryProtocol.TCP"],
      [{}, 5433, "gateway 'public' takes no bytes on port 5433: pass GatewayHost.tcp(5433) to it"],
      [{ protocol: CanaryProtocol.TLS }, undefined,
        "host 'shop.example.com' of gateway 'public' is served as HTTP, got canary route 'web' for TLS: use GatewayHost.passthrough"],
      [{ hostnames: ['tls.example.com'] }, undefined,
        "host 'tls.example.com' of gateway 'public' is served as TLS, got canary route 'web' for HTTP: use CanaryProtocol.TLS, or a host of HTTP"],
    ])('what it does not serve: %#', (props, port, message) => {
      const made = provisioned();
      expect(() => canary({ ...props, parents: [CanaryParent.gateway(made, port)] })).toThrow(message);
    });
  });
});

describe('parents', () => {
  const gateway = (admits = true) => new Gateway(chart, 'Gateway', {
    metadata: { name: 'public', namespace: 'edge' },
    gatewayClass: GatewayClass.ISTIO,
    listeners: [Listener.http({ hostname: 'edge.example.com' })],
    allowedListeners: admits ? ListenerNamespaces.named('shop') : undefined,
  });

  test('a listener of a ListenerSet', () => {
    const set = new ListenerSet(chart, 'Set', {
      metadata: { name: 'shop', namespace: 'shop' }, gateway: gateway(), listeners: [Listener.http({ name: 'web', hostname: 'shop.example.com' })],
    });
    canary({ parents: [CanaryParent.listenerSet(set, 'web')] });
    expect(all('HTTPRoute')[0].spec.parentRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'shop', sectionName: 'web' },
    ]);
  });

  test('workloads of a closed namespace take requests of the gateway behind a ListenerSet', () => {
    const edge = new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' });
    const through = new MeshedGateway(chart, 'Gateway', {
      name: 'public', namespace: edge, form: GatewayForm.provisioned(GatewayClass.ISTIO), hosts: [GatewayHost.http('edge.example.com')],
    });
    const set = ListenerSet.fromListenerSetName('shop', { namespace: 'shop', gateway: through.gateway });
    shop._policies.close();
    canary({ parents: [CanaryParent.listenerSet(set, 'web', through)] });
    expect(all('AuthorizationPolicy').map(({ metadata }) => metadata.name)).toContain('web-from-public');
    const other = ListenerSet.fromListenerSetName('other', { gateway: Gateway.fromGatewayName('internal') });
    expect(() => CanaryParent.listenerSet(other, 'web', through)).toThrow(
      "listener set 'other' is of gateway 'internal', got gateway 'public': pass the gateway that it adds to");
  });

  describe('a ListenerSet that a gateway of this app admits', () => {
    const through = (form: GatewayForm, admits = true) => new MeshedGateway(chart, 'Gateway', {
      name: 'public',
      namespace: new MeshNamespace(chart, 'Edge', { mesh: shop.mesh, name: 'edge' }),
      form,
      hosts: [GatewayHost.http('edge.example.com')],
      admitsListeners: admits ? [shop] : undefined,
    });
    const setOf = ({ gateway: by }: MeshedGateway) => new ListenerSet(chart, 'Set', {
      metadata: { name: 'shop', namespace: 'shop' }, gateway: by, listeners: [Listener.http({ name: 'web', hostname: 'shop.example.com' })],
    });

    test.each([
      ['provisioned', GatewayForm.provisioned(GatewayClass.ISTIO)], ['self-managed', GatewayForm.selfManaged({ binding: GatewayBinding.GATEWAY_API })],
    ])('of the form %s', (_, form) => {
      const gateways = through(form);
      canary({ parents: [CanaryParent.listenerSet(setOf(gateways), 'web', gateways)] });
      expect(all('Gateway')[0].spec.allowedListeners).toEqual({
        namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
      });
      expect(all('HTTPRoute')[0].spec.parentRefs).toEqual([
        { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'shop', sectionName: 'web' },
      ]);
    });

    test('is refused where nothing admits it', () => {
      expect(() => setOf(through(GatewayForm.provisioned(GatewayClass.ISTIO), false))).toThrow("ListenerSet 'shop' cannot attach to gateway 'public'");
    });

    test.each([['nginx', GatewayForm.nginx()], ['an Istio Gateway', GatewayForm.selfManaged()]])('has no place at %s', (_, form) => {
      expect(() => through(form)).toThrow(
        "gateway 'public' has no Gateway of Gateway API, which alone admits ListenerSets: leave admitsListeners out, or use GatewayForm.provisioned");
    });

    test('is not meant by what is said at the edge, which names its hosts', () => {
      const { edge } = through(GatewayForm.provisioned(GatewayClass.ISTIO));
      expect(() => edge.cleanHeaders()).toThrow(
        "gateway 'public' admits ListenerSets of shop, for whose hosts nothing is said at its edge: name the hosts that are meant, or leave admitsListeners out");
      expect(() => edge.cleanHeaders({ hosts: ['edge.example.com'], removeFromRequests: ['x-secret'] }).logAccess()).not.toThrow();
    });
  });

  test('gateways and the mesh are two objects of Gateway API, and hosts count for gateways only', () => {
    const route = canary({ parents: [httpParent, CanaryParent.serviceName('web', 80)], canaryWeight: 10 });
    expect(all('HTTPRoute').map(({ metadata, spec }) => [metadata.name, spec.hostnames, spec.parentRefs[0].kind])).toEqual([
      ['web', hostnames, 'Gateway'], ['web-mesh', undefined, 'Service'],
    ]);
    expect(all('HTTPRoute')[1].spec.parentRefs).toEqual([{ group: '', kind: 'Service', name: 'web', port: 80 }]);
    expect(route.httpRoute!.name).toBe('web');
  });

  test('a Service on one port leaves its other ports alone, in Istio', () => {
    canary({ parents: [istioParent, CanaryParent.serviceName('web', 80)], canaryWeight: 10, paths: [HttpPathMatch.exact('/a')] });
    expect(all('VirtualService')[0].spec.http[0].match).toEqual([
      { uri: { exact: '/a' }, port: 80, gateways: ['mesh'] }, { uri: { exact: '/a' }, gateways: ['edge/public'] },
    ]);
  });

  test('Services on two ports are matched by both', () => {
    const labels = { pod: 'tester' };
    canary({
      parents: [CanaryParent.serviceName('web', 80), CanaryParent.serviceName('api', 81)], hostnames: undefined, pinnedCallers: [CanaryCaller.pods(shop, labels)],
    });
    expect(all('VirtualService')[0].spec.http.map(({ match }: any) => match)).toEqual([
      [{ port: 80, sourceNamespace: 'shop', sourceLabels: labels }, { port: 81, sourceNamespace: 'shop', sourceLabels: labels }],
      [{ port: 80 }, { port: 81 }],
    ]);
  });

  test('one port of one Service and every port of another', () => {
    expect(() => canary({ parents: [istioParent, CanaryParent.serviceName('web', 80), CanaryParent.serviceName('api')] })).toThrow(
      "services of canary route 'web' must all be divided on one port or all on every port, got 'web' on 80 and 'api' on every port: write a route for each");
  });

  test.each([['Web', undefined, 'name of the Service must be a DNS label'], ['web', 0, 'port must be between 1 and 65535, got 0']])('a Service that is none: %s:%s', (name, port, message) => {
    expect(() => CanaryParent.serviceName(name, port)).toThrow(message);
  });
});

describe('callers', () => {
  const tools = () => new MeshNamespace(chart, 'Tools', { mesh: shop.mesh, name: 'tools' });
  const service = CanaryParent.serviceName('web', 80);

  test('of a namespace have a route of their own in Gateway API', () => {
    canary({ parents: [httpParent, service], pinnedCallers: [CanaryCaller.namespace(tools())], canaryWeight: 10 });
    expect(all('HTTPRoute').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['shop/web', 'shop/web-mesh', 'tools/web-shop']);
    expect(all('HTTPRoute')[2].spec).toEqual({
      parentRefs: [{ group: '', kind: 'Service', name: 'web', namespace: 'shop', port: 80 }],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'web-v2', namespace: 'shop', port: 80, weight: 1 }],
      }],
    });
    expect(all('ReferenceGrant')).toEqual([]);
  });

  test('are a condition of the first rule in Istio', () => {
    canary({ parents: [istioParent, service], pinnedCallers: [CanaryCaller.namespace(tools()), CanaryCaller.pods(shop, { role: 'tester' })] });
    expect(all('VirtualService')[0].spec.http[0]).toEqual({
      match: [{ port: 80, sourceNamespace: 'tools' }, { port: 80, sourceNamespace: 'shop', sourceLabels: { role: 'tester' } }],
      route: [{ destination: { host: host('web-v2'), port: { number: 80 } }, weight: 100 }],
    });
  });

  test('of connections too', () => {
    const db = new Service(chart, 'Db', { metadata: { name: 'db', namespace: 'shop' }, ports: [{ port: 5432 }] });
    canary({ parents: [CanaryParent.service(db)], protocol: CanaryProtocol.TLS, pinnedCallers: [CanaryCaller.namespace(tools())] });
    expect(all('TLSRoute').map(({ metadata, spec }) => [metadata.name, spec.hostnames])).toEqual([['web', hostnames], ['web-shop', hostnames]]);
  });

  test.each<[string, () => Partial<CanaryRouteProps>, string]>([
    ['labels beside a Gateway of Gateway API', () => ({ parents: [httpParent, service], pinnedCallers: [CanaryCaller.pods(shop, { a: 'b' })] }),
      "got callers by labels of namespace 'shop' of Istio and gateway 'public' of Gateway API"],
    ['the own namespace', () => ({ parents: [service], hostnames: undefined, pinnedCallers: [CanaryCaller.namespace(shop)] }),
      "callers of canary route 'web' are in its own namespace 'shop', where a route of Gateway API counts for all callers: use CanaryCaller.pods"],
    ['no Service', () => ({ pinnedCallers: [CanaryCaller.namespace(tools())] }),
      "callers of canary route 'web' are told apart on their way to a Service, got only gateway 'public': add CanaryParent.service(service), or pin a header"],
  ])('where they cannot be told: %s', (_, props, message) => {
    expect(() => canary(props())).toThrow(message);
  });

  test('no labels', () => {
    expect(() => CanaryCaller.pods(shop, {})).toThrow("callers of namespace 'shop' need at least one label, got none: use CanaryCaller.namespace for all of them");
  });

  test('in an ambient mesh', () => {
    setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT }));
    expect(() => canary({ parents: [service], hostnames: undefined, pinnedCallers: [CanaryCaller.namespace(tools())] })).toThrow(
      "callers of canary route 'web' cannot be told apart: in an ambient mesh the waypoint of the Service routes, which takes routes of its namespace only and knows " +
      'no labels of callers: let them send a header, and pin that');
  });
});

describe('in an ambient mesh, calls are divided by the waypoint of their Service', () => {
  const known = (labels = {}) => new Service(chart, 'Service', { metadata: { name: 'web', namespace: 'shop', labels }, ports: [{ port: 80 }] });
  const problems = () => chart.node.findAll().flatMap(node => node.node.validate());
  beforeEach(() => setUp(scope => new IstioMesh(scope, 'Mesh', { dataPlane: DataPlane.AMBIENT })));

  test('which it must use', () => {
    canary({ parents: [CanaryParent.service(known())], hostnames: undefined });
    expect(problems()).toEqual(["service 'web' of canary route 'web' uses no waypoint, which alone divides its calls in an ambient mesh: " +
      'make a Waypoint, and let it serve the namespace or the Service']);
  });

  test('by a label of its own', () => {
    canary({ parents: [CanaryParent.service(known({ 'istio.io/use-waypoint': 'waypoint' }))], hostnames: undefined });
    expect(problems()).toEqual([]);
  });

  test('by a label of the namespace, also one that is put there later', () => {
    canary({ parents: [CanaryParent.service(known())], hostnames: undefined });
    shop._mark('waypoint', { 'istio.io/use-waypoint': 'waypoint' }, {});
    expect(problems()).toEqual([]);
  });

  test('as far as it is known', () => {
    const namespace = MeshNamespace.fromNamespaceName(chart, 'Known', 'shop', { mesh: shop.mesh });
    canary({ namespace, parents: [CanaryParent.service(known())], hostnames: undefined });
    expect(problems()).toEqual([]);
  });
});

describe('sticky clients', () => {
  const cookies = (rule: any) => rule.backendRefs.map(({ filters }: any) => filters?.[0].responseHeaderModifier.add);

  test('are given a cookie, and have rules before the weights', () => {
    canary({ canaryWeight: 10, sticky: StickyAssignment.cookie({ maxAge: Duration.hours(1) }) });
    const { rules } = all('HTTPRoute')[0].spec;
    expect(rules.map(({ matches }: any) => matches[0].headers)).toEqual([
      [{ type: 'RegularExpression', name: 'cookie', value: '^(.*; *)?web-version=stable(;.*)?$' }],
      [{ type: 'RegularExpression', name: 'cookie', value: '^(.*; *)?web-version=canary(;.*)?$' }],
      undefined,
    ]);
    expect(rules.map(({ backendRefs: [{ name }] }: any) => name)).toEqual(['web-v1', 'web-v2', 'web-v1']);
    expect(cookies(rules[2])).toEqual(['stable', 'canary'].map(role =>
      [{ name: 'set-cookie', value: `web-version=${role}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure` }]));
  });

  test('in Istio too', () => {
    canary({ parents: [istioParent], canaryWeight: 10, others: [{ version: v3, weight: 5 }], sticky: StickyAssignment.cookie({ name: 'v', secure: false }) });
    const { http } = all('VirtualService')[0].spec;
    expect(http.map(({ match }: any) => match?.[0].headers.cookie.regex)).toEqual([
      '^(.*; *)?v=stable(;.*)?$', '^(.*; *)?v=canary(;.*)?$', '^(.*; *)?v=canary-2(;.*)?$', undefined,
    ]);
    expect(http[3].route[2].headers).toEqual({ response: { add: { 'set-cookie': 'v=canary-2; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax' } } });
  });

  test('are let go by a version without a share', () => {
    canary({ canaryWeight: 0, sticky: StickyAssignment.cookie() });
    expect(all('HTTPRoute')[0].spec.rules).toHaveLength(1);
    expect(cookies(all('HTTPRoute')[0].spec.rules[0])).toEqual([undefined]);
  });

  test('a pinned query wins over their version, where headers outrank queries', () => {
    canary({ canaryWeight: 10, sticky: StickyAssignment.cookie({ name: 'v' }), pinned: [HttpRouteMatch.queryParam('beta', '1'), HttpRouteMatch.header('beta', '1')] });
    expect(all('HTTPRoute')[0].spec.rules[0].matches.map(({ headers }: any) => headers?.map(({ name }: any) => name))).toEqual([undefined, ['cookie'], ['beta']]);
  });

  test.each([
    [{ name: 'a b' }, "name of the sticky cookie must consist of letters, digits, '-' and '_', got 'a b'"],
    [{ maxAge: Duration.millis(1500) }, 'maxAge of the sticky cookie must be a whole number of seconds from 1, got 1500 ms'],
    [{ maxAge: Duration.seconds(0) }, 'maxAge of the sticky cookie must be a whole number of seconds from 1, got 0 ms'],
  ])('a cookie that is none: %j', (options, message) => {
    expect(() => StickyAssignment.cookie(options)).toThrow(message);
  });
});

describe('copies', () => {
  test.each([[CanaryProtocol.HTTP, 'HTTPRoute'], [CanaryProtocol.GRPC, 'GRPCRoute']])('of %s go to the canary, which answers none', (protocol, kind) => {
    canary({ protocol, mirrorPercent: 25 });
    expect(all(kind)[0].spec.rules).toHaveLength(1);
    expect(all(kind)[0].spec.rules[0].filters).toEqual([{
      type: 'RequestMirror', requestMirror: { backendRef: { group: '', kind: 'Service', name: 'web-v2', port: 80 }, percent: 25 },
    }]);
    expect(shares()).toEqual([[['web-v1', 100]]]);
  });

  test('in Istio too', () => {
    canary({ parents: [istioParent], mirrorPercent: 25 });
    expect(all('VirtualService')[0].spec.http[0].mirrors).toEqual([
      { destination: { host: host('web-v2'), port: { number: 80 } }, percentage: { value: 25 } },
    ]);
  });

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ mirrorPercent: 0 }, "mirrorPercent of 'web' must be between 1 and 100 percent, got 0"],
    [{ mirrorPercent: 10, canaryWeight: 5 }, "canary route 'web' must mirror before anything is shifted, got mirrorPercent 10 with canaryWeight 5: the canary would get some requests twice"],
  ])('that are refused: %#', (props, message) => {
    expect(() => canary(props)).toThrow(message);
  });
});

describe('steps', () => {
  const steps = [
    CanaryStep.weight(0), CanaryStep.mirror(50), CanaryStep.pause(), CanaryStep.weight(10), CanaryStep.pause(Duration.minutes(5)),
    CanaryStep.weight(100),
  ];
  const state = () => {
    const [{ filters, backendRefs }] = all('HTTPRoute')[0].spec.rules;
    return [backendRefs.find(({ name }: any) => name === 'web-v2')?.weight ?? 0, filters?.[0].requestMirror.percent];
  };

  test.each([[0, [0, undefined]], [1, [0, 50]], [2, [0, 50]], [3, [10, undefined]], [4, [10, undefined]], [5, [100, undefined]]])('after step %d', (currentStep, expected) => {
    canary({ steps, delivery: CanaryDelivery.manual({ currentStep }) });
    expect(state()).toEqual(expected);
  });

  test('the first one holds unless another is named', () => {
    canary({ steps: [CanaryStep.weight(20), CanaryStep.weight(30)] });
    expect(state()).toEqual([20, undefined]);
  });

  test.each<[Partial<CanaryRouteProps>, string]>([
    [{ steps: [] }, "steps of canary route 'web' must not be empty: pass CanaryStep.weight(percent) at least, or leave them out"],
    [{ steps, canaryWeight: 5 }, "steps of canary route 'web' say what the canary gets, got canaryWeight 5 as well: leave it out"],
    [{ steps, mirrorPercent: 5 }, "steps of canary route 'web' say what the canary gets, got mirrorPercent 5 as well: leave it out"],
    [{ steps, delivery: CanaryDelivery.manual({ currentStep: 6 }) }, "current step of canary route 'web' must be between 0 and 5, got 6"],
    [{ steps, delivery: CanaryDelivery.manual({ currentStep: 0.5 }) }, "current step of canary route 'web' must be between 0 and 5, got 0.5"],
    [{ delivery: CanaryDelivery.manual({ currentStep: 1 }) }, "current step of canary route 'web' needs steps, got step 1 of none: pass steps"],
    [{ steps: [CanaryStep.weight(10), CanaryStep.mirror(5)] },
      "steps of canary route 'web' must mirror before anything is shifted, got a mirror at 1 after a weight at 0: the canary would get some requests twice"],
  ])('that lead nowhere: %#', (props, message) => {
    expect(() => canary(props)).toThrow(message);
  });

  test.each([
    [() => CanaryStep.weight(-1), 'weight of a canary step must be between 0 and 100 percent, got -1'],
    [() => CanaryStep.mirror(0), 'mirror of a canary step must be between 1 and 100 percent, got 0'],
    [() => CanaryStep.pause(Duration.millis(1500)), 'pause of a canary step must be a whole number of seconds from 1, got 1500 ms'],
    [() => CanaryStep.pause(Duration.seconds(0)), 'pause of a canary step must be a whole number of seconds from 1, got 0 ms'],
  ])('that are none: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('in Linkerd', () => {
  const parents = [CanaryParent.serviceName('web', 80)];
  beforeEach(() => setUp(scope => new LinkerdMesh(scope, 'Mesh')));

  test.each([[CanaryProtocol.HTTP, 'HTTPRoute'], [CanaryProtocol.GRPC, 'GRPCRoute']])('%s of a Service is divided', (protocol, kind) => {
    canary({ parents, hostnames: undefined, protocol, canaryWeight: 10 });
    expect(all(kind)[0].spec.parentRefs).toEqual([{ group: '', kind: 'Service', name: 'web', port: 80 }]);
    expect(shares()).toEqual([[['web-v1', 90], ['web-v2', 10]]]);
  });

  test('hosts stay with the route of the gateway, because Linkerd would heed them', () => {
    canary({ parents: [httpParent, ...parents], canaryWeight: 10 });
    expect(all('HTTPRoute').map(({ spec }) => spec.hostnames)).toEqual([hostnames, undefined]);
  });

  test('clients are sticky, and a namespace of callers is pinned', () => {
    const tools = new MeshNamespace(chart, 'Tools', { mesh: shop.mesh, name: 'tools' });
    canary({ parents, hostnames: undefined, canaryWeight: 10, sticky: StickyAssignment.cookie(), pinnedCallers: [CanaryCaller.namespace(tools)] });
    expect(all('HTTPRoute').map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'tools']);
  });

  test.each([[CanaryProtocol.HTTP, 'HTTPRoute'], [CanaryProtocol.GRPC, 'GRPCRoute']])('copies of %s are refused, because Linkerd would skip the route', (protocol, kind) => {
    expect(() => canary({ parents, hostnames: undefined, protocol, mirrorPercent: 10 })).toThrow(
      `Linkerd edge-26.8 does not read spec.rules[0].filters[0].requestMirror of ${kind} 'web': the whole route is skipped`);
  });

  test.each([[CanaryProtocol.TCP, 'TCPRoute', undefined], [CanaryProtocol.TLS, 'TLSRoute', hostnames]])('%s is refused, where the version that Linkerd asks for is not served', (protocol, kind, names) => {
    expect(() => canary({ parents, protocol, hostnames: names })).toThrow(
      `Linkerd edge-26.8 does not read ${kind} 'web': it asks for v1alpha2, which the standard channel of 1.7 does not serve`);
  });

  test('TCP is divided, where it is served', () => {
    chart = new Chart(new App(), 'old');
    GatewayApi.declare(chart, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
    shop = new MeshNamespace(chart, 'Shop', { mesh: new LinkerdMesh(chart, 'Mesh'), name: 'shop' });
    canary({ parents, hostnames: undefined, protocol: CanaryProtocol.TCP, canaryWeight: 10 });
    expect(all('TCPRoute')[0].apiVersion).toBe('gateway.networking.k8s.io/v1alpha2');
    expect(shares()).toEqual([[['web-v1', 90], ['web-v2', 10]]]);
  });
});
