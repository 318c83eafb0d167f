import { App, Chart, Testing } from 'cdk8s';
import {
  DataPlane, EgressForm, EgressGateway, EgressGatewayProps, ExternalPort, ExternalService, ExternalTls, ForwardProxy, GatewayApi, GatewayApiBundle,
  GatewayApiChannel, IstioMesh, IstioMeshProps, LinkerdMesh, Mesh, MeshClient, MeshNamespace, Waypoint,
} from '../../src';

let chart: Chart;
let shop: MeshNamespace;
let egressNamespace: MeshNamespace;

const DNS_CAPTURE: IstioMeshProps = { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } };
const istio = (props: IstioMeshProps = {}) => use(new IstioMesh(chart, 'Mesh', props));

function use(mesh: Mesh, name = 'egress'): void {
  shop = new MeshNamespace(chart, 'Shop', { mesh, name: 'shop' });
  egressNamespace = new MeshNamespace(chart, 'EgressNamespace', { mesh, name });
}

beforeEach(() => {
  chart = new Chart(new App(), 'test');
});

const egress = (props: Partial<EgressGatewayProps> = {}) => new EgressGateway(chart, 'Egress', { namespace: egressNamespace, ...props });
const all = (kind: string) => Testing.synth(chart).filter(object => object.kind === kind);
const specOf = (kind: string, name: string) => all(kind).find(({ metadata }) => metadata.name === name)?.spec;
const names = (kind: string) => all(kind).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
const proxy = ForwardProxy.host('proxy.corp.example.com', 3128);
const checkout = () => [MeshClient.serviceAccountName(shop, 'checkout')];

