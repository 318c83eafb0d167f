import { IConfigMap, ISecret } from 'cdk8s-plus-28';

/** A key, as Kubernetes writes it. */
interface KeySelector {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

/** What may be said of a key. */
export interface ScrapeKeyOptions {
  /**
   * Whether the object or the key may be missing.
   *
   * @default - it must be there
   */
  readonly optional?: boolean;
}

/**
 * A secret that Prometheus needs for a scrape: a key of a Secret in the namespace of the monitor.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/
 */
export class ScrapeSecret {
  /**
   * A key of a Secret.
   *
   * @throws when the key is empty
   */
  public static key(secret: ISecret, key: string, options: ScrapeKeyOptions = {}): ScrapeSecret {
    return new ScrapeSecret(keyOf(secret.name, key, options));
  }

  private constructor(private readonly selector: KeySelector) {}

  /** @internal */
  public _toKube(): KeySelector {
    return this.selector;
  }
}

/**
 * A text that Prometheus needs for a scrape, such as a certificate.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.SecretOrConfigMap
 */
export class ScrapeText {
  /**
   * A key of a Secret in the namespace of the monitor.
   *
   * @throws when the key is empty
   */
  public static secret(secret: ISecret, key: string, options: ScrapeKeyOptions = {}): ScrapeText {
    return new ScrapeText({ secret: keyOf(secret.name, key, options) });
  }

  /**
   * A key of a ConfigMap in the namespace of the monitor.
   *
   * @throws when the key is empty
   */
  public static configMap(configMap: IConfigMap, key: string, options: ScrapeKeyOptions = {}): ScrapeText {
    return new ScrapeText({ configMap: keyOf(configMap.name, key, options) });
  }

  private constructor(private readonly selector: { secret?: KeySelector; configMap?: KeySelector }) {}

  /** @internal */
  public _toKube(): { secret?: KeySelector; configMap?: KeySelector } {
    return this.selector;
  }
}

function keyOf(name: string, key: string, { optional }: ScrapeKeyOptions): KeySelector {
  if (key === '') {
    throw new Error(`key of '${name}' must not be empty: name the key that holds the value`);
  }
  return { name, key, optional };
}
