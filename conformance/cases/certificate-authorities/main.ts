import { App, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  CaSecretFormat, CertManagerIssuer, ControlPlane, DataPlane, IstioArgoCd, IstioCertificateAuthority, IstioMesh, IstioMeshProps, LinkerdIdentity,
  LinkerdMesh, LinkerdTrustRoots, MeshCaCertificate,
} from 'cdk8s-mesh';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const ISSUER = CertManagerIssuer.clusterIssuer('mesh-root');

const app = new App();

/** A chart for an authority, with what installs the mesh. */
function install(name: string, props: (chart: Chart) => IstioMeshProps): { readonly chart: Chart; readonly mesh: IstioMesh } {
  const chart = new Chart(app, name, { disableResourceNameHashes: true });
  const mesh = new IstioMesh(chart, 'Mesh', props(chart));
  new IstioArgoCd(chart, 'Istio', { mesh });
  return { chart, mesh };
}

install('self-signed', () => ({
  certificateAuthority: IstioCertificateAuthority.selfSigned({
    rootTtl: Duration.days(3650), rsaKeySize: 4096, defaultWorkloadCertTtl: Duration.hours(12),
  }),
}));

install('plugged-in', chart => ({
  certificateAuthority: IstioCertificateAuthority.pluggedIn(Secret.fromSecretName(chart, 'CaCerts', 'cacerts'), { format: CaSecretFormat.TLS }),
}));

const { chart: made, mesh } = install('cert-manager', () => ({ certificateAuthority: IstioCertificateAuthority.certManager(ISSUER) }));
mesh.issueCertificateAuthority(made, 'CaCerts');

install('istio-csr', () => ({
  controlPlane: ControlPlane.tag('stable', '1-31'),
  dataPlane: DataPlane.AMBIENT,
  certificateAuthority: IstioCertificateAuthority.istioCsr(ISSUER),
}));

install('kubernetes-signer', () => ({
  certificateAuthority: IstioCertificateAuthority.kubernetesSigner('clusterissuers.cert-manager.io', 'mesh'),
  caCertificates: [MeshCaCertificate.pem(PEM, { certSigners: ['clusterissuers.cert-manager.io/mesh'] })],
}));

const linkerd = new Chart(app, 'linkerd', { disableResourceNameHashes: true });
new LinkerdMesh(linkerd, 'Mesh', {
  identity: LinkerdIdentity.certManager(CertManagerIssuer.issuer('linkerd-trust-anchor'), LinkerdTrustRoots.configMap()),
}).issueIdentityIssuer(linkerd, 'Identity');

app.synth();