describe('a gateway that is a Deployment', () => {
  beforeEach(() => istio());

  test('gives each port of a host one of its own, after the first', () => {
    const ports = [ExternalPort.http(), ExternalPort.http({ port: 8080 }), ExternalPort.tls({ port: 8443 })];
    egress().allow(ExternalService.of({ hostnames: ['a.example.com'], ports }), { clients: [shop] });
    expect(specOf('Gateway', 'istio-egressgateway').servers.map(({ port }: any) => [port.number, port.name])).toEqual([
      [443, 'https-a-example-com'], [18080, 'https-a-example-com-18080'], [8443, 'tls-a-example-com-8443'],
    ]);
    expect(specOf('DestinationRule', 'istio-egressgateway').subsets[0].trafficPolicy.portLevelSettings.map(({ port }: any) => port.number)).toEqual([443, 18080, 8443]);
    expect(specOf('ServiceEntry', 'a-example-com').ports.map(({ name }: any) => name)).toEqual(['http', 'http-8080', 'tls']);
  });

  test('stays below the highest port', () => {
    const ports = [ExternalPort.http(), ExternalPort.http({ port: 60000 })];
    egress().allow(ExternalService.of({ hostnames: ['a.example.com'], ports }), { clients: [shop] });
    expect(specOf('Gateway', 'istio-egressgateway').servers.map(({ port }: any) => port.number)).toEqual([443, 50000]);
  });

  test('makes a way for each of several hosts, with one ServiceEntry', () => {
    egress().allow(ExternalService.originate('a.example.com', { moreHosts: ['b.example.com'], name: 'both' }), { clients: [shop] });
    expect(names('ServiceEntry')).toEqual(['egress/both']);
    expect(names('VirtualService')).toEqual(['egress/b-example-com', 'egress/both']);
    expect(names('DestinationRule')).toEqual(['egress/b-example-com', 'egress/both', 'egress/istio-egressgateway']);
    expect(specOf('AuthorizationPolicy', 'both').rules[0].to[0].operation.hosts).toEqual(['a.example.com', 'a.example.com:*', 'b.example.com', 'b.example.com:*']);
  });

  test('speaks HTTP/2 for gRPC, on both sides', () => {
    egress().allow(ExternalService.originateGrpc('a.example.com'));
    const http2 = { http: { h2UpgradePolicy: 'UPGRADE' } };
    expect(specOf('ServiceEntry', 'a-example-com').ports[0]).toEqual({ number: 80, name: 'grpc', protocol: 'GRPC' });
    expect(specOf('DestinationRule', 'a-example-com').trafficPolicy.portLevelSettings[0].connectionPool).toEqual(http2);
    expect(specOf('DestinationRule', 'istio-egressgateway').subsets[0].trafficPolicy.portLevelSettings[0].connectionPool).toEqual(http2);
  });

  test('takes a database by address, known or not', () => {
    egress()
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'] }), { clients: [shop] })
      .allow(ExternalService.tcp('cache.example.com', { port: 6379, addresses: ['198.51.100.8'], identified: false }));
    expect(specOf('ServiceEntry', 'db-example-com')).toMatchObject({
      addresses: ['198.51.100.7'], endpoints: [{ address: '198.51.100.7' }], resolution: 'STATIC', ports: [{ number: 5432, name: 'tcp', protocol: 'TCP' }],
    });
    expect(specOf('Gateway', 'istio-egressgateway').servers.map(({ port, tls }: any) => [port.number, port.protocol, tls?.mode])).toEqual([
      [443, 'TLS', 'ISTIO_MUTUAL'], [6379, 'TCP', undefined],
    ]);
    expect(specOf('AuthorizationPolicy', 'db-example-com').rules[0].when).toEqual([{ key: 'connection.sni', values: ['db.example.com'] }]);
    expect(specOf('AuthorizationPolicy', 'cache-example-com').rules).toEqual([{ to: [{ operation: { ports: ['6379'] } }] }]);
    expect(all('Service')[0].spec.ports.map(({ name }: any) => name)).toEqual(['https', 'tcp-6379']);
  });

  test('asks a forward proxy for a tunnel, by name or by address', () => {
    egress()
      .allow(ExternalService.tls('a.example.com', { proxy }), { clients: [shop] })
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'], proxy: ForwardProxy.address('10.0.0.9', 8080) }), { clients: [shop] });
    expect(specOf('ServiceEntry', 'a-example-com-443-proxy')).toEqual({
      hosts: ['a-example-com-443.proxy.corp.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      endpoints: [{ address: 'proxy.corp.example.com' }],
      ports: [{ number: 3128, name: 'tls', protocol: 'TLS' }],
      exportTo: ['.'],
    });
    expect(specOf('DestinationRule', 'a-example-com-443-proxy')).toEqual({
      host: 'a-example-com-443.proxy.corp.example.com', exportTo: ['.'], trafficPolicy: { tunnel: { targetHost: 'a.example.com', targetPort: 443 } },
    });
    expect(specOf('VirtualService', 'a-example-com').tcp[0].route[0].destination).toEqual({ host: 'a-example-com-443.proxy.corp.example.com', port: { number: 3128 } });
    expect(specOf('ServiceEntry', 'db-example-com-5432-proxy')).toMatchObject({ resolution: 'STATIC', endpoints: [{ address: '10.0.0.9' }] });
  });

  test('limits methods and paths, for all or for some, of one service', () => {
    const api = ExternalService.originate('api.example.com');
    egress().allow(api, { methods: ['GET'], paths: ['/public/*'] }).allow(api, { clients: checkout(), methods: ['POST'] });
    const hosts = ['api.example.com', 'api.example.com:*'];
    expect(specOf('AuthorizationPolicy', 'api-example-com').rules).toEqual([
      { to: [{ operation: { hosts, methods: ['GET'], paths: ['/public/*'] } }] },
      { from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }], to: [{ operation: { hosts, methods: ['POST'] } }] },
    ]);
  });

  test('lets clients reach ranges beside, such as the Kubernetes API', () => {
    egress({ clientNamespaces: [shop], reachableRanges: ['10.0.0.1', 'fd00::1', '169.254.20.0/24'] }).allow(ExternalService.tls('a.example.com'));
    expect(specOf('NetworkPolicy', 'istio-egressgateway-reachable')).toEqual({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: ['10.0.0.1/32', 'fd00::1/128', '169.254.20.0/24'].map(cidr => ({ ipBlock: { cidr } })) }],
    });
  });

  test('says what it is made of', () => {
    const gateway = egress({ form: EgressForm.selfManaged({ maxReplicas: 3 }) }).allow(ExternalService.tls('a.example.com'));
    expect([gateway.name, gateway.workload?.name, gateway.istioGateway?.name, gateway.gateway, gateway.waypoint]).toEqual(
      ['istio-egressgateway', 'istio-egressgateway', 'istio-egressgateway', undefined, undefined]);
    expect(all('HorizontalPodAutoscaler')[0].spec.maxReplicas).toBe(3);
  });

  test.each<[string, (gateway: EgressGateway) => void, string]>([
    ['a wildcard', gateway => gateway.allow(ExternalService.http('*.example.com')),
      "external host '*.example.com' must be one host for a gateway, whose proxy cannot look up what each request names: name the hosts one by one, or use an ambient mesh"],
    ['a wildcard with TLS', gateway => gateway.allow(ExternalService.tls('*.example.com')),
      "external host '*.example.com' must be one host for a gateway, whose proxy cannot look up what each connection names: name the hosts one by one, or use EgressForm.withoutGateway"],
    ['TCP by name, when sidecars leave names to DNS', gateway => gateway.allow(ExternalService.tcp('db.example.com', { port: 5432 })),
      "external host 'db.example.com' of TCP needs addresses, because sidecars that leave names to DNS cannot tell connections to it from others: pass addresses"],
    ['a block of addresses', gateway => gateway.allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['10.0.0.0/8'] })),
      "address of external host 'db.example.com' must be a single one, got '10.0.0.0/8': a gateway does not know which of them the client meant"],
    ['methods of TLS', gateway => gateway.allow(ExternalService.tls('a.example.com'), { methods: ['GET'] }),
      "methods and paths of external host 'a.example.com' cannot be seen in TLS: use ExternalService.originate"],
    ['no methods', gateway => gateway.allow(ExternalService.http('a.example.com'), { methods: [] }),
      "methods of external host 'a.example.com' are empty: leave methods out to allow all, or do not allow the host"],
    ['clients afterwards', gateway => {
      const service = ExternalService.tls('a.example.com');
      gateway.allow(service).allow(service, { clients: [shop] });
    }, "clients of external host 'a.example.com' cannot be listed now, because it was allowed without: list some the first time, or pass identified: true"],
  ])('refuses %s', (_, act, message) => {
    const gateway = egress();
    expect(() => act(gateway)).toThrow(message);
  });

  test('must let somebody out', () => {
    egress();
    expect(() => Testing.synth(chart)).toThrow("egress gateway 'istio-egressgateway' lets nobody out: call allow");
  });

  test('refuses settings that mean nothing', () => {
    expect(() => egress({ clientNamespaces: [] })).toThrow("clientNamespaces of egress gateway 'istio-egressgateway' must not be empty: leave them out");
    expect(() => new EgressGateway(chart, 'E', { namespace: egressNamespace, reachableRanges: ['api'] })).toThrow(
      "reachable range of egress gateway 'istio-egressgateway' must be an IP address or a CIDR block such as 10.0.0.0/8, got 'api'");
  });
});

