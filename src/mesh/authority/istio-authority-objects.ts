import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { CA_SECRET, IstioCertificateAuthority } from './istio-certificate-authority';
import { CertManagerCertificate } from '../../certificates/cert-manager-certificate';
import { CertManagerUsage } from '../../certificates/cert-manager-usage';
import { DataPlane } from '../../istio/data-plane';
import { formatDuration } from '../../semantics/duration';
import { patternLabels } from '../pattern-labels';

/** What of a mesh its authority is made for. */
interface SignedMesh {
  readonly certificateAuthority: IstioCertificateAuthority;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly dataPlane: DataPlane;
  readonly controlPlane: { readonly installedRevision?: string };
  readonly upgrade?: { readonly to: { readonly installedRevision?: string } };
  readonly _former?: { readonly installedRevision?: string };
  readonly _clusterName?: string;
}

/** The Certificate that makes istiod an authority below an issuer. */
export function issueAuthority(scope: Construct, id: string, mesh: SignedMesh): CertManagerCertificate {
  const { certificateAuthority, rootNamespace, trustDomain } = mesh;
  const { issued, what } = certificateAuthority._authority;
  if (issued === undefined) {
    throw new Error(`the authority of the mesh is ${what}, for which no Certificate is made: pass IstioCertificateAuthority.certManager(issuer) to the mesh`);
  }
  const { issuer, options: { duration = Duration.days(90), renewBefore = Duration.days(30) } } = issued;
  return new CertManagerCertificate(scope, id, {
    metadata: { name: CA_SECRET, namespace: rootNamespace, labels: patternLabels('mesh-authority', CA_SECRET) },
    issuer,
    secretName: CA_SECRET,
    isCa: true,
    commonName: `istiod.${rootNamespace}`,
    subject: { organizations: [trustDomain] },
    duration,
    renewBefore,
    usages: [CertManagerUsage.DIGITAL_SIGNATURE, CertManagerUsage.CERT_SIGN, CertManagerUsage.CRL_SIGN],
  });
}

/** The values of the chart of istio-csr. */
export function istioCsrValues(mesh: SignedMesh): object {
  const { csr, what } = mesh.certificateAuthority._authority;
  if (csr === undefined) {
    throw new Error(`the authority of the mesh is ${what}, which needs no istio-csr: pass IstioCertificateAuthority.istioCsr(issuer) to the mesh`);
  }
  const { issuer: { name, kind, group }, options: { namespace = 'cert-manager', rootCaSecretName, maxCertificateDuration } } = csr;
  const longest = maxCertificateDuration && formatDuration(maxCertificateDuration);
  const { _former: first = mesh.controlPlane } = mesh;
  const revisions = [first.installedRevision ?? 'default', mesh.upgrade?.to.installedRevision].filter(revision => revision !== undefined);
  return {
    app: {
      certmanager: { namespace: mesh.rootNamespace, issuer: { name, kind, group } },
      istio: { namespace: mesh.rootNamespace, revisions },
      tls: {
        trustDomain: mesh.trustDomain,
        certificateDNSNames: [`cert-manager-istio-csr.${namespace}.svc`],
        rootCAFile: rootCaSecretName && '/var/run/secrets/istio-csr/ca.pem',
      },
      server: {
        clusterID: mesh._clusterName,
        maxCertificateDuration: longest,
        // ztunnel asks for the certificates of the workloads of its node.
        caTrustedNodeAccounts: mesh.dataPlane === DataPlane.AMBIENT ? `${mesh.rootNamespace}/ztunnel` : undefined,
      },
    },
    volumes: rootCaSecretName && [{ name: 'root-ca', secret: { secretName: rootCaSecretName } }],
    volumeMounts: rootCaSecretName && [{ name: 'root-ca', mountPath: '/var/run/secrets/istio-csr', readOnly: true }],
  };
}
