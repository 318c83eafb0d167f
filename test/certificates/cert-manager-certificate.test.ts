import { ApiObject, Chart, Duration, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CertManagerCertificate, CertManagerCertificateProps, CertManagerIssuer, CertManagerKeyAlgorithm, CertManagerKeyEncoding,
  CertManagerKeyRotationPolicy, CertManagerKeystorePassword, CertManagerOutputFormat, CertManagerPkcs12Profile, CertManagerRenewalPolicy,
  CertManagerSignatureAlgorithm, CertManagerUsage, Gateway, GatewayClass, Listener,
} from '../../src';
import { Manifests } from '../../src/manifests/manifests';
import { readObjects } from '../../src/manifests/object-reader';
import { versionOf } from '../../src/semantics/gateway-api-version';
import { checkManifests } from '../../src/validation/report';
import { formatFinding } from '../../src/validation/report-text';

const issuer = CertManagerIssuer.clusterIssuer('letsencrypt');
const chartIn = (namespace?: string) => new Chart(Testing.app(), 'test', { namespace });
const certificateWith = (props: Partial<CertManagerCertificateProps>) => () =>
  new CertManagerCertificate(chartIn('shop'), 'Tls', { metadata: { name: 'shop-tls' }, issuer, dnsNames: ['shop.example.com'], ...props });
const specWith = (props: Partial<CertManagerCertificateProps>) => certificateWith(props)()._toKube();

