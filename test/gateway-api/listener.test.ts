import {
  Backend, Certificate, ExternalAuth, HttpListenerOptions, IBackend, Listener, ListenerFilter, ListenerTls, RouteNamespaces,
} from '../../src';
import { BackendConfig } from '../../src/gateway-api/backend';

const certificates = [Certificate.fromSecretName('shop-tls')];
const backendRef = (backend: IBackend) => backend as unknown as BackendConfig;
const render = (listener: Listener, namespace?: string) => listener._toKube(namespace, backendRef);
const SAME = { namespaces: { from: 'Same' } };

test('plain HTTP', () => {
  const listener = Listener.http();
  expect(listener).toMatchObject({ name: 'http', port: 80, protocol: 'HTTP', hostname: undefined });
  expect(render(listener)).toEqual({ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: SAME });
});

test('HTTP with everything said', () => {
  const listener = Listener.http({
    name: 'web',
    port: 8080,
    hostname: '*.example.com',
    routes: RouteNamespaces.all(),
    kinds: [{ kind: 'HTTPRoute' }, { group: 'example.com', kind: 'FooRoute' }],
  });
  expect(render(listener)).toEqual({
    name: 'web',
    port: 8080,
    protocol: 'HTTP',
    hostname: '*.example.com',
    allowedRoutes: {
      namespaces: { from: 'All' },
      kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }, { group: 'example.com', kind: 'FooRoute' }],
    },
  });
});

test('HTTPS ends TLS with its certificates', () => {
  const listener = Listener.https({
    hostname: 'shop.example.com',
    certificates: [...certificates, Certificate.fromSecretName('own', { namespace: 'edge' }), Certificate.fromSecretName('theirs', { namespace: 'certs' })],
    tlsOptions: { 'gateway.istio.io/tls-cipher-suites': 'TLS_AES_128_GCM_SHA256' },
  });
  expect(render(listener, 'edge')).toEqual({
    name: 'https',
    port: 443,
    protocol: 'HTTPS',
    hostname: 'shop.example.com',
    tls: {
      mode: 'Terminate',
      certificateRefs: [
        { group: '', kind: 'Secret', name: 'shop-tls' },
        { group: '', kind: 'Secret', name: 'own' },
        { group: '', kind: 'Secret', name: 'theirs', namespace: 'certs' },
      ],
      options: { 'gateway.istio.io/tls-cipher-suites': 'TLS_AES_128_GCM_SHA256' },
    },
    allowedRoutes: SAME,
  });
});

test('an implementation may find certificates by its own settings', () => {
  const tlsOptions = { 'networking.gke.io/pre-shared-certs': 'shop' };
  expect(render(Listener.https({ tlsOptions })).tls).toEqual({ mode: 'Terminate', options: tlsOptions });
});

test('TLS that is passed through', () => {
  expect(render(Listener.tlsPassthrough({ name: 'db', hostname: 'db.example.com' }))).toEqual({
    name: 'db', port: 443, protocol: 'TLS', hostname: 'db.example.com', tls: { mode: 'Passthrough' }, allowedRoutes: SAME,
  });
});

test('TLS that ends and carries no HTTP', () => {
  expect(render(Listener.tlsTerminate({ port: 8443, certificates }))).toEqual({
    name: 'tls',
    port: 8443,
    protocol: 'TLS',
    tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls' }] },
    allowedRoutes: SAME,
  });
});

test('bytes and datagrams', () => {
  expect(render(Listener.tcp({ port: 5432 }))).toEqual({ name: 'tcp', port: 5432, protocol: 'TCP', allowedRoutes: SAME });
  expect(render(Listener.udp({ port: 53 }))).toEqual({ name: 'udp', port: 53, protocol: 'UDP', allowedRoutes: SAME });
});

