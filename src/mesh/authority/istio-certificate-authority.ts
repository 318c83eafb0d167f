import { Duration } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-28';
import { CaSecretFormat, CertManagerCaOptions, IstioCsrOptions, IstiodSigningOptions, PluggedInCaOptions, SelfSignedCaOptions } from './istio-ca-options';
import { ProvidedSecret } from './provided-secret';
import { CertManagerIssuer } from '../../certificates/cert-manager-issuer';
import { MeshConfig } from '../../istio/mesh-config';
import { formatDuration } from '../../semantics/duration';
import { SecretType } from '../../semantics/keys';
import { checkDnsLabel, checkDnsSubdomain } from '../../semantics/names';
import { IstioChart } from '../control-plane/istio-helm';

/** The Secret in the namespace of the control plane from which istiod takes its authority. */
export const CA_SECRET = 'cacerts';
const CSR_RELEASE = 'cert-manager-istio-csr';
const CERT_SIGNER = 'ISTIO_META_CERT_SIGNER';

/** What of values an authority says. */
interface AuthorityValues {
  readonly env?: { readonly [name: string]: string };
  readonly global?: { readonly [name: string]: unknown };
  readonly ztunnel?: { readonly [name: string]: unknown };
}

/** Facts of an authority. */
interface Authority extends AuthorityValues {
  readonly what: string;
  readonly secrets?: (rootNamespace: string) => ProvidedSecret[];
  /** The Certificate that makes istiod an intermediate authority. */
  readonly issued?: { readonly issuer: CertManagerIssuer; readonly options: CertManagerCaOptions };
  readonly csr?: { readonly issuer: CertManagerIssuer; readonly options: IstioCsrOptions };
  /** The signer that proxies name, where it is one of the Kubernetes API. */
  readonly signer?: string;
}

const ISTIO_KEYS = {
  'ca-cert.pem': 'the certificate with which istiod signs',
  'ca-key.pem': 'its private key',
  'cert-chain.pem': 'that certificate and all up to the root',
  'root-cert.pem': 'the root that workloads trust, the same in all clusters of the mesh',
};
const TLS_KEYS = {
  'tls.crt': 'the certificate with which istiod signs',
  'tls.key': 'its private key',
  'ca.crt': 'the root that workloads trust, the same in all clusters of the mesh',
};

const LAYOUTS = {
  [CaSecretFormat.ISTIO]: { type: SecretType.OPAQUE, keys: ISTIO_KEYS },
  [CaSecretFormat.TLS]: { type: SecretType.TLS, keys: TLS_KEYS },
};

/**
 * Who signs the certificates by which workloads of an Istio mesh know each other. Private keys never pass through the app: what it needs is named, and others provide it.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/
 */
export class IstioCertificateAuthority {
  /**
   * istiod, with a root of its own that it makes and keeps in the cluster. Clusters of one mesh cannot each have one: they would not trust each other.
   *
   * @throws when a key is too short, or a time is none
   */
  public static selfSigned(options: SelfSignedCaOptions = {}): IstioCertificateAuthority {
    const { rootTtl, rsaKeySize } = options;
    if (rsaKeySize !== undefined && (!Number.isInteger(rsaKeySize) || rsaKeySize < 2048)) {
      throw new Error(`rsaKeySize of a root must be a whole number, at least 2048, got ${rsaKeySize}`);
    }
    return new IstioCertificateAuthority({
      what: 'a self-signed root',
      env: {
        ...rootTtl && { CITADEL_SELF_SIGNED_CA_CERT_TTL: formatDuration(rootTtl, 'rootTtl') },
        ...rsaKeySize && { CITADEL_SELF_SIGNED_CA_RSA_KEY_SIZE: `${rsaKeySize}` },
        ...signingEnv(options),
      },
    });
  }

  /**
   * istiod, as an authority below your root, from the Secret `cacerts` in the namespace of the control plane. Who provides it – an ExternalSecret, an operator – has to
   * keep to `mesh.providedSecrets`.
   *
   * @param secret the Secret, which is in the cluster already: `Secret.fromSecretName(scope, 'CaCerts', 'cacerts')`
   * @throws when the app writes the Secret, or it has another name
   * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
   */
  public static pluggedIn(secret: ISecret, options: PluggedInCaOptions = {}): IstioCertificateAuthority {
    if (secret instanceof Secret) {
      throw new Error(`secret '${secret.name}' is written by this app, so that the key of the mesh would lie in Git: have an operator provide it, and pass Secret.fromSecretName`);
    }
    if (secret.name !== CA_SECRET) {
      throw new Error(`istiod reads its authority from the Secret '${CA_SECRET}', got '${secret.name}': give it that name`);
    }
    const { format = CaSecretFormat.ISTIO } = options;
    return new IstioCertificateAuthority({
      what: `the Secret ${CA_SECRET}`,
      env: signingEnv(options),
      secrets: namespace => [{ namespace, name: CA_SECRET, ...LAYOUTS[format] }],
    });
  }