test('TCP by name works where sidecars answer names', () => {
  istio(DNS_CAPTURE);
  egress().allow(ExternalService.tcp('db.example.com', { port: 5432 }));
  expect(specOf('ServiceEntry', 'db-example-com')).toMatchObject({ resolution: 'DNS', ports: [{ protocol: 'TCP' }] });
});

describe('a gateway that istiod provisions', () => {
  const provisioned = (props: Partial<EgressGatewayProps> = {}) => egress({ form: EgressForm.provisioned(), ...props });
  const listeners = () => specOf('Gateway', 'egress').listeners.map(({ name, port, protocol, hostname, tls }: any) =>
    [name, port, protocol, hostname, tls?.options?.['gateway.istio.io/tls-terminate-mode'] ?? tls?.mode]);

  beforeEach(() => istio());

  test('has a listener for all HTTP whose callers are known, and two routes for each host', () => {
    const gateway = provisioned().allow(ExternalService.originate('a.example.com')).allow(ExternalService.http('b.example.com'), { clients: [shop] });
    expect([gateway.gateway?.name, gateway.workload]).toEqual(['egress', undefined]);
    expect(all('Gateway')[0].metadata.annotations).toEqual({ 'networking.istio.io/service-type': 'ClusterIP' });
    expect(listeners()).toEqual([['mtls', 10080, 'HTTPS', undefined, 'ISTIO_MUTUAL']]);
    expect(specOf('DestinationRule', 'egress')).toEqual({
      host: 'egress-istio.egress.svc.cluster.local', trafficPolicy: { portLevelSettings: [{ port: { number: 10080 }, tls: { mode: 'ISTIO_MUTUAL' } }] },
    });
    expect(specOf('HTTPRoute', 'a-example-com')).toMatchObject({
      parentRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'a-example-com', port: 80 }],
      rules: [{ backendRefs: [{ kind: 'Service', name: 'egress-istio', port: 10080 }] }],
    });
    expect(specOf('HTTPRoute', 'a-example-com-out')).toMatchObject({
      parentRefs: [{ kind: 'Gateway', name: 'egress', sectionName: 'mtls' }],
      hostnames: ['a.example.com'],
      rules: [{
        filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x-forwarded-client-cert'] } }],
        backendRefs: [{ group: 'networking.istio.io', kind: 'Hostname', name: 'a.example.com', port: 443 }],
      }],
    });
    expect(specOf('TLSRoute', 'a-example-com-tls')).toMatchObject({ parentRefs: [{ kind: 'ServiceEntry', port: 443 }], hostnames: ['a.example.com'] });
    expect(specOf('DestinationRule', 'a-example-com')).toMatchObject({ exportTo: ['.'], trafficPolicy: { portLevelSettings: [{ port: { number: 443 } }] } });
    expect(specOf('AuthorizationPolicy', 'b-example-com').targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'egress' }]);
    expect(specOf('NetworkPolicy', 'egress').podSelector).toEqual({ matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'egress' } });
  });

  test('has a port of its own for each host whose TLS it does not read, and for gRPC', () => {
    provisioned()
      .allow(ExternalService.tls('open.example.com'))
      .allow(ExternalService.tls('more.example.com'))
      .allow(ExternalService.tls('known.example.com'), { clients: [shop] })
      .allow(ExternalService.tls('other.example.com', { gatewayPort: 10444 }), { clients: [shop] })
      .allow(ExternalService.grpc('grpc.example.com', { port: 50051 }), { clients: [shop] })
      .allow(ExternalService.http('plain.example.com'))
      .allow(ExternalService.http('plain8080.example.com', { port: 8080 }));
    expect(listeners()).toEqual([
      ['tls-open-example-com', 443, 'TLS', 'open.example.com', 'Passthrough'],
      ['tls-more-example-com', 443, 'TLS', 'more.example.com', 'Passthrough'],
      ['tls-known-example-com', 10443, 'TLS', 'known.example.com', 'ISTIO_MUTUAL'],
      ['tls-other-example-com', 10444, 'TLS', 'other.example.com', 'ISTIO_MUTUAL'],
      ['mtls-grpc-50051', 61051, 'HTTPS', undefined, 'ISTIO_MUTUAL'],
      ['http', 80, 'HTTP', undefined, undefined],
      ['http-8080', 8080, 'HTTP', undefined, undefined],
    ]);
    expect(specOf('DestinationRule', 'egress').trafficPolicy.portLevelSettings[0]).toEqual({ port: { number: 10443 }, tls: { mode: 'ISTIO_MUTUAL', sni: 'known.example.com' } });
    expect(specOf('TLSRoute', 'known-example-com-out')).toMatchObject({ parentRefs: [{ sectionName: 'tls-known-example-com' }], hostnames: ['known.example.com'] });
  });

  test('takes TCP, also through a forward proxy', () => {
    provisioned()
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'], proxy }), { clients: [shop] })
      .allow(ExternalService.tcp('cache.example.com', { port: 6379, addresses: ['198.51.100.8'], identified: false }));
    expect(listeners()).toEqual([
      ['tcp-db-example-com-5432', 15432, 'TLS', 'db.example.com', 'ISTIO_MUTUAL'], ['tcp-cache-example-com-6379', 6379, 'TCP', undefined, undefined],
    ]);
    expect(names('TCPRoute')).toEqual(['egress/cache-example-com', 'egress/cache-example-com-out', 'egress/db-example-com']);
    expect(specOf('TLSRoute', 'db-example-com-out').rules[0].backendRefs[0]).toMatchObject({ name: 'db-example-com-5432.proxy.corp.example.com', port: 3128 });
  });

  test('runs on a revision, with parameters', () => {
    provisioned({ form: EgressForm.provisioned({ revision: 'canary', parameters: { group: '', kind: 'ConfigMap', name: 'egress' } }) })
      .allow(ExternalService.http('a.example.com'));
    expect(all('Gateway')[0].metadata.labels['istio.io/rev']).toBe('canary');
    expect(specOf('Gateway', 'egress').infrastructure).toEqual({
      labels: { 'istio.io/rev': 'canary' }, annotations: { 'networking.istio.io/service-type': 'ClusterIP' }, parametersRef: { group: '', kind: 'ConfigMap', name: 'egress' },
    });
  });

  test('refuses what it cannot tell apart', () => {
    const gateway = provisioned().allow(ExternalService.tls('a.example.com'), { clients: [shop] });
    expect(() => gateway.allow(ExternalService.tls('b.example.com'), { clients: [shop] })).toThrow(
      "port 10443 of egress gateway 'egress' is taken by listener 'tls-a-example-com', so that connections to external host 'b.example.com' could not be told apart: pass gatewayPort");
    expect(() => gateway.allow(ExternalService.tls('*.example.com'))).toThrow("external host '*.example.com' must be one host for a gateway");
    expect(() => gateway.allow(ExternalService.tls('c.example.com'), { paths: ['/'] })).toThrow('cannot be seen in TLS');
  });
});