test('certificates may be found elsewhere; then nothing is said of TLS', () => {
  expect(render(Listener.https({ certificatesElsewhere: true, hostname: 'shop.example.com' }))).toEqual({
    name: 'https', port: 443, protocol: 'HTTPS', hostname: 'shop.example.com', allowedRoutes: { namespaces: { from: 'Same' } },
  });
  expect(() => Listener.https({ certificatesElsewhere: false })).toThrow('needs a certificate');
});

test.each([
  [{ certificates }, 'certificates'],
  [{ tlsOptions: { 'example.com/a': 'b' } }, 'tlsOptions'],
  [{ certificates: [], tlsOptions: {} }, 'certificates and tlsOptions'],
])('elsewhere is not here: %j', (options, got) => {
  expect(() => Listener.https({ name: 'shop', certificatesElsewhere: true, ...options })).toThrow(
    `listener 'shop' with certificatesElsewhere must have neither certificates nor tlsOptions, got ${got}: leave them out, or certificatesElsewhere`);
});

test('TLS that ends needs a certificate', () => {
  expect(() => Listener.https({})).toThrow('listener \'https\' needs a certificate: pass certificates, or use Listener.http');
  expect(() => Listener.https({ name: 'shop', certificates: [] })).toThrow('listener \'shop\' needs a certificate: pass certificates, or use Listener.http');
  expect(() => Listener.tlsTerminate({ tlsOptions: {} })).toThrow('listener \'tls\' needs a certificate: pass certificates, or use Listener.tlsPassthrough');
});

test('bytes and datagrams need a port', () => {
  expect(() => Listener.tcp({})).toThrow('listener \'tcp\' needs a port: TCP has no default one');
  expect(() => Listener.udp({ name: 'dns' })).toThrow('listener \'dns\' needs a port: UDP has no default one');
});

test('what the API server would refuse is refused', () => {
  expect(() => Listener.http({ name: 'Web' })).toThrow('name of the listener must be a DNS subdomain');
  expect(() => Listener.http({ port: 0 })).toThrow('port of listener \'http\' must be between 1 and 65535, got 0');
  expect(() => Listener.http({ hostname: '10.0.0.1' })).toThrow('hostname of listener \'http\' must be a lower case DNS name');
  expect(() => Listener.https({ certificates: Array(65).fill(certificates[0]) }))
    .toThrow('certificates of listener \'https\' must be at most 64, got 65: use a second listener');
  expect(() => Listener.https({ certificates, tlsOptions: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`example.com/${i}`, ''])) }))
    .toThrow('TLS options of listener \'https\' must be at most 16, got 17: leave some out');
  expect(() => Listener.http({ kinds: Array(9).fill({ kind: 'HTTPRoute' }) })).toThrow('kinds of listener \'http\' must be at most 8, got 9: use a second listener');
});

test('settings of the implementation are keys and values', () => {
  expect(() => Listener.https({ tlsOptions: { 'a b': 'x' } })).toThrow('TLS option of listener \'https\' must be a name of at most 63 letters, digits and ' +
    'inner -_., optionally after a domain and a slash, got \'a b\'');
  expect(() => Listener.tlsPassthrough({ name: 'db', tlsOptions: { 'example.com/x': 'v'.repeat(4097) } }))
    .toThrow('characters of TLS option \'example.com/x\' of listener \'db\' must be at most 4096, got 4097: shorten it');
});

test('TLS that is passed through may have settings', () => {
  const tlsOptions = { 'example.com/sni': 'strict' };
  expect(render(Listener.tlsPassthrough({ tlsOptions })).tls).toEqual({ mode: 'Passthrough', options: tlsOptions });
});

