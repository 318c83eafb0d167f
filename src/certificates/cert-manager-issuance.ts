import { Duration } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { checkCommonName, checkEmail, checkPrivateKey, checkSecretTemplate, checkUri, checkWhole, lifetimeToKube } from './cert-manager-checks';
import { CertManagerIssuer } from './cert-manager-issuer';
import { CertManagerPrivateKey } from './cert-manager-private-key';
import { CertManagerSecretTemplate } from './cert-manager-secret-template';
import { CertManagerSubject } from './cert-manager-subject';
import { CertManagerUsage } from './cert-manager-usage';
import { IssuedListeners } from './issued-listeners';
import { Gateway } from '../gateway-api/gateway';
import { ListenerSet } from '../gateway-api/listener-set';
import { checkHostname } from '../semantics/hostname';
import { checkIpAddress } from '../semantics/ip-address';
import { CertManagerAnnotation } from '../semantics/keys';
import { checkUnique } from '../semantics/lists';
import { within } from '../semantics/place';

/** What the certificates of a Gateway's listeners are like; the hosts of the listeners are in them always. */
export interface CertManagerIssuanceOptions {
  /**
   * The names of listeners that get no certificate, at which somebody else puts one into the Secret.
   *
   * @default - every listener that ends TLS gets one
   */
  readonly ignoreTlsListeners?: string[];

  /**
   * The common name, 1 to 64 characters; TLS looks at the other names only.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * DNS names besides the hosts of the listeners; they may start with `*.`.
   *
   * @default - none
   */
  readonly altNames?: string[];

  /**
   * IP addresses.
   *
   * @default - none
   */
  readonly ipSans?: string[];

  /**
   * URIs, such as SPIFFE identities.
   *
   * @default - none
   */
  readonly uriSans?: string[];

  /**
   * Email addresses.
   *
   * @default - none
   */
  readonly emailSans?: string[];

  /**
   * How long a certificate is valid, at least 1 hour.
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
   * What a certificate may be used for.
   *
   * @default - digital signatures and encryption of keys
   */
  readonly usages?: CertManagerUsage[];

  /**
   * How many requests of it are kept, at least 1.
   *
   * @default 1
   */
  readonly revisionHistoryLimit?: number;

  /**
   * The private key.
   *
   * @default - RSA with 2048 bits, another one for each renewal
   */
  readonly privateKey?: CertManagerPrivateKey;

  /**
   * Whom a certificate is about.
   *
   * @default - nobody but its names
   */
  readonly subject?: CertManagerSubject;

  /**
   * What the Secrets get besides.
   *
   * @default - nothing
   */
  readonly secretTemplate?: CertManagerSecretTemplate;
}

/** The same for a ListenerSet. */
export interface CertManagerListenerSetIssuanceOptions extends CertManagerIssuanceOptions {
  /**
   * Whether ACME challenges by HTTP are answered at the Gateway that the ListenerSet belongs to.
   *
   * @default false
   */
  readonly http01ParentRefFallback?: boolean;
}

const MAX_REVISIONS = 2 ** 31 - 1;
const ISSUERS = [CertManagerAnnotation.ISSUER, CertManagerAnnotation.CLUSTER_ISSUER];

/**
 * Has cert-manager make the certificates of listeners: one for each Secret that a listener names, for the hosts of all listeners that name it.
 * It is told by annotations, which cert-manager reads only where its support of the Gateway API is switched on.
 *
 * @see https://cert-manager.io/docs/usage/gateway/
 */
export class CertManagerIssuance {
  /**
   * The certificates of a Gateway. Its ListenerSets that name no issuer get theirs from the same one.
   *
   * @throws when the Gateway has an issuer already, a listener that ends TLS cannot get a certificate, or a Secret is filled for somebody else
   */
  public static gateway(gateway: Gateway, issuer: CertManagerIssuer, options: CertManagerIssuanceOptions = {}): void {
    CertManagerIssuance.annotate(`Gateway '${gateway.name}'`, gateway, issuer, options);
  }

  /**
   * The certificates of a ListenerSet; cert-manager asks for one more switch for these.
   *
   * @throws when the ListenerSet has an issuer already, a listener that ends TLS cannot get a certificate, or a Secret is filled for somebody else
   */
  public static listenerSet(listenerSet: ListenerSet, issuer: CertManagerIssuer, options: CertManagerListenerSetIssuanceOptions = {}): void {
    CertManagerIssuance.annotate(`ListenerSet '${listenerSet.name}'`, listenerSet, issuer, options);
    if (options.http01ParentRefFallback) {
      listenerSet.metadata.addAnnotation(CertManagerAnnotation.HTTP01_PARENT_REF_FALLBACK, 'true');
    }
  }

