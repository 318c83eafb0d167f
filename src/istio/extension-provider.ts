/**
 * What a provider can be used for.
 *
 * @internal
 */
export enum ProviderUse {
  AUTHORIZATION = 'external authorization',
  TRACING = 'tracing',
  ACCESS_LOGGING = 'access logs',
  METRICS = 'metrics',
}

/**
 * A service outside of the proxies that policies name: who decides on requests, or takes logs, traces and metrics. It is part of the mesh configuration:
 * pass it to the mesh, and then to the policies.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export class ExtensionProvider {
  /** Metrics for Prometheus; every mesh has it. */
  public static readonly PROMETHEUS = new ExtensionProvider('prometheus', [ProviderUse.METRICS], true);

  /** Metrics, traces and logs for Google Cloud; every mesh has it. */
  public static readonly STACKDRIVER = new ExtensionProvider('stackdriver', [ProviderUse.METRICS, ProviderUse.TRACING, ProviderUse.ACCESS_LOGGING], true);

  /** The access log of Envoy on the standard output; every mesh has it. */
  public static readonly ENVOY = new ExtensionProvider('envoy', [ProviderUse.ACCESS_LOGGING], true);

  /**
   * One that the mesh configuration of the cluster has already, written by other means.
   *
   * @throws when the name is empty
   */
  public static named(name: string): ExtensionProvider {
    if (name === '') {
      throw new Error('name of an extension provider must not be empty: pass its name in the mesh configuration');
    }
    return new ExtensionProvider(name, Object.values(ProviderUse), false);
  }

  private constructor(
    /** The name by which policies refer to it. */
    public readonly name: string,
    /**
     * What it can be used for.
     *
     * @internal
     */
    public readonly _uses: ProviderUse[],
    /**
     * Whether every mesh has it.
     *
     * @internal
     */
    public readonly _builtIn: boolean,
  ) {}
}
