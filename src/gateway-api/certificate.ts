import { ApiObject } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-28';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** The certificate and private key that a listener presents: a Secret of type `kubernetes.io/tls`. */
export class Certificate {
  /**
   * The certificate in a Secret of this app.
   *
   * @param secret a Secret of type `kubernetes.io/tls`
   */
  public static fromSecret(secret: ISecret): Certificate {
    // A Secret imported by name has no object here, and so no namespace that could be known.
    const object = secret.node.defaultChild;
    return new Certificate(secret.name, object && ApiObject.of(object).metadata.namespace);
  }

  /**
   * The certificate in a Secret that is in the cluster already, or that cert-manager fills.
   *
   * @param name the name of the Secret
   * @param namespace its namespace; default: that of the gateway
   * @throws when the name or the namespace breaks Kubernetes' rules
   */
  public static fromSecretName(name: string, namespace?: string): Certificate {
    checkDnsSubdomain(name, 'name of the certificate\'s Secret');
    return new Certificate(name, namespace === undefined ? undefined : checkDnsLabel(namespace, 'namespace of the certificate\'s Secret'));
  }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
    /**
     * The namespace of the Secret.
     *
     * @default - that of the gateway
     */
    public readonly secretNamespace?: string,
  ) {}
}
