import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ProvidedSecret } from './provided-secret';
import { CertManagerCertificate } from '../../certificates/cert-manager-certificate';
import { CertManagerIssuer } from '../../certificates/cert-manager-issuer';
import { CertManagerKeyAlgorithm, CertManagerKeyRotationPolicy } from '../../certificates/cert-manager-private-key';
import { CertManagerUsage } from '../../certificates/cert-manager-usage';
import { SecretType } from '../../semantics/keys';
import { patternLabels } from '../pattern-labels';

/** The Secret from which Linkerd takes the certificate that signs those of proxies, and the ConfigMap with the roots that they trust. */
const ISSUER_SECRET = 'linkerd-identity-issuer';
const TRUST_ROOTS = 'linkerd-identity-trust-roots';

/**
 * The roots that proxies of Linkerd trust. They are public, so that they may be in Git.
 *
 * @see https://linkerd.io/2-edge/tasks/automatically-rotating-control-plane-tls-credentials/
 */
export class LinkerdTrustRoots {
  /**
   * By their certificates.
   *
   * @param certificates one or more certificates as PEM
   * @throws when it is no PEM, or has a private key
   */
  public static pem(certificates: string): LinkerdTrustRoots {
    if (certificates.includes('PRIVATE KEY')) {
      throw new Error('roots that proxies trust must be certificates alone, got a private key: it must never be in the app');
    }
    if (!certificates.includes('-----BEGIN CERTIFICATE-----')) {
      throw new Error('roots that proxies trust must be certificates as PEM, got none: pass a text with -----BEGIN CERTIFICATE-----');
    }
    return new LinkerdTrustRoots(certificates);
  }

  /** By the ConfigMap `linkerd-identity-trust-roots` in the namespace of the control plane, with the key `ca-bundle.crt`, which another writes, such as trust-manager. */
  public static configMap(): LinkerdTrustRoots {
    return new LinkerdTrustRoots();
  }

  private constructor(
    /** @internal */
    public readonly _pem?: string,
  ) {}
}

/** Options of an identity issuer that cert-manager makes. */
export interface LinkerdCertManagerOptions {
  /**
   * How long the identity issuer holds, at least 1 hour.
   *
   * @default - 48 hours
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed.
   *
   * @default - 25 hours
   */
  readonly renewBefore?: Duration;
}

/**
 * Who signs the certificates by which workloads of a Linkerd mesh know each other: an identity issuer in the cluster, below a root that is not. Its Secret is always of
 * type `kubernetes.io/tls`, because with Linkerd's own type the private key would be among the values of the chart, and lie in Git.
 *
 * @see https://linkerd.io/2-edge/tasks/automatically-rotating-control-plane-tls-credentials/
 */
export class LinkerdIdentity {
  /**
   * From the Secret `linkerd-identity-issuer` that others provide, as `mesh.providedSecrets` says.
   *
   * @param trustRoots the roots that proxies trust
   */
  public static provided(trustRoots: LinkerdTrustRoots): LinkerdIdentity {
    return new LinkerdIdentity(trustRoots);
  }

  /**
   * From an issuer of cert-manager, which writes the Secret: `mesh.issueIdentityIssuer` makes the Certificate.
   *
   * @param issuer who has the key of the root
   * @param trustRoots the roots that proxies trust
   */
  public static certManager(issuer: CertManagerIssuer, trustRoots: LinkerdTrustRoots, options: LinkerdCertManagerOptions = {}): LinkerdIdentity {
    return new LinkerdIdentity(trustRoots, issuer, options);
  }

  private constructor(
    private readonly trustRoots: LinkerdTrustRoots,
    private readonly issuer?: CertManagerIssuer,
    private readonly options: LinkerdCertManagerOptions = {},
  ) {}

  /**
   * What the values of the chart `linkerd-control-plane` say of it.
   *
   * @internal
   */
  public _values(): { [key: string]: unknown } {
    const { _pem } = this.trustRoots;
    return {
      ..._pem !== undefined && { identityTrustAnchorsPEM: _pem },
      identity: { externalCA: _pem === undefined, issuer: { scheme: SecretType.TLS } },
    };
  }

  /** @internal */
  public _secrets(namespace: string): ProvidedSecret[] {
    return this.issuer !== undefined ? [] : [{
      namespace,
      name: ISSUER_SECRET,
      type: SecretType.TLS,
      keys: {
        'tls.crt': 'the certificate that signs those of proxies',
        'tls.key': 'its private key, ECDSA P-256',
        'ca.crt': `the root that signed it, which is in ${TRUST_ROOTS}`,
      },
    }];
  }

  /** @internal */
  public _issue(scope: Construct, id: string, mesh: { readonly rootNamespace: string; readonly trustDomain: string }): CertManagerCertificate {
    if (this.issuer === undefined) {
      throw new Error(`the Secret ${ISSUER_SECRET} is provided by others, so that no Certificate is made: pass LinkerdIdentity.certManager(issuer, trustRoots) to the mesh`);
    }
    const { rootNamespace, trustDomain } = mesh;
    const name = `identity.${rootNamespace}.${trustDomain}`;
    const { duration = Duration.hours(48), renewBefore = Duration.hours(25) } = this.options;
    return new CertManagerCertificate(scope, id, {
      metadata: { name: ISSUER_SECRET, namespace: rootNamespace, labels: patternLabels('mesh-authority', ISSUER_SECRET) },
      issuer: this.issuer,
      secretName: ISSUER_SECRET,
      isCa: true,
      commonName: name,
      dnsNames: [name],
      duration,
      renewBefore,
      privateKey: { algorithm: CertManagerKeyAlgorithm.ECDSA, rotationPolicy: CertManagerKeyRotationPolicy.ALWAYS },
      usages: [CertManagerUsage.CERT_SIGN, CertManagerUsage.CRL_SIGN, CertManagerUsage.SERVER_AUTH, CertManagerUsage.CLIENT_AUTH],
    });
  }
}