describe('no gateway, with sidecars', () => {
  const direct = (props: Partial<EgressGatewayProps> = {}) => egress({ form: EgressForm.withoutGateway(), ...props });

  beforeEach(() => istio());

  test('hosts are known to clients alone, who go out by themselves', () => {
    direct()
      .allow(ExternalService.originate('a.example.com'), { clients: [shop] })
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.0/28'] }), { clients: [shop] })
      .allow(ExternalService.tls('*.example.com'), { clients: [shop] });
    expect(specOf('ServiceEntry', 'a-example-com')).toMatchObject({ ports: [{ number: 80, targetPort: 443, protocol: 'HTTP' }], exportTo: ['shop'] });
    expect(specOf('DestinationRule', 'a-example-com')).toEqual({
      host: 'a.example.com', exportTo: ['shop'], trafficPolicy: { tls: { mode: 'SIMPLE', sni: 'a.example.com' } },
    });
    expect(specOf('ServiceEntry', 'db-example-com')).toMatchObject({ resolution: 'NONE', addresses: ['198.51.100.0/28'] });
    expect(specOf('ServiceEntry', 'wildcard-example-com')).toMatchObject({ resolution: 'DYNAMIC_DNS', hosts: ['*.example.com'] });
    expect(specOf('Sidecar', 'default').outboundTrafficPolicy).toEqual({ mode: 'REGISTRY_ONLY' });
    const anywhere = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
    expect(specOf('NetworkPolicy', 'egress-outside').egress).toEqual([
      { to: anywhere, ports: [{ port: 443, protocol: 'TCP' }] },
      { to: [{ ipBlock: { cidr: '198.51.100.0/28' } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    ]);
  });

  test('clients may be added, and those that are known may call what has no list', () => {
    const blog = MeshNamespace.fromNamespaceName(chart, 'Blog', 'blog', { mesh: shop.mesh });
    const listed = ExternalService.tls('listed.example.com');
    direct({ clientNamespaces: [shop] })
      .allow(ExternalService.tls('open.example.com'))
      .allow(listed, { clients: [shop] })
      .allow(listed, { clients: [blog, blog] });
    expect(specOf('ServiceEntry', 'open-example-com').exportTo).toEqual(['shop', 'blog']);
    expect(specOf('ServiceEntry', 'listed-example-com').exportTo).toEqual(['shop', 'blog']);
  });

  test('who calls is anybody, when nobody is named', () => {
    direct().allow(ExternalService.tls('open.example.com'));
    expect(specOf('ServiceEntry', 'open-example-com').exportTo).toBeUndefined();
    expect(names('NetworkPolicy')).toEqual([]);
  });

  test('sidecars ask the forward proxy', () => {
    direct()
      .allow(ExternalService.tls('a.example.com', { proxy, moreHosts: ['b.example.com'] }), { clients: [shop] })
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7'], proxy }), { clients: [shop] });
    expect(specOf('VirtualService', 'a-example-com')).toEqual({
      hosts: ['a.example.com'],
      exportTo: ['shop'],
      tls: [{
        match: [{ port: 443, sniHosts: ['a.example.com'] }],
        route: [{ destination: { host: 'a-example-com-443.proxy.corp.example.com', port: { number: 3128 } } }],
      }],
    });
    expect(names('VirtualService')).toEqual(['egress/a-example-com', 'egress/b-example-com', 'egress/db-example-com']);
    expect(specOf('VirtualService', 'db-example-com').tcp[0].match).toEqual([{ port: 5432 }]);
    expect(specOf('NetworkPolicy', 'egress-outside').egress[0].ports).toEqual([{ port: 3128, protocol: 'TCP' }]);
  });

  test.each<[string, (gateway: EgressGateway) => void, string]>([
    ['a service account', gateway => gateway.allow(ExternalService.tls('a.example.com'), { clients: checkout() }),
      "clients of external host 'a.example.com' can only be namespaces, got service account 'checkout' of 'shop', because a sidecar that goes out by itself asks nobody"],
    ['methods', gateway => gateway.allow(ExternalService.http('a.example.com'), { methods: ['GET'] }),
      "methods and paths of external host 'a.example.com' need a gateway, which reads requests on their way out: use EgressForm.selfManaged or provisioned"],
    ['a Secret', gateway => gateway.allow(ExternalService.originate('a.example.com', { tls: ExternalTls.caSecretName('ca') })),
      "Secret 'ca' for external host 'a.example.com' cannot be read by the sidecars of its clients: use a gateway"],
    ['any host of a domain with HTTP', gateway => gateway.allow(ExternalService.http('*.example.com')),
      "external host '*.example.com' must be one host with HTTP on port 80, because sidecars look up what requests name only where no other service has that port"],
    ['TCP by name', gateway => gateway.allow(ExternalService.tcp('db.example.com', { port: 5432 })), "external host 'db.example.com' of TCP needs addresses"],
  ])('%s is refused', (_, act, message) => {
    const gateway = direct();
    expect(() => act(gateway)).toThrow(message);
  });
});

describe('a waypoint', () => {
  beforeEach(() => istio({ dataPlane: DataPlane.AMBIENT }));

  test('stands before the namespace, and knows all clients', () => {
    const gateway = egress({ clientNamespaces: [shop] })
      .allow(ExternalService.originate('a.example.com', { port: 8080 }), { clients: checkout(), methods: ['GET'] })
      .allow(ExternalService.http('open.example.com'))
      .allow(ExternalService.tcp('db.example.com', { port: 5432 }), { clients: [shop] });
    expect([gateway.name, gateway.waypoint?.name]).toEqual(['egress', 'egress']);
    expect(all('Namespace').find(({ metadata }) => metadata.name === 'egress').metadata.labels).toMatchObject({
      'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'egress',
    });
    expect(specOf('ServiceEntry', 'a-example-com').ports).toEqual([{ number: 8080, targetPort: 443, name: 'http', protocol: 'HTTP' }]);
    expect(specOf('DestinationRule', 'a-example-com')).toEqual({ host: 'a.example.com', trafficPolicy: { tls: { mode: 'SIMPLE', sni: 'a.example.com' } } });
    expect(specOf('AuthorizationPolicy', 'a-example-com')).toEqual({
      targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'a-example-com' }],
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/checkout'] } }], to: [{ operation: { methods: ['GET'] } }] }],
    });
    expect(names('AuthorizationPolicy')).toEqual(['egress/a-example-com', 'egress/db-example-com']);
    expect(specOf('NetworkPolicy', 'egress').ingress[0].ports).toEqual([{ port: 15008, protocol: 'TCP' }]);
    expect(names('Sidecar')).toEqual([]);
    expect(specOf('NetworkPolicy', 'stay-in-cluster').egress).toEqual([{ to: [{ namespaceSelector: {} }] }]);
  });

  test('begins TLS from one of several ports', () => {
    egress().allow(ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.http(), ExternalPort.originate({ port: 8080 })] }));
    expect(specOf('DestinationRule', 'a-example-com').trafficPolicy).toEqual({
      portLevelSettings: [{ port: { number: 8080 }, tls: { mode: 'SIMPLE', sni: 'a.example.com' } }],
    });
  });

  test('looks up any host of a domain for plain HTTP', () => {
    egress().allow(ExternalService.http('*.example.com'), { clients: [shop] });
    expect(specOf('ServiceEntry', 'wildcard-example-com').resolution).toBe('DYNAMIC_DNS');
    expect(specOf('AuthorizationPolicy', 'wildcard-example-com').rules).toEqual([{ from: [{ source: { namespaces: ['shop'] } }] }]);
  });

  test('may be there already, in a namespace that others make', () => {
    const namespace = MeshNamespace.fromNamespaceName(chart, 'Outside', 'outside', { mesh: shop.mesh });
    const waypoint = Waypoint.fromWaypointName(chart, 'Waypoint', 'way-out', { namespace });
    const gateway = new EgressGateway(chart, 'E', { namespace, form: EgressForm.waypoint(waypoint) }).allow(ExternalService.http('a.example.com'));
    expect(gateway.name).toBe('way-out');
    expect(all('ServiceEntry')[0].metadata.labels['istio.io/use-waypoint']).toBe('way-out');
    expect(specOf('NetworkPolicy', 'way-out').podSelector.matchLabels).toEqual({ 'gateway.networking.k8s.io/gateway-name': 'way-out' });
    expect(() => new EgressGateway(chart, 'F', { namespace: egressNamespace, form: EgressForm.waypoint(waypoint) })).toThrow(
      "waypoint 'way-out' of egress gateway 'way-out' must be in its namespace 'egress', got 'outside'");
  });

  test('refuses what a waypoint cannot do', () => {
    const gateway = egress();
    expect(() => gateway.allow(ExternalService.tls('a.example.com', { proxy }))).toThrow(
      "external host 'a.example.com' cannot be reached through forward proxy 'proxy.corp.example.com' by a waypoint, of which only a VirtualService asks a tunnel");
    expect(() => gateway.allow(ExternalService.tls('*.example.com'))).toThrow(
      "external host '*.example.com' must be one host with TLS, because waypoints look up what requests name for plain HTTP only: name the hosts one by one");
    expect(() => gateway.allow(ExternalService.tls('a.example.com'), { methods: ['GET'] })).toThrow('cannot be seen in TLS');
  });

  test('allows all hosts that have no list, once the namespace is closed', () => {
    egress().allow(ExternalService.http('a.example.com'));
    egressNamespace._policies.close();
    expect(specOf('AuthorizationPolicy', 'a-example-com').rules).toEqual([{}]);
  });
});

