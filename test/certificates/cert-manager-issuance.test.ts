import { Chart, Duration, Testing } from 'cdk8s';
import {
  CertManagerCertificate, CertManagerIssuance, CertManagerIssuanceOptions, CertManagerIssuer, CertManagerKeyAlgorithm, CertManagerKeyEncoding,
  CertManagerKeyRotationPolicy, CertManagerUsage, Certificate, Gateway, GatewayClass, Listener, ListenerNamespaces, ListenerSet,
} from '../../src';

const issuer = CertManagerIssuer.clusterIssuer('letsencrypt');
const chartIn = (namespace?: string) => new Chart(Testing.app(), 'test', { namespace });
const https = (hostname?: string, secret = 'tls', name = 'https') =>
  Listener.https({ name, hostname, certificates: [Certificate.fromSecretName(secret)] });
const gatewayWith = (chart: Chart, ...listeners: Listener[]) =>
  new Gateway(chart, 'Edge', { metadata: { name: 'edge' }, gatewayClass: GatewayClass.ISTIO, allowedListeners: ListenerNamespaces.all(), listeners });
const annotationsWith = (options: CertManagerIssuanceOptions) => {
  const chart = chartIn('edge');
  CertManagerIssuance.gateway(gatewayWith(chart, https('shop.example.com')), issuer, options);
  return Testing.synth(chart)[0].metadata.annotations;
};

test('a Gateway', () => {
  // GIVEN
  const chart = chartIn('edge');
  const passthrough = Listener.tlsPassthrough({ name: 'tls', port: 8443 });
  const gateway = gatewayWith(chart, Listener.http(), passthrough, https('a.example.com', 'tls', 'a'), https('b.example.com', 'tls', 'b'));

  // WHEN
  CertManagerIssuance.gateway(gateway, issuer);

  // THEN
  expect(Testing.synth(chart)[0].metadata).toEqual({
    name: 'edge', namespace: 'edge', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
  });
});

test('every annotation', () => {
  expect(annotationsWith({
    commonName: 'shop.example.com',
    altNames: ['www.example.com', '*.example.com'],
    ipSans: ['10.1.2.3'],
    uriSans: ['spiffe://cluster.local/ns/edge/sa/edge'],
    emailSans: ['shop@example.com', 'other@example.com'],
    duration: Duration.days(30),
    renewBefore: Duration.days(10),
    usages: [CertManagerUsage.SERVER_AUTH, CertManagerUsage.DIGITAL_SIGNATURE],
    revisionHistoryLimit: 2,
    privateKey: {
      algorithm: CertManagerKeyAlgorithm.ECDSA, encoding: CertManagerKeyEncoding.PKCS8, size: 256, rotationPolicy: CertManagerKeyRotationPolicy.NEVER,
    },
    subject: {
      organizations: ['Example, Inc.', 'A "B"'],
      organizationalUnits: ['Shop'],
      countries: ['DE', 'FR'],
      provinces: ['Berlin'],
      localities: ['Berlin'],
      streetAddresses: ['Street 1, Yard'],
      postalCodes: ['10115'],
      serialNumber: '42',
    },
    secretTemplate: { labels: { team: 'edge' } },
  })).toEqual({
    'cert-manager.io/cluster-issuer': 'letsencrypt',
    'cert-manager.io/common-name': 'shop.example.com',
    'cert-manager.io/alt-names': 'www.example.com,*.example.com',
    'cert-manager.io/ip-sans': '10.1.2.3',
    'cert-manager.io/uri-sans': 'spiffe://cluster.local/ns/edge/sa/edge',
    'cert-manager.io/email-sans': 'shop@example.com,other@example.com',
    'cert-manager.io/duration': '720h',
    'cert-manager.io/renew-before': '240h',
    'cert-manager.io/usages': 'server auth,digital signature',
    'cert-manager.io/revision-history-limit': '2',
    'cert-manager.io/private-key-algorithm': 'ECDSA',
    'cert-manager.io/private-key-encoding': 'PKCS8',
    'cert-manager.io/private-key-size': '256',
    'cert-manager.io/private-key-rotation-policy': 'Never',
    'cert-manager.io/subject-organizations': '"Example, Inc.","A ""B"""',
    'cert-manager.io/subject-organizationalunits': 'Shop',
    'cert-manager.io/subject-countries': 'DE,FR',
    'cert-manager.io/subject-provinces': 'Berlin',
    'cert-manager.io/subject-localities': 'Berlin',
    'cert-manager.io/subject-streetaddresses': '"Street 1, Yard"',
    'cert-manager.io/subject-postalcodes': '10115',
    'cert-manager.io/subject-serialnumber': '42',
    'cert-manager.io/secret-template': '{"labels":{"team":"edge"}}',
  });
  expect(annotationsWith({ renewBeforePercentage: 25 })).toEqual({
    'cert-manager.io/cluster-issuer': 'letsencrypt', 'cert-manager.io/renew-before-percentage': '25',
  });
});