  private static annotate(what: string, owner: Gateway | ListenerSet, issuer: CertManagerIssuer, options: CertManagerIssuanceOptions): void {
    const present = issuerOf(owner);
    if (present !== undefined) {
      throw new Error(`${what} has issuer '${present}' already, got '${issuer.name}': cert-manager takes one; use a CertManagerCertificate for the other`);
    }
    const annotations = { ...issuer._annotations(), ...within(what, () => annotationsOf(options)) };
    new IssuedListeners(what, owner, options.ignoreTlsListeners);
    Object.entries(annotations).forEach(([key, value]) => value === undefined || owner.metadata.addAnnotation(key, value));
  }

  private constructor() {}
}

function issuerOf({ metadata }: Resource): string | undefined {
  const { annotations = {} } = metadata.toJson() ?? {};
  return ISSUERS.map(key => annotations[key]).find(name => name !== undefined);
}

function annotationsOf(options: CertManagerIssuanceOptions): { [key: string]: string | undefined } {
  const { commonName, altNames, ipSans, uriSans, emailSans, usages, privateKey, subject, secretTemplate, revisionHistoryLimit } = options;
  checkCommonName(commonName);
  altNames?.forEach(name => checkHostname(name, 'DNS name of a certificate'));
  ipSans?.forEach(address => checkIpAddress(address, 'IP address of a certificate'));
  uriSans?.forEach(checkUri);
  emailSans?.forEach(checkEmail);
  checkPrivateKey(privateKey);
  checkSecretTemplate(secretTemplate);
  checkUnique(usages ?? [], 'usages of a certificate');
  checkWhole(1, MAX_REVISIONS, revisionHistoryLimit, 'revisionHistoryLimit of a certificate');
  const { duration, renewBefore, renewBeforePercentage } = lifetimeToKube(options);
  return {
    [CertManagerAnnotation.COMMON_NAME]: commonName,
    [CertManagerAnnotation.ALT_NAMES]: commas(altNames),
    [CertManagerAnnotation.IP_SANS]: commas(ipSans),
    [CertManagerAnnotation.URI_SANS]: commas(uriSans),
    [CertManagerAnnotation.EMAIL_SANS]: commas(emailSans),
    [CertManagerAnnotation.DURATION]: duration,
    [CertManagerAnnotation.RENEW_BEFORE]: renewBefore,
    [CertManagerAnnotation.RENEW_BEFORE_PERCENTAGE]: renewBeforePercentage?.toString(),
    [CertManagerAnnotation.USAGES]: commas(usages),
    [CertManagerAnnotation.REVISION_HISTORY_LIMIT]: revisionHistoryLimit?.toString(),
    [CertManagerAnnotation.PRIVATE_KEY_ALGORITHM]: privateKey?.algorithm,
    [CertManagerAnnotation.PRIVATE_KEY_ENCODING]: privateKey?.encoding,
    [CertManagerAnnotation.PRIVATE_KEY_SIZE]: privateKey?.size?.toString(),
    [CertManagerAnnotation.PRIVATE_KEY_ROTATION_POLICY]: privateKey?.rotationPolicy,
    [CertManagerAnnotation.SUBJECT_ORGANIZATIONS]: commas(subject?.organizations),
    [CertManagerAnnotation.SUBJECT_ORGANIZATIONAL_UNITS]: commas(subject?.organizationalUnits),
    [CertManagerAnnotation.SUBJECT_COUNTRIES]: commas(subject?.countries),
    [CertManagerAnnotation.SUBJECT_PROVINCES]: commas(subject?.provinces),
    [CertManagerAnnotation.SUBJECT_LOCALITIES]: commas(subject?.localities),
    [CertManagerAnnotation.SUBJECT_STREET_ADDRESSES]: commas(subject?.streetAddresses),
    [CertManagerAnnotation.SUBJECT_POSTAL_CODES]: commas(subject?.postalCodes),
    [CertManagerAnnotation.SUBJECT_SERIAL_NUMBER]: subject?.serialNumber,
    [CertManagerAnnotation.SECRET_TEMPLATE]: secretTemplate && JSON.stringify(secretTemplate),
    [CertManagerAnnotation.IGNORE_TLS_LISTENERS]: commas(options.ignoreTlsListeners),
  };
}

/** A line of comma-separated values, as cert-manager reads them. */
function commas(values: string[] | undefined): string | undefined {
  return values?.length ? values.map(value => /[",\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value).join(',') : undefined;
}
