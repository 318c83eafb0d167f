import { IMeshNamespace } from '../mesh-client';

/**
 * Callers whose requests a CanaryRoute pins to its canary.
 *
 * Routes know where a caller runs, not who it is: no mesh routes by service account. Give the callers a namespace, or labels, of their own.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export class CanaryCaller {
  /**
   * All workloads of a namespace. In Gateway API that is a consumer route in their namespace, which routes of Services in another namespace can be.
   *
   * @param namespace the namespace of the callers
   */
  public static namespace(namespace: IMeshNamespace): CanaryCaller {
    return new CanaryCaller(namespace);
  }

  /**
   * Some workloads of a namespace, by labels of their pods; only sidecars of Istio know them.
   *
   * @param namespace the namespace of the callers
   * @param labels labels that their pods have, at least one
   * @throws when there are no labels
   */
  public static pods(namespace: IMeshNamespace, labels: { [key: string]: string }): CanaryCaller {
    if (Object.keys(labels).length === 0) {
      throw new Error(`callers of namespace '${namespace.name}' need at least one label, got none: use CanaryCaller.namespace for all of them`);
    }
    return new CanaryCaller(namespace, labels);
  }

  private constructor(
    /** The namespace of the callers. */
    public readonly clientNamespace: IMeshNamespace,
    /**
     * Labels of their pods.
     *
     * @default - all pods of the namespace
     */
    public readonly labels?: { [key: string]: string },
  ) {}
}
