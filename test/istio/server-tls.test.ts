import { Certificate, IstioServer, ServerTls, TlsVersion } from '../../src';

const spec = (tls: ServerTls) => JSON.parse(JSON.stringify(IstioServer.https({ hosts: ['*'], tls })._toKube().tls));
const files = { serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' };
const spki = 'A'.repeat(43) + '=';
const hash = 'ab'.repeat(32);

describe('simple', () => {
  test('takes one certificate as a credential', () => {
    expect(spec(ServerTls.simple({ certificates: [Certificate.fromSecretName('shop-tls')] }))).toEqual({ mode: 'SIMPLE', credentialName: 'shop-tls' });
    expect(spec(ServerTls.simple({ credentialName: 'shop-tls' }))).toEqual({ mode: 'SIMPLE', credentialName: 'shop-tls' });
  });

  test('takes two certificates as credentials', () => {
    const certificates = [Certificate.fromSecretName('shop-rsa'), Certificate.fromSecretName('shop-ecdsa')];
    expect(spec(ServerTls.simple({ certificates }))).toEqual({ mode: 'SIMPLE', credentialNames: ['shop-rsa', 'shop-ecdsa'] });
    expect(spec(ServerTls.simple({ credentialNames: ['shop-tls'] }))).toEqual({ mode: 'SIMPLE', credentialNames: ['shop-tls'] });
  });

  test('certificates of other kinds are not for Istio', () => {
    expect(() => ServerTls.simple({ certificates: [Certificate.of({ group: 'example.com', kind: 'Pair', name: 'shop' })] }))
      .toThrow('certificates of ServerTls.simple must be Secrets, got Pair \'shop\': Istio\'s own Gateway takes nothing else');
  });

  test('takes files', () => {
    expect(spec(ServerTls.simple(files))).toEqual({ mode: 'SIMPLE', ...files });
    expect(spec(ServerTls.simple({ tlsCertificates: [files] }))).toEqual({ mode: 'SIMPLE', tlsCertificates: [files] });
  });

  test('writes versions and cipher suites', () => {
    // WHEN
    const tls = ServerTls.simple({
      credentialName: 'shop-tls',
      minProtocolVersion: TlsVersion.V1_0,
      maxProtocolVersion: TlsVersion.V1_3,
      cipherSuites: ['ECDHE-RSA-AES128-SHA', '-ALL'],
    });

    // THEN
    expect(spec(tls)).toEqual({
      mode: 'SIMPLE',
      credentialName: 'shop-tls',
      minProtocolVersion: 'TLSV1_0',
      maxProtocolVersion: 'TLSV1_3',
      cipherSuites: ['ECDHE-RSA-AES128-SHA', '-ALL'],
    });
  });

  test.each([
    [{}, 'ServerTls.simple needs one source of certificates, got none: pass one of certificates, credentialName, credentialNames, ' +
      'serverCertificate with privateKey, tlsCertificates'],
    [{ credentialName: 'a', credentialNames: ['a'] }, 'got credentialName and credentialNames'],
    [{ credentialName: 'a', tlsCertificates: [files] }, 'got credentialName and tlsCertificates'],
    [{ ...files, credentialName: 'a' }, 'got credentialName and serverCertificate with privateKey'],
    [{ credentialNames: [] }, 'credentialNames of ServerTls.simple must have one or two entries (RSA and ECDSA), got 0'],
    [{ credentialNames: ['a', 'b', 'c'] }, 'credentialNames of ServerTls.simple must have one or two entries (RSA and ECDSA), got 3'],
    [{ certificates: [] }, 'certificates of ServerTls.simple must have one or two entries (RSA and ECDSA), got 0'],
    [{ tlsCertificates: [files, files, files] }, 'tlsCertificates of ServerTls.simple must have one or two entries (RSA and ECDSA), got 3'],
    [{ credentialName: '' }, 'credentialName of ServerTls.simple must name a Secret, got an empty name'],
    [{ credentialName: 'shop_tls' }, 'credentialName of ServerTls.simple must be a DNS subdomain'],
    [{ credentialNames: ['rsa', 'ecdsa-cacert'] },
      'credentialNames of ServerTls.simple must not end in -cacert, by which Istio knows Secrets without a key, got \'ecdsa-cacert\''],
    [{ serverCertificate: '/a.crt' }, 'ServerTls.simple needs the path of a certificate and of its key: pass serverCertificate and privateKey together'],
    [{ privateKey: '/a.key' }, 'ServerTls.simple needs the path of a certificate and of its key'],
    [{ tlsCertificates: [{ serverCertificate: '/a.crt', privateKey: '' }] }, 'ServerTls.simple needs the path of a certificate and of its key'],
    [{ credentialName: 'a', cipherSuites: ['RC4-MD5'] }, 'cipher suite must be one of ECDHE-ECDSA-AES128-GCM-SHA256'],
    [{ credentialName: 'a', cipherSuites: [''] }, 'DES-CBC3-SHA, ALL, got \'\''],
    [{ credentialName: 'a', cipherSuites: ['AES128-SHA', 'AES128-SHA'] }, 'cipher suite \'AES128-SHA\' is given twice: name each once'],
    [{ credentialName: 'a', minProtocolVersion: TlsVersion.V1_3, maxProtocolVersion: TlsVersion.V1_2 },
      'minProtocolVersion must not be above maxProtocolVersion, got TLSV1_3 and TLSV1_2'],
    [{ credentialName: 'a', minProtocolVersion: TlsVersion.V1_1 }, 'minProtocolVersion TLSV1_1 needs cipherSuites: Envoy\'s own are for TLSV1_2 and above'],
  ])('refuses %j', (options, message) => {
    expect(() => ServerTls.simple(options)).toThrow(message);
  });

  test('takes every cipher suite that Envoy has', () => {
    const cipherSuites = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA',
      'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA', 'ALL'];
    expect(spec(ServerTls.simple({ credentialName: 'a', cipherSuites })).cipherSuites).toHaveLength(16);
  });

  test('leaves the order of versions open where one is automatic', () => {
    expect(spec(ServerTls.simple({ credentialName: 'a', minProtocolVersion: TlsVersion.V1_3, maxProtocolVersion: TlsVersion.TLS_AUTO })))
      .toEqual({ mode: 'SIMPLE', credentialName: 'a', minProtocolVersion: 'TLSV1_3', maxProtocolVersion: 'TLS_AUTO' });
  });
});

