import { CertManagerAnnotation } from '../semantics/keys';
import { checkDnsSubdomain } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** A reference to an issuer of cert-manager, or of somebody who issues for it. */
export interface CertManagerIssuerReference {
  /** The API group of the issuer. */
  readonly group: string;

  /** The kind of the issuer. */
  readonly kind: string;

  /** The name of the issuer. */
  readonly name: string;
}

const GROUP = 'cert-manager.io';

/**
 * Who signs certificates.
 *
 * @see https://cert-manager.io/docs/configuration/issuers/
 */
export class CertManagerIssuer {
  /**
   * An Issuer, which is in the namespace of the certificate.
   *
   * @throws when the name breaks Kubernetes' rules
   */
  public static issuer(name: string): CertManagerIssuer {
    return CertManagerIssuer.of({ group: GROUP, kind: 'Issuer', name });
  }

  /**
   * A ClusterIssuer, for certificates of every namespace.
   *
   * @throws when the name breaks Kubernetes' rules
   */
  public static clusterIssuer(name: string): CertManagerIssuer {
    return CertManagerIssuer.of({ group: GROUP, kind: 'ClusterIssuer', name });
  }

  /**
   * An issuer that is no part of cert-manager, such as `awspca.cert-manager.io`, `AWSPCAClusterIssuer`.
   *
   * @throws when a part breaks Kubernetes' rules, or cert-manager itself has no such kind
   */
  public static of(reference: CertManagerIssuerReference): CertManagerIssuer {
    return new CertManagerIssuer(reference);
  }

  /** The API group of the issuer. */
  public readonly group: string;

  /** The kind of the issuer. */
  public readonly kind: string;

  /** The name of the issuer. */
  public readonly name: string;

  private constructor(reference: CertManagerIssuerReference) {
    const { group, kind, name } = checkObjectReference(reference, 'the issuer');
    checkDnsSubdomain(group, 'group of the issuer');
    if (group === GROUP && !['Issuer', 'ClusterIssuer'].includes(kind)) {
      throw new Error(`kind of an issuer of ${GROUP} must be Issuer or ClusterIssuer, got '${kind}': pass the group of the external issuer`);
    }
    this.group = group;
    this.kind = kind;
    this.name = name;
  }

  /** @internal */
  public _toKube(): CertManagerIssuerReference {
    return { group: this.group, kind: this.kind, name: this.name };
  }

  /**
   * The annotations that name it.
   *
   * @internal
   */
  public _annotations(): { [key: string]: string } {
    if (this.group !== GROUP) {
      return {
        [CertManagerAnnotation.ISSUER]: this.name,
        [CertManagerAnnotation.ISSUER_KIND]: this.kind,
        [CertManagerAnnotation.ISSUER_GROUP]: this.group,
      };
    }
    return { [this.kind === 'Issuer' ? CertManagerAnnotation.ISSUER : CertManagerAnnotation.CLUSTER_ISSUER]: this.name };
  }
}
