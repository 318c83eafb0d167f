import { Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';

/** A name of a kind that X.509 lets everybody define. */
export interface CertManagerOtherName {
  /** The object identifier of the kind, such as `1.3.6.1.4.1.311.20.2.3`. */
  readonly oid: string;

  /** The name. */
  readonly utf8Value: string;
}

/** Forms in which the certificate stands in its Secret besides PEM. */
export enum CertManagerOutputFormat {
  /** The private key as DER, in `key.der`. */
  DER = 'DER',
  /** Private key and certificates together, in `tls-combined.pem`. */
  COMBINED_PEM = 'CombinedPEM',
}

/** How a certificate request is signed. */
export enum CertManagerSignatureAlgorithm {
  /** RSA with SHA-256. */
  SHA256_WITH_RSA = 'SHA256WithRSA',
  /** RSA with SHA-384. */
  SHA384_WITH_RSA = 'SHA384WithRSA',
  /** RSA with SHA-512. */
  SHA512_WITH_RSA = 'SHA512WithRSA',
  /** ECDSA with SHA-256. */
  ECDSA_WITH_SHA256 = 'ECDSAWithSHA256',
  /** ECDSA with SHA-384. */
  ECDSA_WITH_SHA384 = 'ECDSAWithSHA384',
  /** ECDSA with SHA-512. */
  ECDSA_WITH_SHA512 = 'ECDSAWithSHA512',
  /** Ed25519. */
  PURE_ED25519 = 'PureEd25519',
}

/** How PKCS#12 is encrypted. */
export enum CertManagerPkcs12Profile {
  /** RC2; for old readers. */
  LEGACY_RC2 = 'LegacyRC2',
  /** 3DES; for old readers. */
  LEGACY_DES = 'LegacyDES',
  /** AES, as of 2023. */
  MODERN_2023 = 'Modern2023',
  /** AES, as of 2026. */
  MODERN_2026 = 'Modern2026',
}

/** What encrypts a keystore. */
export class CertManagerKeystorePassword {
  /**
   * A password in a Secret of the certificate's namespace.
   *
   * @param secret the Secret
   * @param key which of its values
   */
  public static secret(secret: ISecret, key: string): CertManagerKeystorePassword {
    return CertManagerKeystorePassword.secretName(secret.name, key);
  }

  /**
   * A password in a Secret of the certificate's namespace that is in the cluster already.
   *
   * @param name the name of the Secret
   * @param key which of its values
   */
  public static secretName(name: string, key: string): CertManagerKeystorePassword {
    return new CertManagerKeystorePassword({ passwordSecretRef: { name, key } });
  }

  /** A password that everybody who reads the manifest may know: for readers that insist on one. */
  public static known(password: string): CertManagerKeystorePassword {
    return new CertManagerKeystorePassword({ password });
  }

  private constructor(
    /** @internal */
    public readonly _spec: { passwordSecretRef?: { name: string; key: string }; password?: string },
  ) {}
}

/** A keystore for Java, in `keystore.jks`. */
export interface CertManagerJksKeystore {
  /**
   * Whether it is made.
   *
   * @default true
   */
  readonly create?: boolean;

  /**
   * The alias of the certificate in it.
   *
   * @default - 'certificate'
   */
  readonly alias?: string;

  /** What encrypts it. */
  readonly password: CertManagerKeystorePassword;
}

/** A keystore as PKCS#12, in `keystore.p12`. */
export interface CertManagerPkcs12Keystore {
  /**
   * Whether it is made.
   *
   * @default true
   */
  readonly create?: boolean;

  /** What encrypts it. */
  readonly password: CertManagerKeystorePassword;

  /**
   * How it is encrypted.
   *
   * @default - as cert-manager's release does
   */
  readonly profile?: CertManagerPkcs12Profile;
}

/** Keystores that stand in the Secret besides PEM. */
export interface CertManagerKeystores {
  /**
   * One for Java.
   *
   * @default - none
   */
  readonly jks?: CertManagerJksKeystore;

  /**
   * One as PKCS#12.
   *
   * @default - none
   */
  readonly pkcs12?: CertManagerPkcs12Keystore;
}

/** Names that are meant by a constraint. */
export interface CertManagerNameConstraint {
  /**
   * DNS domains.
   *
   * @default - not constrained
   */
  readonly dnsDomains?: string[];

  /**
   * Ranges of IP addresses, as `10.0.0.0/8`.
   *
   * @default - not constrained
   */
  readonly ipRanges?: string[];

  /**
   * Email addresses, or domains of theirs.
   *
   * @default - not constrained
   */
  readonly emailAddresses?: string[];

  /**
   * Domains of URIs.
   *
   * @default - not constrained
   */
  readonly uriDomains?: string[];
}

/** For which names an authority may sign. At least one of `permitted` and `excluded` must be said. */
export interface CertManagerNameConstraints {
  /**
   * Whether readers that do not understand constraints must refuse the certificate.
   *
   * @default false
   */
  readonly critical?: boolean;

  /**
   * The names for which it may sign.
   *
   * @default - all names
   */
  readonly permitted?: CertManagerNameConstraint;

  /**
   * The names for which it may not sign, whatever is permitted.
   *
   * @default - none
   */
  readonly excluded?: CertManagerNameConstraint;
}

/** What makes cert-manager renew a certificate. */
export enum CertManagerRenewalPolicy {
  /** The end of its duration. */
  RENEW_BEFORE = 'RenewBefore',
  /** Nothing. */
  DISABLED = 'Disabled',
}

/** A time in which a certificate may be renewed. */
export interface CertManagerRenewalWindow {
  /** When it begins, as cron says it: `0 3 * * 6`. */
  readonly cron: string;

  /** How long it lasts, in whole seconds. */
  readonly windowDuration: Duration;

  /**
   * The time zone of the beginning, as `Europe/Berlin`.
   *
   * @default - UTC
   */
  readonly timezone?: string;
}

/** When cert-manager renews a certificate. */
export interface CertManagerRenewal {
  /**
   * What makes cert-manager renew it.
   *
   * @default CertManagerRenewalPolicy.RENEW_BEFORE
   */
  readonly policy?: CertManagerRenewalPolicy;

  /**
   * The times in which it may be renewed.
   *
   * @default - any time
   */
  readonly windows?: CertManagerRenewalWindow[];
}
