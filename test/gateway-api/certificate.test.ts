import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Certificate } from '../../src';

test('a Secret of the app is known with its namespace', () => {
  // GIVEN
  const secret = new Secret(Testing.chart(), 'Tls', { metadata: { name: 'shop-tls', namespace: 'certs' } });

  // WHEN
  const certificate = Certificate.fromSecret(secret);

  // THEN
  expect(certificate.secretName).toBe('shop-tls');
  expect(certificate.secretNamespace).toBe('certs');
});

test('an imported Secret is in the namespace of the gateway', () => {
  const secret = Secret.fromSecretName(Testing.chart(), 'Tls', 'shop-tls');
  const certificate = Certificate.fromSecret(secret);
  expect(certificate.secretName).toBe('shop-tls');
  expect(certificate.secretNamespace).toBeUndefined();
});

test('a Secret of the cluster is named', () => {
  expect(Certificate.fromSecretName('shop.tls')).toMatchObject({ secretName: 'shop.tls', secretNamespace: undefined });
  expect(Certificate.fromSecretName('shop-tls', 'certs')).toMatchObject({ secretName: 'shop-tls', secretNamespace: 'certs' });
});

test('names that Kubernetes would not take are refused', () => {
  expect(() => Certificate.fromSecretName('Shop')).toThrow('name of the certificate\'s Secret must be a DNS subdomain');
  expect(() => Certificate.fromSecretName('shop', 'a.b')).toThrow('namespace of the certificate\'s Secret must be a DNS label');
  expect(() => Certificate.fromSecretName('shop', '')).toThrow('namespace of the certificate\'s Secret must be a DNS label');
});
