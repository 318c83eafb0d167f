import { Testing } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { CaCertificate } from '../../src';

test('a ConfigMap of the app is known with its namespace', () => {
  // GIVEN
  const configMap = new ConfigMap(Testing.chart(), 'Ca', { metadata: { name: 'clients-ca', namespace: 'pki' } });

  // WHEN
  const certificate = CaCertificate.configMap(configMap);

  // THEN
  expect(certificate).toMatchObject({ group: '', kind: 'ConfigMap', name: 'clients-ca', namespace: 'pki' });
});

test('an imported ConfigMap is in the namespace of who refers to it', () => {
  const configMap = ConfigMap.fromConfigMapName(Testing.chart(), 'Ca', 'clients-ca');
  expect(CaCertificate.configMap(configMap)).toMatchObject({ kind: 'ConfigMap', name: 'clients-ca', namespace: undefined });
});

test('objects of the cluster are named', () => {
  expect(CaCertificate.configMapName('ca', { namespace: 'pki' })).toMatchObject({ group: '', kind: 'ConfigMap', name: 'ca', namespace: 'pki' });
  expect(CaCertificate.secretName('ca')).toMatchObject({ group: '', kind: 'Secret', name: 'ca', namespace: undefined });
  expect(CaCertificate.of({ group: 'example.com', kind: 'CaBundle', name: 'ca', namespace: 'pki' }))
    .toMatchObject({ group: 'example.com', kind: 'CaBundle', name: 'ca', namespace: 'pki' });
});

test('its own namespace is not written', () => {
  expect(CaCertificate.configMapName('ca', { namespace: 'pki' })._toKube('edge')).toEqual({ group: '', kind: 'ConfigMap', name: 'ca', namespace: 'pki' });
  expect(CaCertificate.configMapName('ca', { namespace: 'pki' })._toKube('pki')).toEqual({ group: '', kind: 'ConfigMap', name: 'ca' });
});

test.each(['public', 'roots.example.com', 'example.com:ca:roots'])('a ClusterTrustBundle: %s', name => {
  expect(CaCertificate.clusterTrustBundle(name)._toKube('edge')).toEqual({ group: 'certificates.k8s.io', kind: 'ClusterTrustBundle', name });
});

test('a ClusterTrustBundle is of the whole cluster', () => {
  expect(() => CaCertificate.of({ group: 'certificates.k8s.io', kind: 'ClusterTrustBundle', name: 'public', namespace: 'pki' }))
    .toThrow('ClusterTrustBundle \'public\' has no namespace, got \'pki\': it is of the whole cluster, leave namespace out');
});

test('names that Kubernetes would not take are refused', () => {
  expect(() => CaCertificate.configMapName('Ca')).toThrow('name of the CA certificate must be a DNS subdomain');
  expect(() => CaCertificate.secretName('ca', { namespace: 'a.b' })).toThrow('namespace of the CA certificate must be a DNS label');
  expect(() => CaCertificate.of({ group: '-', kind: 'CaBundle', name: 'ca' })).toThrow('group of the CA certificate must be a DNS subdomain');
  expect(() => CaCertificate.clusterTrustBundle('example.com:roots'))
    .toThrow('name of the ClusterTrustBundle must be a DNS subdomain, optionally after its signer and a colon, got \'example.com:roots\'');
  expect(() => CaCertificate.clusterTrustBundle('a'.repeat(254))).toThrow('name of the ClusterTrustBundle must be a DNS subdomain');
});
