import { Certificate, Listener, ListenerProtocol, RouteNamespaces } from '../../src';

const certificates = [Certificate.fromSecretName('shop-tls')];
const SAME = { namespaces: { from: 'Same' } };

test('plain HTTP', () => {
  const listener = Listener.http();
  expect(listener).toMatchObject({ name: 'http', port: 80, protocol: ListenerProtocol.HTTP, hostname: undefined });
  expect(listener._toKube()).toEqual({ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: SAME });
});

test('HTTP with everything said', () => {
  const listener = Listener.http({
    name: 'web',
    port: 8080,
    hostname: '*.example.com',
    routes: RouteNamespaces.all(),
    kinds: [{ kind: 'HTTPRoute' }, { group: 'example.com', kind: 'FooRoute' }],
  });
  expect(listener._toKube()).toEqual({
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
    certificates: [...certificates, Certificate.fromSecretName('own', 'edge'), Certificate.fromSecretName('theirs', 'certs')],
    tlsOptions: { 'gateway.istio.io/tls-cipher-suites': 'TLS_AES_128_GCM_SHA256' },
  });
  expect(listener._toKube('edge')).toEqual({
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
  expect(Listener.https({ tlsOptions })._toKube().tls).toEqual({ mode: 'Terminate', options: tlsOptions });
});

test('TLS that is passed through', () => {
  expect(Listener.tlsPassthrough({ name: 'db', hostname: 'db.example.com' })._toKube()).toEqual({
    name: 'db', port: 443, protocol: 'TLS', hostname: 'db.example.com', tls: { mode: 'Passthrough' }, allowedRoutes: SAME,
  });
});

test('TLS that ends and carries no HTTP', () => {
  expect(Listener.tlsTerminate({ port: 8443, certificates })._toKube()).toEqual({
    name: 'tls',
    port: 8443,
    protocol: 'TLS',
    tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-tls' }] },
    allowedRoutes: SAME,
  });
});

test('bytes and datagrams', () => {
  expect(Listener.tcp({ port: 5432 })._toKube()).toEqual({ name: 'tcp', port: 5432, protocol: 'TCP', allowedRoutes: SAME });
  expect(Listener.udp({ port: 53 })._toKube()).toEqual({ name: 'udp', port: 53, protocol: 'UDP', allowedRoutes: SAME });
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
    .toThrow('tlsOptions of listener \'https\' must be at most 16, got 17: leave some out');
  expect(() => Listener.http({ kinds: Array(9).fill({ kind: 'HTTPRoute' }) })).toThrow('kinds of listener \'http\' must be at most 8, got 9: use a second listener');
});

test('kinds of Gateway API must fit the protocol', () => {
  expect(() => Listener.tcp({ port: 80, kinds: [{ kind: 'HTTPRoute' }] }))
    .toThrow('kinds of listener \'tcp\' must fit protocol TCP, got HTTPRoute: TCP takes TCPRoute');
});

test.each([
  [Listener.http(), ['HTTPRoute', 'GRPCRoute']],
  [Listener.https({ certificates }), ['HTTPRoute', 'GRPCRoute']],
  [Listener.tlsPassthrough(), ['TLSRoute', 'TCPRoute']],
  [Listener.tcp({ port: 1 }), ['TCPRoute']],
  [Listener.udp({ port: 1 }), ['UDPRoute']],
  [Listener.http({ kinds: [{ kind: 'GRPCRoute' }] }), ['GRPCRoute']],
  [Listener.http({ kinds: [] }), ['HTTPRoute', 'GRPCRoute']],
  [Listener.http({ kinds: [{ group: 'example.com', kind: 'HTTPRoute' }] }), []],
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
  [Listener.tlsPassthrough({ hostname: 'a.com' }), Listener.https({ hostname: 'a.com', certificates }), false],
])('whether two listeners collide: %#', (a, b, collides) => {
  expect(a._collidesWith(b)).toBe(collides);
});
