import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { holdGuide } from './guide';
import {
  CertManagerIssuer, ControlPlane, IstioCertificateAuthority, IstioChart, IstioMesh, IstioMeshProps, LinkerdMesh, LinkerdTrustRoots,
  ManagedChannel,
} from '../../src';
import { renderModule } from '../examples/rendered';

const chart = () => new Chart(new App(), 'test');
const istio = (certificateAuthority?: IstioCertificateAuthority, props: IstioMeshProps = {}) =>
  new IstioMesh(chart(), 'Mesh', { certificateAuthority, ...props });
const issuer = CertManagerIssuer.clusterIssuer('mesh-root');

holdGuide('certificate-authority', {
  code: 6,
  shown: [
    'Certificate cacerts', 'Application istiod', 'Application istiod', 'Application istio-csr', 'Application istiod', 'Certificate linkerd-identity-issuer',
  ],
  refused: [
    () => IstioCertificateAuthority.pluggedIn(new Secret(chart(), 'CaCerts', { metadata: { name: 'cacerts' }, stringData: { 'ca-key.pem': 'key' } })),
    () => LinkerdTrustRoots.pem('-----BEGIN CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----'),
    () => IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(chart(), 'Ca', 'mesh-ca')),
    () => istio(IstioCertificateAuthority.istioCsr(issuer)).helmValues(IstioChart.ISTIOD, { values: { istiod: { global: { caAddress: 'ca.example.com:443' } } } }),
    () => istio(IstioCertificateAuthority.istioCsr(issuer)).helmValues(IstioChart.ISTIOD, { clusterName: 'west' }),
    () => istio().issueCertificateAuthority(chart(), 'Authority'),
    () => new LinkerdMesh(chart(), 'Mesh').helmValues(),
    () => istio(IstioCertificateAuthority.kubernetesSigner('clusterissuers.cert-manager.io', 'istio-system')),
    () => istio(IstioCertificateAuthority.selfSigned(), { controlPlane: ControlPlane.managed(ManagedChannel.RAPID) }),
    () => IstioCertificateAuthority.istioCsr(issuer, { maxCertificateDuration: Duration.minutes(30) }),
    () => IstioCertificateAuthority.selfSigned({ defaultWorkloadCertTtl: Duration.days(120) }),
  ],
});

test('the table of Secrets is what others have to provide', () => {
  const { text } = renderModule('../guides/certificate-authority').find(({ name }) => name === 'provided.md')!;
  expect(readFileSync(join(__dirname, '../../docs/guides/certificate-authority.md'), 'utf8')).toContain(`\n\n${text}\n`);
});
