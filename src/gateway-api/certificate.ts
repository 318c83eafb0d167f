import { ApiObject } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';
import { checkObjectReference } from '../semantics/object-reference';

/** A reference to the object that holds a certificate and its private key. */
export interface CertificateReference {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * A certificate with its private key, as a listener or a Gateway presents it: a Secret of type `kubernetes.io/tls`, or what an implementation takes instead.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#secretobjectreference
 */
export class Certificate {
  /**
   * The certificate in a Secret of this app.
   *
   * @param secret a Secret of type `kubernetes.io/tls`
   */
  public static fromSecret(secret: ISecret): Certificate {
    // A Secret imported by name has no object here, and so no namespace that could be known.
    const object = secret.node.defaultChild;
    return Certificate.fromSecretName(secret.name, object && ApiObject.of(object).metadata.namespace);
  }

  /**
   * The certificate in a Secret that is in the cluster already, or that cert-manager fills.
   *
   * @param name the name of the Secret
   * @param namespace its namespace; default: that of the gateway
   * @throws when the name or the namespace breaks Kubernetes' rules
   */
  public static fromSecretName(name: string, namespace?: string): Certificate {
    return new Certificate({ group: '', kind: 'Secret', name, namespace }, 'the certificate\'s Secret');
  }

  /**
   * The certificate in an object of any kind that the implementation takes.
   *
   * @throws when a part breaks Kubernetes' rules
   */
  public static of(reference: CertificateReference): Certificate {
    return new Certificate(reference, 'the certificate');
  }

  /** The API group of the object that holds the certificate; `''` is the core group. */
  public readonly group: string;

  /** The kind of the object that holds the certificate. */
  public readonly kind: string;

  /** The name of the object that holds the certificate. */
  public readonly name: string;

  /**
   * The namespace of the object that holds the certificate.
   *
   * @default - that of whoever refers to it
   */
  public readonly namespace?: string;

  private constructor(reference: CertificateReference, what: string) {
    const { group, kind, name, namespace } = checkObjectReference(reference, what);
    this.group = group;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace;
  }

  /** @internal */
  public _toKube(ownNamespace?: string): CertificateReference {
    const { group, kind, name, namespace } = this;
    return { group, kind, name, namespace: namespace === ownNamespace ? undefined : namespace };
  }
}
