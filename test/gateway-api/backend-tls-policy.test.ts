import { Chart, Testing } from 'cdk8s';
import { ConfigMap, Service } from 'cdk8s-plus-28';
import {
  BackendTlsPolicy, BackendTlsPolicyProps, BackendTrust, CaCertificate, Gateway, GatewayApi, GatewayApiBundle, GatewayApiChannel, GatewayApiOptions,
  PolicyTargetRef, SubjectAltName,
} from '../../src';

const chartIn = (namespace?: string) => new Chart(Testing.app(), 'test', { namespace });
const validation = { hostname: 'cart.example.com', trust: BackendTrust.system() };
const policyWith = (props: Partial<BackendTlsPolicyProps>) => () =>
  new BackendTlsPolicy(chartIn('shop'), 'Tls', { metadata: { name: 'tls' }, targets: [PolicyTargetRef.serviceName('cart')], validation, ...props });
const specWith = (props: Partial<BackendTlsPolicyProps>) => policyWith(props)()._toKube();

test('every field', () => {
  // GIVEN
  const chart = chartIn('shop');
  const ca = new ConfigMap(chart, 'Ca', { metadata: { name: 'ca' } });
  const cart = new Service(chart, 'Cart', { metadata: { name: 'cart' }, ports: [{ name: 'https', port: 443 }] });

  // WHEN
  const policy = new BackendTlsPolicy(chart, 'Tls', {
    metadata: { name: 'cart-tls' },
    targets: [PolicyTargetRef.service(cart, { port: 'https' })],
    validation: {
      hostname: 'cart.example.com',
      trust: BackendTrust.certificates(CaCertificate.configMap(ca), CaCertificate.secretName('other-ca')),
      subjectAltNames: [SubjectAltName.hostname('*.example.com'), SubjectAltName.uri('spiffe://cluster.local/ns/shop/sa/cart')],
    },
    options: { 'example.com/ciphers': 'modern' },
  }).addTarget(PolicyTargetRef.of({ group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'cart' }));

  // THEN
  expect(policy.namespace).toBe('shop');
  expect(Testing.synth(chart).find(({ kind }) => kind === 'BackendTLSPolicy')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: 'cart-tls', namespace: 'shop' },
    spec: {
      targetRefs: [
        { group: '', kind: 'Service', name: 'cart', sectionName: 'https' },
        { group: 'multicluster.x-k8s.io', kind: 'ServiceImport', name: 'cart' },
      ],
      validation: {
        hostname: 'cart.example.com',
        caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }, { group: '', kind: 'Secret', name: 'other-ca' }],
        subjectAltNames: [{ type: 'Hostname', hostname: '*.example.com' }, { type: 'URI', uri: 'spiffe://cluster.local/ns/shop/sa/cart' }],
      },
      options: { 'example.com/ciphers': 'modern' },
    },
  });
});

test('the authorities of the system', () => {
  expect(specWith({}).validation).toEqual({ hostname: 'cart.example.com', wellKnownCACertificates: 'System' });
});

test('authorities that the implementation knows by name', () => {
  expect(specWith({ validation: { hostname: 'cart.example.com', trust: BackendTrust.wellKnown('example.com/corporate') } }).validation)
    .toEqual({ hostname: 'cart.example.com', wellKnownCACertificates: 'example.com/corporate' });
});

test.each(['System', 'example.com', 'example.com/', '/a', 'example.com/a/b', `example.com/${'x'.repeat(64)}`])('%s is no name of well-known authorities', name => {
  expect(() => BackendTrust.wellKnown(name)).toThrow(name === '/a' ? 'domain of well-known CA certificates must be a DNS subdomain' :
    `well-known CA certificates must be a domain and a name such as example.com/corporate, got '${name}': for those of the system use BackendTrust.system`);
});

test('a backend is trusted by 1 to 8 certificates', () => {
  const certificates = (count: number) => () => BackendTrust.certificates(...Array.from({ length: count }, () => CaCertificate.configMapName('ca')));
  expect(certificates(8)).not.toThrow();
  expect(certificates(0)).toThrow('CA certificates that a backend is trusted by must be 1 to 8, got 0: for those of the system use BackendTrust.system');
  expect(certificates(9)).toThrow('CA certificates that a backend is trusted by must be 1 to 8, got 9: for those of the system use BackendTrust.system');
});

