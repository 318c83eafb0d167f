import { ApiObject, Lazy } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CertManagerCertificateProps } from './cert-manager-certificate-props';
import { certificateToKube } from './cert-manager-certificate-spec';
import { claimSecret } from './secret-claims';
import { Certificate } from '../gateway-api/certificate';
import type { CertificateSpec } from '../imports/cert-manager.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';
import { within } from '../semantics/place';

/** What is known of a Certificate that is in the cluster already. */
export interface FromCertManagerCertificateNameOptions {
  /**
   * The name of the Secret that has it.
   *
   * @default - the name of the Certificate
   */
  readonly secretName?: string;

  /**
   * The namespace of the Certificate and its Secret.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;

  /**
   * Whether the owner of the Secret permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** A Certificate of cert-manager: one of this app, or one that is in the cluster already. */
export interface ICertManagerCertificate {
  /** The name of the Certificate. */
  readonly name: string;

  /** The name of the Secret that has it. */
  readonly secretName: string;

  /** What a listener presents. */
  readonly certificate: Certificate;
}

/**
 * A Certificate of cert-manager, which has an issuer sign it, puts it into a Secret and renews it. For a Gateway of which you own the annotations,
 * `CertManagerIssuance` does the same with less.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class CertManagerCertificate extends Resource implements ICertManagerCertificate {
  /**
   * A Certificate that is in the cluster already.
   *
   * @throws when a name breaks Kubernetes' rules
   */
  public static fromCertManagerCertificateName(name: string, options: FromCertManagerCertificateNameOptions = {}): ICertManagerCertificate {
    const { secretName = name, namespace, granted } = options;
    checkDnsSubdomain(name, 'name of the Certificate');
    return { name, secretName, certificate: Certificate.fromSecretName(secretName, { namespace, granted }) };
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'certificates';

  /** The name of the Secret that gets the certificate. */
  public readonly secretName: string;

  /** What a listener presents. To a Gateway in another namespace it is the chart of this Certificate that grants the reference. */
  public readonly certificate: Certificate;

  protected readonly apiObject: ApiObject;

  private readonly spec: Manifest<CertificateSpec>;

  /**
   * @throws when no name is said, parts contradict each other, or the Secret is filled for somebody else already
   */
  constructor(scope: Construct, id: string, props: CertManagerCertificateProps) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    this.secretName = props.secretName ?? this.name;
    this.certificate = Certificate._filledBy(this.secretName, this.metadata.namespace, this);
    this.spec = within(`Certificate '${this.name}'`, () => certificateToKube(props, this.secretName));
    claimSecret(this, `Certificate '${this.name}'`, this.secretName, this.metadata.namespace);
  }

  /** @internal */
  public _toKube(): Manifest<CertificateSpec> {
    return this.spec;
  }
}
