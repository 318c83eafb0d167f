import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  ArgoCdApplication, ArgoCdSource, CertManagerIssuer, IstioArgoCd, IstioCertificateAuthority, IstioMesh, LinkerdIdentity, LinkerdMesh,
  LinkerdTrustRoots, MeshCaCertificate,
} from 'cdk8s-mesh';

// The code of docs/guides/certificate-authority.md.
const app = new App();
const chart = new Chart(app, 'issuer');
const issuer = CertManagerIssuer.clusterIssuer('mesh-root');
const mesh = new IstioMesh(chart, 'Mesh', { certificateAuthority: IstioCertificateAuthority.certManager(issuer) });
mesh.issueCertificateAuthority(chart, 'Authority');
new IstioArgoCd(chart, 'Istio', { mesh });

const own = new Chart(app, 'own-root');
const rooted = new IstioMesh(own, 'Mesh', {
  certificateAuthority: IstioCertificateAuthority.selfSigned({
    rootTtl: Duration.days(1825), rsaKeySize: 4096, defaultWorkloadCertTtl: Duration.hours(12),
  }),
});
new IstioArgoCd(own, 'Istio', { mesh: rooted });

const plugged = new Chart(app, 'plugged-in');
const below = new IstioMesh(plugged, 'Mesh', {
  certificateAuthority: IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(plugged, 'CaCerts', 'cacerts')),
});
const rows = below.providedSecrets.flatMap(({ namespace, name, type, keys }) =>
  Object.entries(keys).map(([key, value]) => `| ${namespace}/${name} | ${type} | \`${key}\` | ${value} |`));
mkdirSync(app.outdir, { recursive: true });
writeFileSync(join(app.outdir, 'provided.md'), ['| Secret | type | key | holds |', '|---|---|---|---|', ...rows, ''].join('\n'));

const csr = new Chart(app, 'istio-csr');
const signed = new IstioMesh(csr, 'Mesh', {
  certificateAuthority: IstioCertificateAuthority.istioCsr(issuer, { rootCaSecretName: 'mesh-root', maxCertificateDuration: Duration.hours(4) }),
});
new IstioArgoCd(csr, 'Istio', { mesh: signed });
new ArgoCdApplication(csr, 'IstioCsr', {
  metadata: { name: 'istio-csr', namespace: 'argocd' },
  source: ArgoCdSource.chart({
    repoUrl: 'https://charts.jetstack.io', chart: 'cert-manager-istio-csr', targetRevision: 'v0.14.0', valuesObject: signed.istioCsrValues(),
  }),
  destinationNamespace: 'cert-manager',
});

const ROOT = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const external = new Chart(app, 'external-root');
const asked = new IstioMesh(external, 'Mesh', {
  certificateAuthority: IstioCertificateAuthority.kubernetesSigner('clusterissuers.cert-manager.io', 'istio-system'),
  caCertificates: [MeshCaCertificate.pem(ROOT, { certSigners: ['clusterissuers.cert-manager.io/istio-system'] })],
});
new IstioArgoCd(external, 'Istio', { mesh: asked });

const linkerd = new Chart(app, 'linkerd');
const proxies = new LinkerdMesh(linkerd, 'Mesh', {
  identity: LinkerdIdentity.certManager(CertManagerIssuer.issuer('linkerd-trust-anchor'), LinkerdTrustRoots.configMap()),
});
proxies.issueIdentityIssuer(linkerd, 'Issuer');

app.synth();