describe('Linkerd', () => {
  const outside = { group: 'policy.linkerd.io', kind: 'EgressNetwork', name: 'egress' };

  const linkerd = (name?: string) => {
    GatewayApi.declare(chart, { bundle: GatewayApiBundle.V1_5, channel: GatewayApiChannel.EXPERIMENTAL });
    use(new LinkerdMesh(chart, 'Mesh'), name);
  };

  test('refuses what no route of an EgressNetwork allows, in the namespace of the client', () => {
    linkerd();
    egress()
      .allow(ExternalService.tls('a.example.com'), { clients: [shop] })
      .allow(ExternalService.http('*.rates.example.com', { port: 8080 }), { clients: [shop], methods: ['GET', 'HEAD'], paths: ['/rates', '/v1.0/*'] })
      .allow(ExternalService.tcp('db.example.com', { port: 5432, addresses: ['198.51.100.7', 'fd00::7'] }), { clients: [shop] });
    expect(specOf('EgressNetwork', 'egress')).toEqual({ trafficPolicy: 'Deny' });
    expect(names('TLSRoute')).toEqual(['shop/a-example-com']);
    expect(specOf('TLSRoute', 'a-example-com')).toMatchObject({
      hostnames: ['a.example.com'], parentRefs: [{ ...outside, port: 443 }], rules: [{ backendRefs: [outside] }],
    });
    expect(specOf('HTTPRoute', 'wildcard-rates-example-com')).toMatchObject({
      hostnames: ['*.rates.example.com'],
      parentRefs: [{ ...outside, port: 8080 }],
      rules: [{
        matches: [
          { method: 'GET', path: { type: 'Exact', value: '/rates' } }, { method: 'GET', path: { type: 'RegularExpression', value: '/v1\\.0/.*' } },
          { method: 'HEAD', path: { type: 'Exact', value: '/rates' } }, { method: 'HEAD', path: { type: 'RegularExpression', value: '/v1\\.0/.*' } },
        ],
      }],
    });
    expect(specOf('EgressNetwork', 'egress-db-example-com')).toEqual({ trafficPolicy: 'Deny', networks: [{ cidr: '198.51.100.7/32' }, { cidr: 'fd00::7/128' }] });
    expect(specOf('TCPRoute', 'db-example-com').parentRefs).toEqual([{ ...outside, name: 'egress-db-example-com', port: 5432 }]);
    expect(names('NetworkPolicy')).toEqual(['shop/egress-outside', 'shop/stay-in-cluster']);
  });

  test('has an EgressNetwork for all, and repeats its routes where a namespace has its own', () => {
    linkerd('linkerd-egress');
    egress().allow(ExternalService.tls('open.example.com')).allow(ExternalService.tls('listed.example.com'), { clients: [shop] });
    expect(names('EgressNetwork')).toEqual(['linkerd-egress/egress', 'shop/egress']);
    expect(names('TLSRoute')).toEqual(['linkerd-egress/open-example-com', 'shop/listed-example-com', 'shop/open-example-com']);
  });

  test('takes more rules for a service, and several ports', () => {
    linkerd();
    const service = ExternalService.of({ hostnames: ['a.example.com'], ports: [ExternalPort.http(), ExternalPort.http({ port: 8080 })] });
    egress({ clientNamespaces: [shop] }).allow(service, { methods: ['GET'] }).allow(service, { clients: [shop], methods: ['POST'] });
    expect(names('HTTPRoute')).toEqual(['shop/a-example-com', 'shop/a-example-com-1', 'shop/a-example-com-8080', 'shop/a-example-com-8080-1']);
  });

  test('the namespace for all may have another name', () => {
    linkerd('way-out');
    egress({ form: EgressForm.egressNetwork({ globalNamespace: 'way-out' }) }).allow(ExternalService.tls('open.example.com'));
    expect(names('EgressNetwork')).toEqual(['way-out/egress']);
  });

  test.each<[string, (gateway: EgressGateway) => void, string]>([
    ['a service account', gateway => gateway.allow(ExternalService.tls('a.example.com'), { clients: checkout() }),
      "clients of external host 'a.example.com' can only be namespaces, got service account 'checkout' of 'shop', because an EgressNetwork knows clients by namespace alone"],
    ['TLS that the mesh begins', gateway => gateway.allow(ExternalService.originate('a.example.com'), { clients: [shop] }),
      "TLS to external host 'a.example.com' cannot be begun by Linkerd, whose proxies pass on what they are given: let applications begin it"],
    ['a forward proxy', gateway => gateway.allow(ExternalService.tls('a.example.com', { proxy }), { clients: [shop] }),
      "external host 'a.example.com' cannot be reached through forward proxy 'proxy.corp.example.com' by Linkerd, whose proxies ask no tunnel"],
    ['TCP by name', gateway => gateway.allow(ExternalService.tcp('db.example.com', { port: 5432 }), { clients: [shop] }),
      "external host 'db.example.com' of TCP needs addresses, because Linkerd sees no names in it: pass addresses"],
    ['a host for all elsewhere', gateway => gateway.allow(ExternalService.tls('a.example.com')),
      "external host 'a.example.com' is for all clients, whose EgressNetwork must be in namespace 'linkerd-egress', got egress gateway 'egress' in 'egress'"],
    ['a method that is none', gateway => gateway.allow(ExternalService.http('a.example.com'), { clients: [shop], methods: ['FETCH'] }),
      "method of external host 'a.example.com' must be one of GET, HEAD, POST"],
    ['a path that no route matches', gateway => gateway.allow(ExternalService.http('a.example.com'), { clients: [shop], paths: ['*/admin'] }),
      "path of external host 'a.example.com' must be exact or prefix* in a route of Linkerd, got '*/admin'"],
  ])('%s is refused', (_, act, message) => {
    linkerd();
    const gateway = egress();
    expect(() => act(gateway)).toThrow(message);
  });
});
