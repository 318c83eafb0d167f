import { Duration } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import {
  CertManagerKeystores, CertManagerNameConstraints, CertManagerOtherName, CertManagerOutputFormat, CertManagerRenewal, CertManagerSignatureAlgorithm,
} from './cert-manager-certificate-options';
import { CertManagerIssuer } from './cert-manager-issuer';
import { CertManagerPrivateKey } from './cert-manager-private-key';
import { CertManagerSecretTemplate } from './cert-manager-secret-template';
import { CertManagerSubject } from './cert-manager-subject';
import { CertManagerUsage } from './cert-manager-usage';

/** Properties of a Certificate of cert-manager. At least one name must be said. */
export interface CertManagerCertificateProps extends ResourceProps {
  /** Who signs it. */
  readonly issuer: CertManagerIssuer;

  /**
   * The name of the Secret that gets it.
   *
   * @default - the name of the Certificate
   */
  readonly secretName?: string;

  /**
   * DNS names; they may start with `*.`.
   *
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * URIs, such as SPIFFE identities.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * Email addresses.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];

  /**
   * Names of kinds that others define.
   *
   * @default - none
   */
  readonly otherNames?: CertManagerOtherName[];

  /**
   * The common name, 1 to 64 characters; TLS looks at the other names only.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * Whom the certificate is about.
   *
   * @default - nobody but its names
   */
  readonly subject?: CertManagerSubject;

  /**
   * Whom the certificate is about, in the order of RFC 4514, as `CN=shop,O=Example`; not together with `commonName` and `subject`.
   *
   * @default - as `commonName` and `subject` say
   */
  readonly literalSubject?: string;

  /**
   * How long it is valid, at least 1 hour.
   *
   * @default - 90 days, or what the issuer grants
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed, at least 5 minutes; not together with `renewBeforePercentage`.
   *
   * @default - a third of its duration
   */
  readonly renewBefore?: Duration;

  /**
   * How long before its end it is renewed, in percent of its duration, 1 to 99.
   *
   * @default - as `renewBefore` says
   */
  readonly renewBeforePercentage?: number;

  /**
   * What makes cert-manager renew it, and at which times it may.
   *
   * @default - before its end, at any time
   */
  readonly renewal?: CertManagerRenewal;

  /**
   * What it may be used for.
   *
   * @default - digital signatures and encryption of keys
   */
  readonly usages?: CertManagerUsage[];

  /**
   * Whether the usages stand in the request that the issuer gets.
   *
   * @default true
   */
  readonly encodeUsagesInRequest?: boolean;

  /**
   * Whether it is the certificate of an authority.
   *
   * @default false
   */
  readonly isCa?: boolean;

  /**
   * For which names the authority may sign; only with `isCa`.
   *
   * @default - all names
   */
  readonly nameConstraints?: CertManagerNameConstraints;

  /**
   * Its private key.
   *
   * @default - RSA with 2048 bits, another one for each renewal
   */
  readonly privateKey?: CertManagerPrivateKey;

  /**
   * How the request is signed; it must fit the private key.
   *
   * @default - as fits the private key
   */
  readonly signatureAlgorithm?: CertManagerSignatureAlgorithm;

  /**
   * What the Secret gets besides.
   *
   * @default - nothing
   */
  readonly secretTemplate?: CertManagerSecretTemplate;

  /**
   * Keystores that stand in the Secret, too.
   *
   * @default - none
   */
  readonly keystores?: CertManagerKeystores;

  /**
   * Other forms in which it stands in the Secret, too.
   *
   * @default - PEM alone
   */
  readonly additionalOutputFormats?: CertManagerOutputFormat[];

  /**
   * How many requests of it are kept, at least 1.
   *
   * @default 1
   */
  readonly revisionHistoryLimit?: number;
}