test('every field', () => {
  // GIVEN
  const chart = chartIn('shop');
  const passwords = Secret.fromSecretName(chart, 'Passwords', 'passwords');

  // WHEN
  const certificate = new CertManagerCertificate(chart, 'Tls', {
    metadata: { name: 'shop-tls' },
    issuer,
    secretName: 'shop-secret',
    dnsNames: ['shop.example.com', '*.shop.example.com'],
    ipAddresses: ['10.1.2.3', '2001:db8::1'],
    uris: ['spiffe://cluster.local/ns/shop/sa/web'],
    emailAddresses: ['shop@example.com'],
    otherNames: [{ oid: '1.3.6.1.4.1.311.20.2.3', utf8Value: 'shop@example.com' }],
    commonName: 'shop.example.com',
    subject: {
      organizations: ['Example'],
      organizationalUnits: ['Shop'],
      countries: ['DE'],
      provinces: ['Berlin'],
      localities: ['Berlin'],
      streetAddresses: ['Street 1'],
      postalCodes: ['10115'],
      serialNumber: '42',
    },
    duration: Duration.days(90),
    renewBefore: Duration.days(15),
    renewal: {
      policy: CertManagerRenewalPolicy.RENEW_BEFORE,
      windows: [{ cron: '0 3 * * 6', windowDuration: Duration.hours(4), timezone: 'Europe/Berlin' }],
    },
    usages: [CertManagerUsage.SERVER_AUTH, CertManagerUsage.DIGITAL_SIGNATURE],
    encodeUsagesInRequest: false,
    isCa: true,
    nameConstraints: {
      critical: true,
      permitted: { dnsDomains: ['example.com'], ipRanges: ['10.0.0.0/8'], emailAddresses: ['example.com'], uriDomains: ['example.com'] },
      excluded: { dnsDomains: ['secret.example.com'] },
    },
    privateKey: {
      algorithm: CertManagerKeyAlgorithm.ECDSA,
      size: 384,
      encoding: CertManagerKeyEncoding.PKCS8,
      rotationPolicy: CertManagerKeyRotationPolicy.ALWAYS,
    },
    signatureAlgorithm: CertManagerSignatureAlgorithm.ECDSA_WITH_SHA384,
    secretTemplate: { labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' } },
    keystores: {
      jks: { alias: 'shop', password: CertManagerKeystorePassword.secret(passwords, 'jks') },
      pkcs12: { create: false, password: CertManagerKeystorePassword.known('changeit'), profile: CertManagerPkcs12Profile.MODERN_2026 },
    },
    additionalOutputFormats: [CertManagerOutputFormat.COMBINED_PEM, CertManagerOutputFormat.DER],
    revisionHistoryLimit: 3,
  });

  // THEN
  expect(certificate.secretName).toBe('shop-secret');
  expect(certificate.certificate).toMatchObject({ group: '', kind: 'Secret', name: 'shop-secret', namespace: 'shop' });
  const [object] = Testing.synth(chart);
  expect(object).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'shop-tls', namespace: 'shop' },
    spec: {
      secretName: 'shop-secret',
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
      dnsNames: ['shop.example.com', '*.shop.example.com'],
      ipAddresses: ['10.1.2.3', '2001:db8::1'],
      uris: ['spiffe://cluster.local/ns/shop/sa/web'],
      emailAddresses: ['shop@example.com'],
      otherNames: [{ oid: '1.3.6.1.4.1.311.20.2.3', utf8Value: 'shop@example.com' }],
      commonName: 'shop.example.com',
      subject: {
        organizations: ['Example'],
        organizationalUnits: ['Shop'],
        countries: ['DE'],
        provinces: ['Berlin'],
        localities: ['Berlin'],
        streetAddresses: ['Street 1'],
        postalCodes: ['10115'],
        serialNumber: '42',
      },
      duration: '2160h',
      renewBefore: '360h',
      renewal: { policy: 'RenewBefore', windows: [{ cron: '0 3 * * 6', windowDuration: '4h', timezone: 'Europe/Berlin' }] },
      usages: ['server auth', 'digital signature'],
      encodeUsagesInRequest: false,
      isCA: true,
      nameConstraints: {
        critical: true,
        permitted: { dnsDomains: ['example.com'], ipRanges: ['10.0.0.0/8'], emailAddresses: ['example.com'], uriDomains: ['example.com'] },
        excluded: { dnsDomains: ['secret.example.com'] },
      },
      privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8', rotationPolicy: 'Always' },
      signatureAlgorithm: 'ECDSAWithSHA384',
      secretTemplate: { labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' } },
      keystores: {
        jks: { create: true, alias: 'shop', passwordSecretRef: { name: 'passwords', key: 'jks' } },
        pkcs12: { create: false, profile: 'Modern2026', password: 'changeit' },
      },
      additionalOutputFormats: [{ type: 'CombinedPEM' }, { type: 'DER' }],
      revisionHistoryLimit: 3,
    },
  });
  const { objects, problems } = readObjects(JSON.stringify(object), 'certificate.json');
  const { findings, unchecked } = checkManifests(new Manifests(objects, problems), () => versionOf({}));
  expect(findings.map(formatFinding)).toEqual([]);
  expect([...unchecked]).toEqual([]);
});

test('its Secret has its name unless said otherwise, and its subject may be said in one text', () => {
  expect(specWith({ dnsNames: undefined, literalSubject: 'CN=shop,O=Example', renewBeforePercentage: 30 })).toEqual({
    secretName: 'shop-tls',
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
    literalSubject: 'CN=shop,O=Example',
    renewBeforePercentage: 30,
  });
});

test('a Gateway presents it, and one in another namespace brings the grant', () => {
  // GIVEN
  const chart = chartIn('pki');
  const { certificate } = new CertManagerCertificate(chart, 'Tls', { metadata: { name: 'shop-tls' }, issuer, dnsNames: ['shop.example.com'] });

  // WHEN
  new Gateway(chart, 'Edge', {
    metadata: { name: 'edge', namespace: 'edge' },
    gatewayClass: GatewayClass.ISTIO,
    listeners: [Listener.https({ certificates: [certificate], hostname: 'shop.example.com' })],
  });

  // THEN
  const objects = Testing.synth(chart);
  expect(objects.find(({ kind }) => kind === 'Gateway').spec.listeners[0].tls.certificateRefs)
    .toEqual([{ group: '', kind: 'Secret', name: 'shop-tls', namespace: 'pki' }]);
  expect(objects.find(({ kind }) => kind === 'ReferenceGrant').spec.to).toEqual([{ group: '', kind: 'Secret', name: 'shop-tls' }]);
});