test('a ListenerSet, with the challenges at its Gateway', () => {
  // GIVEN
  const chart = chartIn('edge');
  const gateway = gatewayWith(chart, Listener.http());
  const make = (id: string, host: string) => new ListenerSet(chart, id, {
    metadata: { name: id.toLowerCase(), namespace: 'shop' }, gateway, listeners: [https(host, id.toLowerCase())],
  });

  // WHEN
  CertManagerIssuance.listenerSet(make('One', 'a.example.com'), CertManagerIssuer.issuer('shop'), { http01ParentRefFallback: true });
  CertManagerIssuance.listenerSet(make('Two', 'b.example.com'), CertManagerIssuer.issuer('shop'));

  // THEN
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'ListenerSet').map(({ metadata }) => metadata.annotations)).toEqual([
    { 'cert-manager.io/issuer': 'shop', 'acme.cert-manager.io/http01-parentreffallback': 'true' },
    { 'cert-manager.io/issuer': 'shop' },
  ]);
});

test('a Gateway has one issuer', () => {
  const gateway = gatewayWith(chartIn(), https('shop.example.com'));
  CertManagerIssuance.gateway(gateway, issuer);
  expect(() => CertManagerIssuance.gateway(gateway, CertManagerIssuer.issuer('shop')))
    .toThrow('Gateway \'edge\' has issuer \'letsencrypt\' already, got \'shop\': cert-manager takes one; use a CertManagerCertificate for the other');
});

test('an issuer that somebody wrote by hand counts, too', () => {
  const gateway = gatewayWith(chartIn(), https('shop.example.com'));
  gateway.metadata.addAnnotation('cert-manager.io/issuer', 'theirs');
  expect(() => CertManagerIssuance.gateway(gateway, issuer)).toThrow('Gateway \'edge\' has issuer \'theirs\' already, got \'letsencrypt\'');
});

describe('a listener that gets no certificate', () => {
  test.each<[string, Listener, string]>([
    ['without hostname', https(),
      'listener \'https\' of Gateway \'edge\' gets no certificate of cert-manager: it has no hostname; pass hostname, use a CertManagerCertificate, ' +
      'or name the listener in ignoreTlsListeners'],
    ['without Secret', Listener.https({ hostname: 'a.example.com', tlsOptions: { 'example.com/certificate': 'a' } }),
      'it names no Secret; pass Certificate.fromSecretName, or name the listener'],
    ['with something else than a Secret',
      Listener.https({ hostname: 'a.example.com', certificates: [Certificate.of({ group: 'example.com', kind: 'Vault', name: 'a' })] }),
      'its certificate is in Vault \'a\'; use a Secret, or name the listener'],
    ['with a Secret elsewhere', Listener.https({ hostname: 'a.example.com', certificates: [Certificate.fromSecretName('tls', { namespace: 'pki' })] }),
      'Secret \'tls\' is in namespace \'pki\'; use a CertManagerCertificate there, or name the listener'],
  ])('%s', (_, listener, message) => {
    const gateway = gatewayWith(chartIn('edge'), https('b.example.com', 'other', 'other'), listener);
    expect(() => CertManagerIssuance.gateway(gateway, issuer)).toThrow(message);
    expect(gateway.metadata.toJson().annotations).toBeUndefined();
    expect(() => CertManagerIssuance.gateway(gateway, issuer, { ignoreTlsListeners: ['https'] })).not.toThrow();
  });

  test('that comes later is refused at synthesis', () => {
    const gateway = gatewayWith(chartIn('edge'), https('a.example.com'));
    CertManagerIssuance.gateway(gateway, issuer);
    expect(gateway.node.validate()).toEqual([]);
    gateway.addListener(https(undefined, 'tls', 'late'));
    expect(gateway.node.validate()).toEqual([expect.stringContaining('listener \'late\' of Gateway \'edge\' gets no certificate of cert-manager')]);
  });
});

