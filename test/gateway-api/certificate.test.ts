import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Certificate } from '../../src';

test('a Secret of the app is known with its namespace', () => {
  // GIVEN
  const secret = new Secret(Testing.chart(), 'Tls', { metadata: { name: 'shop-tls', namespace: 'certs' } });

  // WHEN
  const certificate = Certificate.fromSecret(secret);

  // THEN
  expect(certificate.name).toBe('shop-tls');
  expect(certificate.namespace).toBe('certs');
});

test('an imported Secret is in the namespace of the gateway', () => {
  const secret = Secret.fromSecretName(Testing.chart(), 'Tls', 'shop-tls');
  const certificate = Certificate.fromSecret(secret);
  expect(certificate.name).toBe('shop-tls');
  expect(certificate.namespace).toBeUndefined();
});

test('a Secret of the cluster is named', () => {
  expect(Certificate.fromSecretName('shop.tls')).toMatchObject({ group: '', kind: 'Secret', name: 'shop.tls', namespace: undefined });
  expect(Certificate.fromSecretName('shop-tls', { namespace: 'certs' })).toMatchObject({ group: '', kind: 'Secret', name: 'shop-tls', namespace: 'certs' });
});

test('names that Kubernetes would not take are refused', () => {
  expect(() => Certificate.fromSecretName('Shop')).toThrow('name of the certificate\'s Secret must be a DNS subdomain');
  expect(() => Certificate.fromSecretName('shop', { namespace: 'a.b' })).toThrow('namespace of the certificate\'s Secret must be a DNS label');
  expect(() => Certificate.fromSecretName('shop', { namespace: '' })).toThrow('namespace of the certificate\'s Secret must be a DNS label');
});

test('an object of another kind is named with all its parts', () => {
  const certificate = Certificate.of({ group: 'example.com', kind: 'Certificate', name: 'shop', namespace: 'certs' });
  expect(certificate).toMatchObject({ group: 'example.com', kind: 'Certificate', name: 'shop', namespace: 'certs' });
  expect(certificate._toKube('edge')).toEqual({ group: 'example.com', kind: 'Certificate', name: 'shop', namespace: 'certs' });
  expect(certificate._toKube('certs')).toEqual({ group: 'example.com', kind: 'Certificate', name: 'shop' });
  expect(() => Certificate.of({ group: 'example.com', kind: 'A certificate', name: 'shop' }))
    .toThrow('kind of the certificate must be letters, digits and inner dashes, at most 63 characters, got \'A certificate\'');
});