test('one of the cluster', () => {
  const { name, secretName, certificate } = CertManagerCertificate.fromCertManagerCertificateName('shop', { secretName: 'shop-tls', namespace: 'shop' });
  expect([name, secretName]).toEqual(['shop', 'shop-tls']);
  expect(certificate).toMatchObject({ name: 'shop-tls', namespace: 'shop' });
  expect(CertManagerCertificate.fromCertManagerCertificateName('shop').secretName).toBe('shop');
  expect(() => CertManagerCertificate.fromCertManagerCertificateName('Shop')).toThrow('name of the Certificate must be a DNS subdomain');
});

test('keystore passwords of the cluster', () => {
  expect(specWith({ keystores: { jks: { password: CertManagerKeystorePassword.secretName('passwords', 'jks') } } }).keystores)
    .toEqual({ jks: { create: true, passwordSecretRef: { name: 'passwords', key: 'jks' } } });
});

test.each<[string, Partial<CertManagerCertificateProps>, string]>([
  ['no name', { dnsNames: [] }, 'a certificate needs a name, got none: pass dnsNames, ipAddresses, uris, emailAddresses, otherNames or commonName'],
  ['a DNS name that is none', { dnsNames: ['Shop'] }, 'DNS name of a certificate must be a lower case DNS name'],
  ['an address that is none', { ipAddresses: ['10.1'] }, 'IP address of a certificate must be an IP address such as 10.1.2.3 or 2001:db8::1, got \'10.1\''],
  ['a URI without scheme', { uris: ['shop'] }, 'URI of a certificate must start with a scheme, as spiffe://cluster.local/ns/shop/sa/cart, got \'shop\''],
  ['an email address that is none', { emailAddresses: ['shop'] }, 'email address of a certificate must be of the form name@example.com, got \'shop\''],
  ['an oid that is none', { otherNames: [{ oid: '3', utf8Value: 'a' }] },
    'other name of a certificate must have an oid such as 1.3.6.1.4.1.311.20.2.3 and a value, got \'3\' and \'a\''],
  ['an other name without value', { otherNames: [{ oid: '1.2', utf8Value: '' }] }, 'got \'1.2\' and \'\''],
  ['a long common name', { commonName: 'x'.repeat(65) },
    'commonName of a certificate must have 1 to 64 characters, got 65: name the host in dnsNames alone'],
  ['two subjects', { literalSubject: 'O=A', subject: {} },
    'a certificate takes literalSubject, or commonName and subject, got \'O=A\' and subject: say it all in literalSubject'],
  ['two common names', { literalSubject: 'O=A', commonName: 'a' }, 'got \'O=A\' and commonName \'a\': say it all in literalSubject'],
  ['a short duration', { duration: Duration.minutes(59) }, 'duration of a certificate must be at least 1h, got 59m'],
  ['a renewal at the end', { renewBefore: Duration.minutes(4) }, 'renewBefore of a certificate must be at least 5m, got 4m'],
  ['a renewal before the beginning', { duration: Duration.hours(1), renewBefore: Duration.hours(1) },
    'renewBefore of a certificate must be shorter than its duration of 1h, got 1h'],
  ['a renewal before the beginning, by default', { renewBefore: Duration.days(90) }, 'renewBefore of a certificate must be shorter than its duration of 2160h, got 2160h'],
  ['two renewals', { renewBefore: Duration.hours(1), renewBeforePercentage: 10 },
    'a certificate takes renewBefore or renewBeforePercentage, got both 1h and 10: pass one'],
  ['a percentage', { renewBeforePercentage: 100 }, 'renewBeforePercentage of a certificate must be between 1 and 99, got 100'],
  ['a window without beginning', { renewal: { windows: [{ cron: '', windowDuration: Duration.hours(1) }] } },
    'cron of a renewal window must say when it begins, as \'0 3 * * 6\', got \'\''],
  ['constraints of no authority', { nameConstraints: { permitted: {} } },
    'nameConstraints are those of an authority, got a certificate that is none: pass isCa, or leave nameConstraints out'],
  ['constraints that say nothing', { isCa: true, nameConstraints: {} },
    'nameConstraints must say what is permitted or excluded, got neither: leave nameConstraints out to allow every name'],
  ['a small RSA key', { privateKey: { size: 1024 } }, 'size of an RSA key must be between 2048 and 8192, got 1024'],
  ['an unknown curve', { privateKey: { algorithm: CertManagerKeyAlgorithm.ECDSA, size: 512 } }, 'size of an ECDSA key must be one of 256, 384, 521, got 512'],
  ['a size of Ed25519', { privateKey: { algorithm: CertManagerKeyAlgorithm.ED25519, size: 256 } },
    'an Ed25519 key has a size of its own, got 256: leave size out'],
  ['a signature of another key', { signatureAlgorithm: CertManagerSignatureAlgorithm.PURE_ED25519 },
    'signatureAlgorithm must fit the private key, got PureEd25519 for a key of RSA: change one of them, or leave signatureAlgorithm out'],
  ['a format twice', { additionalOutputFormats: [CertManagerOutputFormat.DER, CertManagerOutputFormat.DER] },
    'additionalOutputFormats must differ from each other, got \'DER\' twice'],
  ['a usage twice', { usages: [CertManagerUsage.ANY, CertManagerUsage.ANY] }, 'usages of a certificate must differ from each other, got \'any\' twice'],
  ['no revision', { revisionHistoryLimit: 0 }, 'revisionHistoryLimit of a certificate must be between 1 and 2147483647, got 0'],
  ['a key that is none', { secretTemplate: { labels: { 'a b': '' } } }, 'label or annotation of a secretTemplate must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got \'a b\''],
  ['a value that is none', { secretTemplate: { labels: { a: 'a b' } } }, 'label \'a\' of a secretTemplate must be at most 63'],
  ['a key of cert-manager', { secretTemplate: { annotations: { 'cert-manager.io/issuer-name': 'a' } } },
    'label or annotation of a secretTemplate must not be one that cert-manager writes, got \'cert-manager.io/issuer-name\': leave it out'],
])('%s is refused', (_, props, message) => {
  expect(certificateWith(props)).toThrow(message);
});