describe('a protocol of the implementation', () => {
  test('with everything said', () => {
    const listener = Listener.custom('example.com/quic', {
      name: 'quic',
      port: 8443,
      hostname: 'shop.example.com',
      tls: ListenerTls.terminate({ certificates }),
      routes: RouteNamespaces.all(),
      kinds: [{ group: 'example.com', kind: 'QuicRoute' }, { kind: 'TLSRoute' }],
    });
    expect(render(listener)).toEqual({
      name: 'quic',
      port: 8443,
      protocol: 'example.com/quic',
      hostname: 'shop.example.com',
      tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls' }] },
      allowedRoutes: {
        namespaces: { from: 'All' },
        kinds: [{ group: 'example.com', kind: 'QuicRoute' }, { group: 'gateway.networking.k8s.io', kind: 'TLSRoute' }],
      },
    });
  });

  test('with TLS that is passed through', () => {
    const tls = ListenerTls.passthrough({ options: { 'example.com/x': 'y' } });
    expect(render(Listener.custom('example.com/quic', { name: 'quic', port: 8443, tls })).tls)
      .toEqual({ mode: 'Passthrough', options: { 'example.com/x': 'y' } });
    expect(render(Listener.custom('example.com/quic', { name: 'quic', port: 8443, tls: ListenerTls.passthrough() })).tls).toEqual({ mode: 'Passthrough' });
  });

  test('TLS that ends needs a certificate', () => {
    expect(() => ListenerTls.terminate({})).toThrow('a listener needs a certificate: pass certificates, or use ListenerTls.passthrough');
  });

  test.each(['QUIC', 'example.com/', 'example.com/quic/2', 'example.com/a-b', `example.com/${'a'.repeat(244)}`])('must be one, not %s', protocol => {
    expect(() => Listener.custom(protocol, { name: 'x', port: 1 })).toThrow('protocol of a custom listener must be a domain and a name such as ' +
      `example.com/quic, at most 255 characters, got '${protocol}': names without domain are Gateway API's own, use Listener.http and the like`);
  });

  test('has no defaults', () => {
    expect(() => Listener.custom('Example.com/quic', { name: 'x', port: 1 })).toThrow('domain of the protocol must be a DNS subdomain');
    expect(() => Listener.custom('example.com/quic', { port: 1 })).toThrow('listener with protocol \'example.com/quic\' needs a name: pass name');
    expect(() => Listener.custom('example.com/quic', { name: 'x' })).toThrow('listener \'x\' needs a port: example.com/quic has no default one');
  });
});