  /**
   * istiod, as an authority below an issuer of cert-manager, which writes the Secret `cacerts`: `mesh.issueCertificateAuthority` makes the Certificate.
   *
   * @param issuer who signs the authority
   * @throws when a time is none
   */
  public static certManager(issuer: CertManagerIssuer, options: CertManagerCaOptions = {}): IstioCertificateAuthority {
    return new IstioCertificateAuthority({ what: `issuer '${issuer.name}' of cert-manager`, env: signingEnv(options), issued: { issuer, options } });
  }

  /**
   * cert-manager itself, asked by istio-csr for each certificate: istiod signs nothing. `mesh.istioCsrValues` has the values of its chart.
   *
   * @param issuer who signs the certificates of workloads; an Issuer is in the namespace of the control plane
   * @throws when a name is none, or certificates hold less than an hour
   * @see https://cert-manager.io/docs/usage/istio-csr/
   */
  public static istioCsr(issuer: CertManagerIssuer, options: IstioCsrOptions = {}): IstioCertificateAuthority {
    const { namespace = 'cert-manager', rootCaSecretName, maxCertificateDuration } = options;
    checkDnsLabel(namespace, 'namespace of istio-csr');
    if (maxCertificateDuration && maxCertificateDuration.toMilliseconds() < 3600000) {
      throw new Error(`maxCertificateDuration of istio-csr must be at least 1h, got ${formatDuration(maxCertificateDuration)}: cert-manager signs none that is shorter`);
    }
    const secretName = rootCaSecretName === undefined ? undefined : checkDnsSubdomain(rootCaSecretName, 'Secret of the root');
    const caAddress = `${CSR_RELEASE}.${namespace}.svc:443`;
    return new IstioCertificateAuthority({
      what: 'istio-csr',
      env: { ENABLE_CA_SERVER: 'false' },
      global: { caAddress },
      ztunnel: { caAddress },
      csr: { issuer, options },
      secrets: () => secretName === undefined ? [] : [{ namespace, name: secretName, type: SecretType.OPAQUE, keys: { 'ca.pem': 'the root that workloads trust, without its key' } }],
    });
  }

  /**
   * A signer of Kubernetes' certificates API, which istiod asks: the root is outside of the mesh, and has to be in `caCertificates` of it.
   *
   * @param domain the domain of the signers, such as `clusterissuers.cert-manager.io`
   * @param signer the one that signs for the mesh, such as `istio-system`
   * @throws when a part is none
   * @see https://istio.io/latest/docs/tasks/security/cert-management/custom-ca-k8s/
   */
  public static kubernetesSigner(domain: string, signer: string): IstioCertificateAuthority {
    const name = `${checkDnsSubdomain(domain, 'domain of the signer')}/${checkDnsSubdomain(signer, 'signer')}`;
    return new IstioCertificateAuthority({
      what: `signer '${name}'`,
      env: { EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API', CERT_SIGNER_DOMAIN: domain },
      global: { pilotCertProvider: `k8s.io/${name}`, certSigners: [name] },
      signer,
    });
  }

  private constructor(
    /** @internal */
    public readonly _authority: Authority,
  ) {}

  /**
   * What the values of a chart say of it.
   *
   * @internal
   */
  public _values(chart: IstioChart): AuthorityValues & { readonly [name: string]: unknown } {
    const { env, global, ztunnel } = this._authority;
    return chart === IstioChart.ISTIOD ? { env, global } : chart === IstioChart.ZTUNNEL ? { ...ztunnel } : {};
  }

  /**
   * The configuration of the mesh with what the authority needs there.
   *
   * @internal
   */
  public _complete<T extends MeshConfig>(config: T): T {
    const { signer, what } = this._authority;
    if (signer === undefined) {
      return config;
    }
    if (config.caCertificates === undefined) {
      throw new Error(`workloads cannot know the root of ${what}: pass caCertificates: [MeshCaCertificate.pem(root, { certSigners: [...] })] to the mesh`);
    }
    const proxyMetadata = { ...config.defaultConfig?.proxyMetadata, [CERT_SIGNER]: signer };
    return { ...config, defaultConfig: { ...config.defaultConfig, proxyMetadata } };
  }
}

function signingEnv({ defaultWorkloadCertTtl, maxWorkloadCertTtl }: IstiodSigningOptions): { [name: string]: string } {
  const usual = defaultWorkloadCertTtl ?? Duration.hours(24);
  const most = maxWorkloadCertTtl ?? Duration.days(90);
  if (usual.toMilliseconds() < 1000 || usual.toMilliseconds() > most.toMilliseconds()) {
    throw new Error(`defaultWorkloadCertTtl must be at least 1s and at most maxWorkloadCertTtl, ${formatDuration(most)}, got ${formatDuration(usual)}`);
  }
  return {
    ...defaultWorkloadCertTtl && { DEFAULT_WORKLOAD_CERT_TTL: formatDuration(defaultWorkloadCertTtl) },
    ...maxWorkloadCertTtl && { MAX_WORKLOAD_CERT_TTL: formatDuration(maxWorkloadCertTtl) },
  };
}
