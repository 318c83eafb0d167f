import { IConfigMap, ISecret } from 'cdk8s-plus-28';
import { checkDnsLabel, hostSlug } from '../../semantics/names';

/**
 * Files for a sidecar of Istio, from the namespace of its pod.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/#SidecarUserVolume
 */
export class ProxyVolume {
  /**
   * The entries of a Secret.
   *
   * @param secret the Secret, in the namespace of the pod
   * @param mountPath the directory in which the proxy sees them
   * @throws when the directory is not an absolute path, or one of the proxy's own
   */
  public static secret(secret: ISecret, mountPath: string): ProxyVolume {
    return new ProxyVolume(secret.name, { secret: { secretName: secret.name } }, mountPath);
  }

  /**
   * The entries of a ConfigMap.
   *
   * @param configMap the ConfigMap, in the namespace of the pod
   * @param mountPath the directory in which the proxy sees them
   * @throws when the directory is not an absolute path, or one of the proxy's own
   */
  public static configMap(configMap: IConfigMap, mountPath: string): ProxyVolume {
    return new ProxyVolume(configMap.name, { configMap: { name: configMap.name } }, mountPath);
  }

  /** @internal */
  public readonly _name: string;

  private constructor(
    name: string,
    /** @internal */
    public readonly _source: object,
    /** The directory in which the proxy sees the files. */
    public readonly mountPath: string,
  ) {
    // Apart from the volumes of the application and of the injector.
    this._name = checkDnsLabel(`proxy-${hostSlug(name)}`, 'name of a volume of the proxy');
    if (!/^\/[^:]+$/.test(mountPath)) {
      throw new Error(`mountPath of a volume of the proxy must be an absolute path without colons, got '${mountPath}'`);
    }
  }
}
