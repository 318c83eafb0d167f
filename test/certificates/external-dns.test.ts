import { Chart, Duration, Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import {
  ExternalDns, ExternalDnsHostnameSource, ExternalDnsRecordOptions, Gateway, GatewayApi, GatewayApiChannel, GatewayClass, HttpRoute, Listener,
  ListenerNamespaces, ListenerSet, RouteParent, TcpRoute, UdpRoute,
} from '../../src';

function chartOf(channel = GatewayApiChannel.STANDARD): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel });
  return new Chart(app, 'test');
}

const gatewayIn = (chart: Chart) => new Gateway(chart, 'Edge', {
  metadata: { name: 'edge' }, gatewayClass: GatewayClass.ISTIO, allowedListeners: ListenerNamespaces.all(), listeners: [Listener.http()],
});
const routeIn = (chart: Chart) =>
  new HttpRoute(chart, 'Web', { metadata: { name: 'web' }, parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))], rules: [{}] });
const annotationsWith = (options: ExternalDnsRecordOptions, dns = new ExternalDns()) => {
  const route = routeIn(chartOf());
  dns.publish(route, options);
  return route.metadata.toJson().annotations;
};

test('every setting of a record', () => {
  expect(annotationsWith({
    hostnames: ['shop.example.com', '*.shop.example.com'],
    hostnameSource: ExternalDnsHostnameSource.ANNOTATION_ONLY,
    ttl: Duration.minutes(5),
    setIdentifier: 'eu',
    controller: 'other',
    providerSettings: { 'aws-weight': '10' },
  })).toEqual({
    'external-dns.kubernetes.io/hostname': 'shop.example.com,*.shop.example.com',
    'external-dns.kubernetes.io/gateway-hostname-source': 'annotation-only',
    'external-dns.kubernetes.io/ttl': '300',
    'external-dns.kubernetes.io/set-identifier': 'eu',
    'external-dns.kubernetes.io/controller': 'other',
    'external-dns.kubernetes.io/aws-weight': '10',
  });
  expect(annotationsWith({ hostnameSource: ExternalDnsHostnameSource.DEFINED_HOSTS_ONLY }))
    .toEqual({ 'external-dns.kubernetes.io/gateway-hostname-source': 'defined-hosts-only' });
  expect(annotationsWith({})).toBeUndefined();
});

test('the old prefix, or both', () => {
  expect(annotationsWith({ ttl: Duration.seconds(60) }, new ExternalDns({ prefixes: [ExternalDns.PREFIX_ALPHA] })))
    .toEqual({ 'external-dns.alpha.kubernetes.io/ttl': '60' });
  expect(annotationsWith({ ttl: Duration.seconds(60) }, new ExternalDns({ prefixes: [ExternalDns.PREFIX, ExternalDns.PREFIX_ALPHA] })))
    .toEqual({ 'external-dns.kubernetes.io/ttl': '60', 'external-dns.alpha.kubernetes.io/ttl': '60' });
});

test('prefixes are domains', () => {
  expect(() => new ExternalDns({ prefixes: ['example.com'] }))
    .toThrow('prefixes of external-dns must be domains with a slash, such as external-dns.kubernetes.io/, got \'example.com\'');
  expect(() => new ExternalDns({ prefixes: [] })).toThrow('such as external-dns.kubernetes.io/, got none');
});

test('targets of a Gateway and of a ListenerSet', () => {
  // GIVEN
  const chart = chartOf();
  const gateway = gatewayIn(chart);
  const set = new ListenerSet(chart, 'Set', { gateway, listeners: [Listener.http({ port: 8080 })] });

  // WHEN
  new ExternalDns().target(gateway, '203.0.113.7', '2001:db8::1');
  new ExternalDns().target(set, 'lb.example.net');

  // THEN
  expect(Testing.synth(chart).map(({ metadata }) => metadata.annotations)).toEqual([
    { 'external-dns.kubernetes.io/target': '203.0.113.7,2001:db8::1' },
    { 'external-dns.kubernetes.io/target': 'lb.example.net' },
  ]);
});

test('targets that are none', () => {
  const gateway = gatewayIn(chartOf());
  expect(() => new ExternalDns().target(gateway)).toThrow('Gateway \'edge\' needs at least one target, got none: pass addresses or hosts');
  expect(() => new ExternalDns().target(gateway, 'a b')).toThrow('target of external-dns must be a lower case DNS name');
});

test('each kind has its own', () => {
  const chart = chartOf();
  expect(() => new ExternalDns().target(routeIn(chart), '203.0.113.7')).toThrow('external-dns reads a target of Gateway, ListenerSet only, got HTTPRoute \'web\': use publish for a route');
  expect(() => new ExternalDns().publish(gatewayIn(chart)))
    .toThrow("external-dns makes records of HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute only, got Gateway 'edge': use target for what listens");
  expect(() => new ExternalDns().publish(new ConfigMap(chart, 'Map', { metadata: { name: 'map' } }))).toThrow('got ConfigMap \'map\'');
});

test.each<[ExternalDnsRecordOptions, string]>([
  [{ hostnames: ['A'] }, 'hostname of external-dns must be a lower case DNS name'],
  [{ hostnameSource: ExternalDnsHostnameSource.ANNOTATION_ONLY }, 'HTTPRoute \'web\' has hosts of the annotation only, got none: pass hostnames'],
  [{ ttl: Duration.seconds(0) }, 'ttl of the records of HTTPRoute \'web\' must be whole seconds from 1 to 2147483647, got 0s'],
  [{ providerSettings: { 'aws-weight': '10' } }, 'weighted records of HTTPRoute \'web\' must be told apart, got no setIdentifier: pass setIdentifier'],
  [{ providerSettings: { 'a b': '10' } }, 'annotation of external-dns must be a name of at most 63'],
])('%j is refused', (options, message) => {
  expect(() => annotationsWith(options)).toThrow(message);
});

describe('a route of layer 4', () => {
  const hostnames = ['db.example.com'];

  test('has no hosts but those', () => {
    const route = new TcpRoute(chartOf(GatewayApiChannel.EXPERIMENTAL), 'Db', { metadata: { name: 'db' } });
    expect(() => new ExternalDns().publish(route)).toThrow('TCPRoute \'db\' has no hosts of its own, got no hostnames: pass hostnames');
    new ExternalDns().publish(route, { hostnames });
    expect(route.metadata.toJson().annotations).toEqual({ 'external-dns.kubernetes.io/hostname': 'db.example.com' });
  });

  test('must be served as external-dns reads it', () => {
    const route = new UdpRoute(chartOf(), 'Dns', { metadata: { name: 'dns' } });
    expect(() => new ExternalDns().publish(route, { hostnames })).toThrow(
      'external-dns reads UDPRoute as v1alpha2, which the standard channel of 1.7 does not serve, got \'dns\': ' +
      'pass layer4Version when yours reads another, or declare the channel');
    expect(() => new ExternalDns({ layer4Version: 'v1' }).publish(route, { hostnames })).not.toThrow();
  });
});
