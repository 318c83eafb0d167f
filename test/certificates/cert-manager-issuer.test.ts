import { CertManagerIssuer } from '../../src';

test('issuers of cert-manager, and external ones', () => {
  expect(CertManagerIssuer.issuer('shop')._toKube()).toEqual({ group: 'cert-manager.io', kind: 'Issuer', name: 'shop' });
  expect(CertManagerIssuer.clusterIssuer('letsencrypt')._toKube()).toEqual({ group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' });
  expect(CertManagerIssuer.of({ group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca' })._toKube())
    .toEqual({ group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca' });
});

test('annotations that name them', () => {
  expect(CertManagerIssuer.issuer('shop')._annotations()).toEqual({ 'cert-manager.io/issuer': 'shop' });
  expect(CertManagerIssuer.clusterIssuer('letsencrypt')._annotations()).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
  expect(CertManagerIssuer.of({ group: 'awspca.cert-manager.io', kind: 'AWSPCAClusterIssuer', name: 'pca' })._annotations()).toEqual({
    'cert-manager.io/issuer': 'pca',
    'cert-manager.io/issuer-kind': 'AWSPCAClusterIssuer',
    'cert-manager.io/issuer-group': 'awspca.cert-manager.io',
  });
});

test.each([
  [{ group: 'cert-manager.io', kind: 'Certificate', name: 'a' },
    'kind of an issuer of cert-manager.io must be Issuer or ClusterIssuer, got \'Certificate\': pass the group of the external issuer'],
  [{ group: '', kind: 'Issuer', name: 'a' }, 'group of the issuer must be a DNS subdomain'],
  [{ group: 'example.com', kind: '', name: 'a' }, 'kind of the issuer must be letters'],
  [{ group: 'example.com', kind: 'Issuer', name: 'A' }, 'name of the issuer must be a DNS subdomain'],
])('%j is none', (reference, message) => {
  expect(() => CertManagerIssuer.of(reference)).toThrow(message);
});
