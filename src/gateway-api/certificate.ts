import { ApiObject } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { GrantedReference } from './granted-reference';
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

  /**
   * Whether the owner of the object permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** Options of a certificate in a Secret that is only named. */
export interface CertificateSecretNameOptions {
  /**
   * The namespace of the Secret.
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

const SECRET = 'the certificate\'s Secret';

/**
 * A certificate with its private key, as a listener or a Gateway presents it: a Secret of type `kubernetes.io/tls`, or what an implementation takes instead.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#secretobjectreference
 */
export class Certificate {
  /**
   * The certificate in a Secret of this app. To a gateway in another namespace it is its own chart that grants the reference.
   *
   * @param secret a Secret of type `kubernetes.io/tls`
   */
  public static fromSecret(secret: ISecret): Certificate {
    // A Secret imported by name has no object here, and so no namespace that could be known.
    const object = secret.node.defaultChild;
    return Certificate._filledBy(secret.name, object && ApiObject.of(object).metadata.namespace, object);
  }

  /**
   * The certificate in a Secret that is in the cluster already, or that cert-manager fills.
   *
   * @param name the name of the Secret
   * @param options its namespace, and whether the reference is granted
   * @throws when the name or the namespace breaks Kubernetes' rules
   */
  public static fromSecretName(name: string, options: CertificateSecretNameOptions = {}): Certificate {
    return new Certificate({ group: '', kind: 'Secret', name, ...options }, SECRET);
  }

  /**
   * The certificate in an object of any kind that the implementation takes.
   *
   * @throws when a part breaks Kubernetes' rules
   */
  public static of(reference: CertificateReference): Certificate {
    return new Certificate(reference, 'the certificate');
  }

  /**
   * The certificate in a Secret that is of this app, or filled by an object of this app.
   *
   * @internal
   */
  public static _filledBy(name: string, namespace?: string, target?: IConstruct): Certificate {
    return new Certificate({ group: '', kind: 'Secret', name, namespace }, SECRET, target);
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

  /**
   * Who is referred to, and who permits it.
   *
   * @internal
   */
  public readonly _reference: GrantedReference;

  private constructor(reference: CertificateReference, what: string, target?: IConstruct) {
    const { group, kind, name, namespace, granted } = checkObjectReference(reference, what);
    this._reference = { group, kind, name, namespace, granted, target };
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
