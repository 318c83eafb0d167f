import { ClientTls } from '../../src';

test('modes without certificates', () => {
  expect(ClientTls.disable()._toKube()).toEqual({ mode: 'DISABLE' });
  expect(ClientTls.istioMutual()._toKube()).toEqual({ mode: 'ISTIO_MUTUAL' });
  expect(ClientTls.istioMutual({ sni: 'httpbin.org', subjectAltNames: ['spiffe://a'] })._toKube())
    .toEqual({ mode: 'ISTIO_MUTUAL', sni: 'httpbin.org', subjectAltNames: ['spiffe://a'] });
});

test('simple TLS with files, with a credential, and without any check', () => {
  expect(ClientTls.simple()._toKube()).toEqual({ mode: 'SIMPLE' });
  expect(ClientTls.simple({ sni: 'a.com', caCertificates: '/ca.pem', caCrl: '/crl.pem', subjectAltNames: ['a.com'], insecureSkipVerify: false })._toKube())
    .toEqual({ mode: 'SIMPLE', sni: 'a.com', caCertificates: '/ca.pem', caCrl: '/crl.pem', subjectAltNames: ['a.com'], insecureSkipVerify: false });
  expect(ClientTls.simple({ credentialName: 'ca' })._toKube()).toEqual({ mode: 'SIMPLE', credentialName: 'ca' });
  expect(ClientTls.simple({ insecureSkipVerify: true })._toKube()).toEqual({ mode: 'SIMPLE', insecureSkipVerify: true });
});

test('mutual TLS with files and with a credential', () => {
  expect(ClientTls.mutual({ clientCertificate: '/c.pem', privateKey: '/k.pem', caCertificates: '/ca.pem' })._toKube())
    .toEqual({ mode: 'MUTUAL', clientCertificate: '/c.pem', privateKey: '/k.pem', caCertificates: '/ca.pem' });
  expect(ClientTls.mutual({ credentialName: 'client', insecureSkipVerify: true })._toKube())
    .toEqual({ mode: 'MUTUAL', credentialName: 'client', insecureSkipVerify: true });
});

test.each([
  [{}, 'none'],
  [{ clientCertificate: '/c.pem' }, 'clientCertificate alone'],
  [{ credentialName: '' }, 'none'],
  [{ clientCertificate: '', privateKey: '/k.pem' }, 'privateKey alone'],
  [{ privateKey: '/k.pem' }, 'privateKey alone'],
])('mutual TLS needs a certificate and its key', (options, given) => {
  expect(() => ClientTls.mutual(options)).toThrow(
    `mutual TLS needs clientCertificate and privateKey, or credentialName, got ${given}: pass both, or the name of a Secret`);
});

test('certificates come from one place', () => {
  expect(() => ClientTls.simple({ credentialName: 'ca', caCrl: '/crl.pem' })).toThrow(
    'certificates come from credentialName or from files, got credentialName \'ca\' and caCrl: a Secret has all of them as tls.crt, tls.key, ca.crt and ca.crl');
  expect(() => ClientTls.mutual({ credentialName: 'c', clientCertificate: '/c', privateKey: '/k' })).toThrow('and clientCertificate, privateKey');
});

test('what is skipped is not said', () => {
  expect(() => ClientTls.simple({ insecureSkipVerify: true, caCertificates: '/ca', subjectAltNames: ['a'] })).toThrow(
    'insecureSkipVerify excludes what it would skip, got caCertificates and subjectAltNames: leave one of them out');
  expect(() => ClientTls.simple({ insecureSkipVerify: true, credentialName: 'ca' })).toThrow('insecureSkipVerify excludes credentialName, got \'ca\'');
});

test.each(['configmap://ca', 'configmap://shop/', 'configmap:///ca', 'configmap://shop/ca/x', 'configmap:shop/ca'])('%s names no ConfigMap', credentialName => {
  expect(() => ClientTls.simple({ credentialName })).toThrow(
    `credentialName of a ConfigMap must be written configmap://namespace/name, got '${credentialName}'`);
});