describe('filters', () => {
  const auth = Backend.serviceName('auth', { port: 9000 });
  const filters = [
    ListenerFilter.extension({ group: 'example.com', kind: 'Waf', name: 'edge' }),
    ListenerFilter.externalAuth(ExternalAuth.grpc({ backend: auth })),
  ];
  const requests = [
    { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Waf', name: 'edge' } },
    { type: 'ExternalAuth', externalAuth: { protocol: 'GRPC', grpc: {}, backendRef: auth } },
  ];

  test('keep their order', () => {
    expect(render(Listener.http({ filters })).filters).toEqual({ requests });
    expect(render(Listener.https({ certificates, filters: [...filters].reverse() })).filters).toEqual({ requests: [...requests].reverse() });
    expect(Listener.http({ filters })._backends()).toEqual([auth]);
    expect(Listener.http()._backends()).toEqual([]);
  });

  test('at most 16', () => {
    expect(() => Listener.http({ filters: Array(17).fill(filters[0]) })).toThrow('filters of listener \'http\' must be at most 16, got 17: leave some out');
  });

  test('are for HTTP only', () => {
    const untyped: HttpListenerOptions = { name: 'tcp', port: 1, filters };
    expect(render(Listener.tcp(untyped))).not.toHaveProperty('filters.requests');
    expect(render(Listener.tlsPassthrough(untyped))).not.toHaveProperty('filters.requests');
  });
});

test('kinds are kinds', () => {
  expect(() => Listener.http({ kinds: [{ group: 'Example', kind: 'Foo' }] })).toThrow('group of the routes of listener \'http\' must be a DNS subdomain');
  expect(() => Listener.http({ kinds: [{ kind: '' }] })).toThrow('kind of the routes of listener \'http\' must be letters, digits');
});

test('kinds of Gateway API must fit the protocol', () => {
  expect(() => Listener.tcp({ port: 80, kinds: [{ kind: 'HTTPRoute' }] }))
    .toThrow('kinds of listener \'tcp\' must fit protocol TCP, got HTTPRoute: TCP takes TCPRoute');
});

test.each([
  [Listener.http(), ['HTTPRoute', 'GRPCRoute']],
  [Listener.https({ certificates }), ['HTTPRoute', 'GRPCRoute']],
  [Listener.tlsPassthrough(), ['TLSRoute']],
  [Listener.tcp({ port: 1 }), ['TCPRoute']],
  [Listener.udp({ port: 1 }), ['UDPRoute']],
  [Listener.http({ kinds: [{ kind: 'GRPCRoute' }] }), ['GRPCRoute']],
  [Listener.http({ kinds: [] }), ['HTTPRoute', 'GRPCRoute']],
  [Listener.http({ kinds: [{ group: 'example.com', kind: 'HTTPRoute' }] }), []],
  [Listener.custom('example.com/quic', { name: 'x', port: 1 }), ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']],
])('kinds that a listener admits: %#', (listener, kinds) => {
  const all = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];
  expect(all.filter(kind => listener._admitsKind(kind))).toEqual(kinds);
});

test.each([
  [Listener.http(), Listener.http({ port: 8080 }), false],
  [Listener.http(), Listener.http(), true],
  [Listener.http({ hostname: 'a.com' }), Listener.http({ hostname: 'b.com' }), false],
  [Listener.http({ hostname: 'a.com' }), Listener.http({ hostname: 'a.com' }), true],
  [Listener.http({ hostname: 'a.com' }), Listener.http(), false],
  [Listener.tcp({ port: 80 }), Listener.http(), true],
  [Listener.http(), Listener.tcp({ port: 80 }), true],
  [Listener.tcp({ port: 53 }), Listener.udp({ port: 53 }), false],
  [Listener.udp({ port: 53 }), Listener.udp({ port: 53 }), true],
  [Listener.tcp({ port: 53 }), Listener.tcp({ port: 53 }), true],
  [Listener.udp({ port: 443 }), Listener.https({ certificates }), false],
  [Listener.http({ port: 443, hostname: 'a.com' }), Listener.https({ hostname: 'b.com', certificates }), true],
  [Listener.tlsPassthrough({ hostname: 'a.com' }), Listener.http({ port: 443, hostname: 'b.com' }), true],
  [Listener.tlsPassthrough({ hostname: 'a.com' }), Listener.https({ hostname: 'a.com', certificates }), true],
  [Listener.tlsPassthrough({ hostname: 'a.com' }), Listener.https({ hostname: 'b.com', certificates }), false],
  [Listener.tlsPassthrough({ hostname: 'a.com' }), Listener.tlsTerminate({ hostname: 'b.com', certificates }), false],
  [Listener.custom('example.com/a', { name: 'x', port: 80 }), Listener.tcp({ port: 80 }), false],
  [Listener.tcp({ port: 80 }), Listener.custom('example.com/a', { name: 'x', port: 80 }), false],
  [Listener.custom('example.com/a', { name: 'x', port: 80 }), Listener.custom('example.com/b', { name: 'y', port: 80 }), false],
  [Listener.custom('example.com/a', { name: 'x', port: 80 }), Listener.custom('example.com/a', { name: 'y', port: 80 }), true],
  [Listener.custom('example.com/a', { name: 'x', port: 80 }), Listener.custom('example.com/a', { name: 'y', port: 80, hostname: 'a.com' }), false],
])('whether two listeners collide: %#', (a, b, collides) => {
  expect(a._collision(b) !== undefined).toBe(collides);
  expect(b._collision(a) !== undefined).toBe(collides);
});