describe('mutual', () => {
  test('writes everything about the certificates of clients beside Secrets', () => {
    // GIVEN
    const client = {
      caCertCredentialName: 'clients-cacert',
      subjectAltNames: ['client.example.com'],
      verifyCertificateSpki: [spki],
      verifyCertificateHash: [hash, hash.match(/../g)!.join(':')],
      insecureSkipVerify: true,
    };

    // THEN
    expect(spec(ServerTls.mutual({ credentialName: 'shop-tls', ...client }))).toEqual({ mode: 'MUTUAL', credentialName: 'shop-tls', ...client });
    expect(spec(ServerTls.mutual({ credentialName: 'kubernetes://shop-tls', caCertCredentialName: 'configmap://shop/clients' })))
      .toEqual({ mode: 'MUTUAL', credentialName: 'kubernetes://shop-tls', caCertCredentialName: 'configmap://shop/clients' });
  });

  test('writes everything about the certificates of clients beside files', () => {
    // GIVEN
    const client = {
      caCertificates: '/etc/certs/ca.crt',
      caCrl: '/etc/certs/ca.crl',
      subjectAltNames: ['client.example.com'],
      insecureSkipVerify: false,
    };

    // THEN
    expect(spec(ServerTls.mutual({ ...files, ...client }))).toEqual({ mode: 'MUTUAL', ...files, ...client });
  });

  test('finds the CA in the Secret of a credential', () => {
    expect(spec(ServerTls.mutual({ credentialName: 'shop-tls' }))).toEqual({ mode: 'MUTUAL', credentialName: 'shop-tls' });
    expect(spec(ServerTls.mutual({ credentialNames: ['rsa', 'ecdsa'] }))).toEqual({ mode: 'MUTUAL', credentialNames: ['rsa', 'ecdsa'] });
  });

  test.each([
    [{}, 'ServerTls.mutual needs one source of certificates, got none'],
    [files, 'ServerTls.mutual needs the certificates that sign clients\' certificates: pass caCertificates beside the server\'s files'],
    [{ credentialName: 'a', caCrl: '/a.crl' }, 'ServerTls.mutual takes caCrl with certificates in files only, got \'/a.crl\': put ca.crt and ca.crl into the Secret'],
    [{ credentialNames: ['a'], caCertificates: '/ca.crt' }, 'ServerTls.mutual takes caCertificates with certificates in files only, got \'/ca.crt\''],
    [{ ...files, caCertificates: '/ca.crt', caCertCredentialName: 'a-cacert' },
      'ServerTls.mutual takes caCertCredentialName with certificates in Secrets only, got \'a-cacert\': put the certificates into Secrets, or leave it out'],
    [{ ...files, caCertificates: '/ca.crt', verifyCertificateSpki: [spki] }, 'ServerTls.mutual takes verifyCertificateSpki with certificates in Secrets only'],
    [{ tlsCertificates: [files], caCertificates: '/ca.crt', verifyCertificateHash: [hash] },
      'ServerTls.mutual takes verifyCertificateHash with certificates in Secrets only'],
    [{ credentialName: 'a', caCertCredentialName: 'clients' },
      'caCertCredentialName must be \'<secret>-cacert\' or \'configmap://<namespace>/<name>\', got \'clients\''],
    [{ credentialName: 'a', verifyCertificateSpki: ['abc'] }, 'verifyCertificateSpki must be a SHA-256 hash in base64 (44 characters), got \'abc\''],
    [{ credentialName: 'a', verifyCertificateHash: ['abc'] },
      'verifyCertificateHash must be a SHA-256 hash in hexadecimal (64 digits, colons between pairs allowed), got \'abc\''],
  ])('refuses %j', (options, message) => {
    expect(() => ServerTls.mutual(options)).toThrow(message);
  });
});

test('optionalMutual may let clients through whose certificate is refused', () => {
  expect(spec(ServerTls.optionalMutual({ credentialName: 'shop-tls', insecureSkipVerify: true })))
    .toEqual({ mode: 'OPTIONAL_MUTUAL', credentialName: 'shop-tls', insecureSkipVerify: true });
  expect(() => ServerTls.optionalMutual(files)).toThrow('ServerTls.optionalMutual needs the certificates that sign clients\' certificates');
});

test('istioMutual has no certificates of its own', () => {
  expect(spec(ServerTls.istioMutual())).toEqual({ mode: 'ISTIO_MUTUAL' });
  expect(spec(ServerTls.istioMutual({ subjectAltNames: ['spiffe://cluster.local/ns/shop/sa/web'] })))
    .toEqual({ mode: 'ISTIO_MUTUAL', subjectAltNames: ['spiffe://cluster.local/ns/shop/sa/web'] });
});

test('passing through is written, not left to the default', () => {
  expect(spec(ServerTls.passthrough())).toEqual({ mode: 'PASSTHROUGH' });
  expect(spec(ServerTls.autoPassthrough())).toEqual({ mode: 'AUTO_PASSTHROUGH' });
});