test('listeners that are ignored', () => {
  // GIVEN
  const gateway = gatewayWith(chartIn('edge'), https('a.example.com'), https(undefined, 'other', 'b'));

  // WHEN
  CertManagerIssuance.gateway(gateway, issuer, { ignoreTlsListeners: ['b', 'c'] });

  // THEN
  expect(gateway.metadata.toJson().annotations['cert-manager.io/ignore-tls-listeners']).toBe('b,c');
  expect(gateway.node.validate()).toEqual(['ignoreTlsListeners of Gateway \'edge\' must name its listeners, got \'c\': it has https, b']);
});

test('a Gateway of which no listener gets a certificate', () => {
  const gateway = gatewayWith(chartIn('edge'), Listener.http());
  CertManagerIssuance.gateway(gateway, issuer);
  expect(gateway.node.validate()).toEqual([
    'Gateway \'edge\' has an issuer and no listener that gets a certificate: add an HTTPS listener, or leave the issuer out',
  ]);
});

describe('one Secret', () => {
  const certificate = (chart: Chart, namespace = 'edge') => new CertManagerCertificate(chart, 'Tls', {
    metadata: { name: 'tls', namespace }, issuer, dnsNames: ['a.example.com'],
  });

  test('is not filled for a Certificate and a Gateway', () => {
    const chart = chartIn('edge');
    certificate(chart);
    expect(() => CertManagerIssuance.gateway(gatewayWith(chart, https('a.example.com')), issuer))
      .toThrow('Secret \'tls\' in namespace \'edge\' is filled for Certificate \'tls\' already, got Gateway \'edge\': only one of them can have it; ' +
        'use another Secret, or leave the issuer of the Gateway or the Certificate out');
  });

  test('is not filled for a Gateway and a Certificate', () => {
    const chart = chartIn('edge');
    CertManagerIssuance.gateway(gatewayWith(chart, https('a.example.com')), issuer);
    expect(() => certificate(chart)).toThrow('Secret \'tls\' in namespace \'edge\' is filled for Gateway \'edge\' already, got Certificate \'tls\'');
  });

  test('is another one in another namespace, and in another app', () => {
    const chart = chartIn('edge');
    CertManagerIssuance.gateway(gatewayWith(chart, https('a.example.com')), issuer);
    expect(() => certificate(chart, 'shop')).not.toThrow();
    expect(() => certificate(chartIn('edge'))).not.toThrow();
  });

  test('is filled for a Certificate where the listener is ignored', () => {
    const chart = chartIn('edge');
    CertManagerIssuance.gateway(gatewayWith(chart, https('a.example.com'), https('b.example.com', 'other', 'b')), issuer, { ignoreTlsListeners: ['https'] });
    expect(() => certificate(chart)).not.toThrow();
  });
});

test.each<[CertManagerIssuanceOptions, string]>([
  [{ commonName: '' }, 'commonName of a certificate must have 1 to 64 characters, got 0'],
  [{ altNames: ['A'] }, 'DNS name of a certificate must be a lower case DNS name'],
  [{ ipSans: ['a'] }, 'IP address of a certificate must be an IP address'],
  [{ uriSans: ['a'] }, 'URI of a certificate must start with a scheme'],
  [{ emailSans: ['a'] }, 'email address of a certificate must be of the form'],
  [{ duration: Duration.minutes(1) }, 'duration of a certificate must be at least 1h, got 1m'],
  [{ privateKey: { size: 1 } }, 'size of an RSA key must be between 2048 and 8192, got 1'],
  [{ usages: [CertManagerUsage.ANY, CertManagerUsage.ANY] }, 'usages of a certificate must differ from each other'],
  [{ revisionHistoryLimit: 0 }, 'revisionHistoryLimit of a certificate must be between 1 and 2147483647, got 0'],
  [{ secretTemplate: { labels: { 'cert-manager.io/a': '' } } }, 'label or annotation of a secretTemplate must not be one that cert-manager writes, got \'cert-manager.io/a\': leave it out'],
])('%j is refused', (options, message) => {
  expect(() => annotationsWith(options)).toThrow(message);
});