test('the certificates are in the namespace of the policy', () => {
  const trusting = (namespace?: string) => policyWith({
    validation: { hostname: 'cart.example.com', trust: BackendTrust.certificates(CaCertificate.configMapName('ca', { namespace })) },
  });
  expect(trusting('shop')()._toKube().validation.caCertificateRefs).toEqual([{ group: '', kind: 'ConfigMap', name: 'ca' }]);
  expect(trusting('edge')).toThrow('CA certificate ConfigMap \'ca\' is in namespace \'edge\', where a backend\'s trust cannot reach: ' +
    'copy it into the namespace of the policy or XBackend');
});

test.each(['*.example.com', 'Example', '10.0.0.1', ''])('\'%s\' is no hostname of a certificate', hostname => {
  expect(policyWith({ validation: { hostname, trust: BackendTrust.system() } })).toThrow('hostname of a backend\'s certificate must');
});

test('at most 5 subject alternative names', () => {
  const named = (count: number) => policyWith({
    validation: { ...validation, subjectAltNames: Array.from({ length: count }, (_, n) => SubjectAltName.hostname(`a${n}.example.com`)) },
  });
  expect(named(5)).not.toThrow();
  expect(named(6)).toThrow('subjectAltNames of a backend must be at most 5, got 6: leave some out');
});

test.each(['Example.com', 'a..b', '10.0.0.1'])('%s is no DNS name of a certificate', name => {
  expect(() => SubjectAltName.hostname(name)).toThrow(`subject alternative name must be a lower case DNS name, optionally starting with '*.', got '${name}'`);
});

test.each(['cart', 'urn:cart', '://cart', `spiffe://${'x'.repeat(245)}`])('%s is no URI of a certificate', uri => {
  expect(() => SubjectAltName.uri(uri))
    .toThrow(`subject alternative name must be a URI such as spiffe://cluster.local/ns/shop/sa/cart, at most 253 characters, got '${uri}'`);
});

test('at most 16 options of at most 4096 characters', () => {
  const options = (count: number, value = 'v') => policyWith({ options: Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, value])) });
  expect(options(16, 'x'.repeat(4096))).not.toThrow();
  expect(options(17)).toThrow("BackendTLSPolicy 'tls': options must be at most 16, got 17: leave some out");
  expect(policyWith({ options: { 'a b': 'v' } })).toThrow('option must be a name of at most 63');
  expect(options(1, 'x'.repeat(4097))).toThrow('characters of option \'k0\' must be at most 4096, got 4097: shorten it');
});

test('at most 16 targets', () => {
  expect(policyWith({ targets: Array.from({ length: 17 }, (_, n) => PolicyTargetRef.serviceName(`s${n}`)) }))
    .toThrow('BackendTLSPolicy \'tls\' takes at most 16 targets, got 17: use a second policy');
});

test('at least one target', () => {
  expect(policyWith({ targets: [] })().node.validate()).toEqual(['BackendTLSPolicy \'tls\' needs at least one target: pass targets, or call addTarget']);
});

test('a Gateway is no backend', () => {
  expect(policyWith({ targets: [PolicyTargetRef.gateway(Gateway.fromGatewayName('edge'))] }))
    .toThrow("BackendTLSPolicy 'tls' cannot be attached to Gateway 'edge': its targets are Services, use PolicyTargetRef.service");
});

test('a policy of the cluster is named', () => {
  expect(BackendTlsPolicy.fromBackendTlsPolicyName('tls', { namespace: 'shop' })).toEqual({ name: 'tls', namespace: 'shop' });
  expect(() => BackendTlsPolicy.fromBackendTlsPolicyName('Tls')).toThrow('name of the BackendTLSPolicy must be a DNS subdomain');
});

describe('what the clusters have', () => {
  const declared = (options: GatewayApiOptions, trust = BackendTrust.system()) => () => {
    const app = Testing.app();
    GatewayApi.declare(app, options);
    new BackendTlsPolicy(new Chart(app, 'test'), 'Tls', { targets: [PolicyTargetRef.serviceName('cart')], validation: { hostname: 'a.example.com', trust } });
  };

  test('decides whether there are such policies', () => {
    expect(declared({ bundle: GatewayApiBundle.V1_4 })).not.toThrow();
    expect(declared({ bundle: GatewayApiBundle.V1_3 })).toThrow('BackendTLSPolicy');
  });

  test('decides whether they trust a ClusterTrustBundle', () => {
    const trust = BackendTrust.certificates(CaCertificate.clusterTrustBundle('corporate'));
    expect(declared({ channel: GatewayApiChannel.EXPERIMENTAL }, trust)).not.toThrow();
    expect(declared({}, trust)).toThrow('validation.caCertificateRefs[0].kind \'ClusterTrustBundle\'');
  });
});