test.each<[string, Partial<CertManagerCertificateProps>]>([
  ['an Ed25519 key', { privateKey: { algorithm: CertManagerKeyAlgorithm.ED25519 }, signatureAlgorithm: CertManagerSignatureAlgorithm.PURE_ED25519 }],
  ['an RSA key', { privateKey: { size: 8192 }, signatureAlgorithm: CertManagerSignatureAlgorithm.SHA256_WITH_RSA }],
  ['the one annotation of cert-manager', { secretTemplate: { annotations: { 'cert-manager.io/allow-direct-injection': 'true' } } }],
])('%s is taken', (_, props) => {
  expect(certificateWith(props)).not.toThrow();
});

test('two Certificates do not share a Secret', () => {
  // GIVEN
  const chart = chartIn('shop');
  const make = (id: string, namespace?: string) =>
    new CertManagerCertificate(chart, id, { metadata: { name: id.toLowerCase(), namespace }, secretName: 'tls', issuer, dnsNames: ['a.example.com'] });
  make('One');

  // THEN
  expect(() => make('Other', 'other')).not.toThrow();
  expect(() => make('Two')).toThrow('Secret \'tls\' in namespace \'shop\' is filled for Certificate \'one\' already, got Certificate \'two\': ' +
    'only one of them can have it; use another Secret, or leave the issuer of the Gateway or the Certificate out');
});

test('the object is the default child', () => {
  const certificate = certificateWith({})();
  expect(ApiObject.of(certificate).kind).toBe('Certificate');
  expect(certificate.resourceType).toBe('certificates');
});
