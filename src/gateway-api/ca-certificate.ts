import { ApiObject } from 'cdk8s';
import { IConfigMap } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { GrantedReference } from './granted-reference';
import { checkObjectReference } from '../semantics/object-reference';

/** A reference to the object that holds certificates of authorities. */
export interface CaCertificateReference {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object.
   *
   * @default - that of whoever refers to it; a ClusterTrustBundle has none
   */
  readonly namespace?: string;

  /**
   * Whether the owner of the object permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** Options of certificates of authorities in an object that is only named. */
export interface CaCertificateNameOptions {
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

const BUNDLE = { group: 'certificates.k8s.io', kind: 'ClusterTrustBundle' };
/** That of a signer has the signer's name in front, with colons. */
const BUNDLE_NAME = /^([a-z0-9.-]+:[A-Za-z0-9_.-]+:)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 253;

/**
 * Certificates of the authorities that somebody trusts. A ConfigMap with the key `ca.crt` is what every implementation takes.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#frontendtlsvalidation
 */
export class CaCertificate {
  /**
   * A ConfigMap of this app. To a Gateway in another namespace it is its own chart that grants the reference.
   *
   * @param configMap its key `ca.crt` has the certificates, as PEM
   */
  public static configMap(configMap: IConfigMap): CaCertificate {
    // A ConfigMap imported by name has no object here, and so no namespace that could be known.
    const object = configMap.node.defaultChild;
    const namespace = object && ApiObject.of(object).metadata.namespace;
    return new CaCertificate({ group: '', kind: 'ConfigMap', name: configMap.name, namespace }, object);
  }

  /**
   * A ConfigMap that is in the cluster already.
   *
   * @param name the name of the ConfigMap, whose key `ca.crt` has the certificates, as PEM
   * @param options its namespace, and whether the reference is granted
   * @throws when the name or the namespace breaks Kubernetes' rules
   */
  public static configMapName(name: string, options: CaCertificateNameOptions = {}): CaCertificate {
    return new CaCertificate({ group: '', kind: 'ConfigMap', name, ...options });
  }

  /**
   * A Secret, for implementations that take one.
   *
   * @param name the name of the Secret, whose key `ca.crt` has the certificates, as PEM
   * @param options its namespace, and whether the reference is granted
   * @throws when the name or the namespace breaks Kubernetes' rules
   */
  public static secretName(name: string, options: CaCertificateNameOptions = {}): CaCertificate {
    return new CaCertificate({ group: '', kind: 'Secret', name, ...options });
  }

  /**
   * A ClusterTrustBundle of the cluster, which has no namespace. Since 1.7 of the experimental channel.
   *
   * @param name the name of the ClusterTrustBundle; that of a signer starts with the signer's, such as `example.com:ca:`
   * @throws when the name breaks Kubernetes' rules
   */
  public static clusterTrustBundle(name: string): CaCertificate {
    return new CaCertificate({ ...BUNDLE, name });
  }

  /**
   * An object of any kind that the implementation takes.
   *
   * @throws when a part breaks Kubernetes' rules, or a ClusterTrustBundle has a namespace
   */
  public static of(reference: CaCertificateReference): CaCertificate {
    return new CaCertificate(reference);
  }

  /** The API group of the object that holds the certificates; `''` is the core group. */
  public readonly group: string;

  /** The kind of the object that holds the certificates. */
  public readonly kind: string;

  /** The name of the object that holds the certificates. */
  public readonly name: string;

  /**
   * The namespace of the object that holds the certificates.
   *
   * @default - that of whoever refers to it; a ClusterTrustBundle has none
   */
  public readonly namespace?: string;

  /**
   * Who is referred to, and who permits it.
   *
   * @internal
   */
  public readonly _reference: GrantedReference;

  private constructor({ group, kind, name, namespace, granted }: CaCertificateReference, target?: IConstruct) {
    checkReference({ group, kind, name, namespace });
    this._reference = { group, kind, name, namespace, granted, target };
    this.group = group;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace;
  }

  /** @internal */
  public _toKube(ownNamespace?: string): CaCertificateReference {
    const { group, kind, name, namespace } = this;
    return { group, kind, name, namespace: namespace === ownNamespace ? undefined : namespace };
  }
}

function checkReference(reference: CaCertificateReference): void {
  const { group, kind, name, namespace } = reference;
  if (group !== BUNDLE.group || kind !== BUNDLE.kind) {
    checkObjectReference(reference, 'the CA certificate');
    return;
  }
  if (namespace !== undefined) {
    throw new Error(`ClusterTrustBundle '${name}' has no namespace, got '${namespace}': it is of the whole cluster, leave namespace out`);
  }
  if (!BUNDLE_NAME.test(name) || name.length > MAX_NAME) {
    throw new Error(`name of the ClusterTrustBundle must be a DNS subdomain, optionally after its signer and a colon, got '${name}'`);
  }
}
