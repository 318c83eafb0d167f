import { Chart, Testing } from 'cdk8s';
import {
  BackendTrust, CaCertificate, Certificate, GatewayApi, GatewayApiChannel, SessionPersistence, XBackend, XBackendEndpoints, XBackendProps,
  XBackendProtocol, XBackendTls,
} from '../../src';

function chartIn(namespace?: string): Chart {
  const app = Testing.app();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test', { namespace });
}

const endpoints = XBackendEndpoints.externalHostname('api.example.com');
const validation = { hostname: 'api.example.com', trust: BackendTrust.system() };
const backendWith = (props: Partial<XBackendProps>) => () =>
  new XBackend(chartIn('shop'), 'Api', { metadata: { name: 'api' }, endpoints, port: 443, ...props });
const specWith = (props: Partial<XBackendProps>) => backendWith(props)()._toKube();

test('a host outside the cluster, with a certificate on both sides', () => {
  // GIVEN
  const chart = chartIn('shop');

  // WHEN
  const backend = new XBackend(chart, 'Api', {
    metadata: { name: 'api' },
    endpoints,
    port: 443,
    protocol: XBackendProtocol.HTTP2,
    tls: XBackendTls.clientAndServer({ hostname: 'api.example.com', trust: BackendTrust.certificates(CaCertificate.configMapName('ca')) },
      Certificate.fromSecretName('client-tls')),
  });

  // THEN
  expect(backend.namespace).toBe('shop');
  expect(backend.bind(chart)).toEqual({ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'api', namespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'gateway.networking.x-k8s.io/v1alpha1',
    kind: 'XBackend',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      type: 'ExternalHostname',
      externalHostname: { hostname: 'api.example.com' },
      port: { number: 443 },
      protocol: 'HTTP2',
      tls: {
        mode: 'ClientAndServer',
        clientCertificateRef: { group: '', kind: 'Secret', name: 'client-tls' },
        validation: { hostname: 'api.example.com', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
      },
    },
  }]);
});

test('pods by label, with sessions', () => {
  expect(specWith({
    endpoints: XBackendEndpoints.endpointSelector({ 'app.kubernetes.io/name': 'cart' }, { sessionPersistence: SessionPersistence.header('X-Session') }),
    port: 8080,
  })).toEqual({
    type: 'EndpointSelector',
    endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'cart' } },
    sessionPersistence: { type: 'Header', header: { name: 'X-Session' } },
    port: { number: 8080 },
  });
});

test('TLS in which the backend alone shows a certificate, and none', () => {
  expect(specWith({ tls: XBackendTls.serverOnly(validation) }).tls)
    .toEqual({ mode: 'ServerOnly', validation: { hostname: 'api.example.com', wellKnownCACertificates: 'System' } });
  expect(specWith({ tls: XBackendTls.none() }).tls).toEqual({ mode: 'None' });
  expect(specWith({}).tls).toBeUndefined();
});

test.each(['TCP', 'HTTP', 'HTTP11', 'MCP', 'GRPC'])('%s goes with and without TLS', word => {
  const protocol = word as XBackendProtocol;
  expect(specWith({ protocol }).protocol).toBe(word);
  expect(specWith({ protocol, tls: XBackendTls.serverOnly(validation) }).protocol).toBe(word);
});

test('H2C has no TLS', () => {
  expect(specWith({ protocol: XBackendProtocol.H2C, tls: XBackendTls.none() }).protocol).toBe('H2C');
  expect(backendWith({ protocol: XBackendProtocol.H2C, tls: XBackendTls.serverOnly(validation) }))
    .toThrow('protocol H2C has no TLS, got tls: use XBackendProtocol.HTTP2, or leave tls out');
});

test.each([
  [XBackendProtocol.HTTP2, 'protocol HTTP2 needs TLS, got none: pass XBackendTls.serverOnly, or use XBackendProtocol.H2C'],
  [XBackendProtocol.WSS, 'protocol WSS needs TLS, got none: pass XBackendTls.serverOnly'],
])('%s needs TLS', (protocol, message) => {
  expect(specWith({ protocol, tls: XBackendTls.serverOnly(validation) }).protocol).toBe(protocol);
  expect(backendWith({ protocol })).toThrow(message);
  expect(backendWith({ protocol, tls: XBackendTls.none() })).toThrow(message);
});

test('a client certificate in another namespace brings its grant', () => {
  // GIVEN
  const chart = chartIn('shop');

  // WHEN
  new XBackend(chart, 'Api', { endpoints, port: 443, tls: XBackendTls.clientAndServer(validation, Certificate.fromSecretName('client-tls', { namespace: 'pki' })) });

  // THEN
  const [backend, grant] = Testing.synth(chart);
  expect(backend.spec.tls.clientCertificateRef).toEqual({ group: '', kind: 'Secret', name: 'client-tls', namespace: 'pki' });
  expect(grant).toMatchObject({
    kind: 'ReferenceGrant',
    metadata: { namespace: 'pki' },
    spec: {
      from: [{ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', namespace: 'shop' }],
      to: [{ group: '', kind: 'Secret', name: 'client-tls' }],
    },
  });
});

test('a CA certificate in another namespace cannot be reached', () => {
  const trust = BackendTrust.certificates(CaCertificate.configMapName('ca', { namespace: 'pki' }));
  expect(backendWith({ tls: XBackendTls.serverOnly({ hostname: 'api.example.com', trust }) }))
    .toThrow('CA certificate ConfigMap \'ca\' is in namespace \'pki\', where a backend\'s trust cannot reach');
});

test.each(['*.example.com', '10.0.0.1', 'API'])('%s is no host of an XBackend', hostname => {
  expect(() => XBackendEndpoints.externalHostname(hostname)).toThrow('hostname of the XBackend must');
});

test('a host of the cluster is none outside', () => {
  expect(() => XBackendEndpoints.externalHostname('cart.shop.svc.cluster.local'))
    .toThrow('hostname of the XBackend must be outside the cluster, got \'cart.shop.svc.cluster.local\': ' +
      'use Backend.service, or XBackendEndpoints.endpointSelector');
});

test.each([0, 65536, 1.5])('%d is no port', port => {
  expect(backendWith({ port })).toThrow(`XBackend 'api': port must be between 1 and 65535, got ${port}`);
});

test('a selector has 1 to 64 labels that a pod can have', () => {
  const labels = (count: number) => () => XBackendEndpoints.endpointSelector(Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ''])));
  expect(labels(64)).not.toThrow();
  expect(labels(0)).toThrow('endpointSelector of an XBackend needs at least one label, got none: it cannot select every pod');
  expect(labels(65)).toThrow('labels of the endpointSelector must be at most 64, got 65: leave some out');
  expect(() => XBackendEndpoints.endpointSelector({ 'a b': 'c' })).toThrow('label of the endpointSelector must be a name of at most 63');
  expect(() => XBackendEndpoints.endpointSelector({ app: 'a b' })).toThrow('value of label \'app\' of the endpointSelector must be at most 63');
});

test('an XBackend of the cluster is a backend of routes', () => {
  // WHEN
  const backend = XBackend.fromXBackendName('api', { namespace: 'shop' });

  // THEN
  expect(backend.name).toBe('api');
  expect(backend.namespace).toBe('shop');
  expect(backend.bind(Testing.chart())).toEqual({ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: 'api', namespace: 'shop' });
  expect(() => XBackend.fromXBackendName('API')).toThrow('name of the XBackend must be a DNS subdomain');
});

test('the standard channel has no XBackend', () => {
  expect(() => new XBackend(Testing.chart(), 'Api', { endpoints, port: 443 })).toThrow('XBackend');
});
