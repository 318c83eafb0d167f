import { Duration } from 'cdk8s';

/** How long certificates of workloads hold that istiod signs. */
export interface IstiodSigningOptions {
  /**
   * For how long a proxy gets a certificate, where it does not say it.
   *
   * @default - 24 hours
   */
  readonly defaultWorkloadCertTtl?: Duration;

  /**
   * The longest that a proxy gets, at least `defaultWorkloadCertTtl`.
   *
   * @default - 90 days
   */
  readonly maxWorkloadCertTtl?: Duration;
}

/** Options of a root that istiod makes. */
export interface SelfSignedCaOptions extends IstiodSigningOptions {
  /**
   * How long the root holds.
   *
   * @default - 10 years
   */
  readonly rootTtl?: Duration;

  /**
   * The size of its RSA key in bits, at least 2048.
   *
   * @default 2048
   */
  readonly rsaKeySize?: number;
}

/** The layout of the Secret `cacerts`. */
export enum CaSecretFormat {
  /** Istio's own: `ca-cert.pem`, `ca-key.pem`, `cert-chain.pem`, `root-cert.pem`. */
  ISTIO = 'istio',
  /** That of Kubernetes and cert-manager: `tls.crt`, `tls.key`, `ca.crt`. */
  TLS = 'tls',
}

/** Options of an authority that others plug in. */
export interface PluggedInCaOptions extends IstiodSigningOptions {
  /**
   * The layout of the Secret.
   *
   * @default CaSecretFormat.ISTIO
   */
  readonly format?: CaSecretFormat;
}

/** Options of an authority that cert-manager makes for istiod. */
export interface CertManagerCaOptions extends IstiodSigningOptions {
  /**
   * How long it holds, longer than the certificates that it signs.
   *
   * @default - 90 days
   */
  readonly duration?: Duration;

  /**
   * How long before its end cert-manager renews it; istiod takes the new one at once.
   *
   * @default - 30 days
   */
  readonly renewBefore?: Duration;
}

/** Options of istio-csr. */
export interface IstioCsrOptions {
  /**
   * The namespace in which it runs.
   *
   * @default 'cert-manager'
   */
  readonly namespace?: string;

  /**
   * The Secret in that namespace with the root, as `ca.pem`: then nobody can slip another root in by an issuer.
   *
   * @default - what the issuer says is trusted, when istio-csr starts
   */
  readonly rootCaSecretName?: string;

  /**
   * The longest that a certificate holds, at least 1 hour.
   *
   * @default - 1 hour
   */
  readonly maxCertificateDuration?: Duration;
}
