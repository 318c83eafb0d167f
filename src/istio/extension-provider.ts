import {
  EnvoyFileAccessLogOptions, EnvoyHttpAlsOptions, EnvoyOtelAlsOptions, EnvoyTcpAlsOptions, fileAccessLogManifest, httpAlsManifest, otelAlsManifest,
  tcpAlsManifest,
} from './extension-provider-access-log';
import { EnvoyExtAuthzGrpcOptions, EnvoyExtAuthzHttpOptions, extAuthzGrpcManifest, extAuthzHttpManifest } from './extension-provider-ext-authz';
import { openTelemetryManifest, OpenTelemetryProviderOptions } from './extension-provider-opentelemetry';
import { ProviderService } from './extension-provider-service';
import {
  SkyWalkingProviderOptions, skyWalkingManifest, stackdriverManifest, StackdriverProviderOptions, tracingManifest, TracingProviderOptions,
  zipkinManifest, ZipkinProviderOptions,
} from './extension-provider-tracing';

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
  SECRETS = 'secrets of gateways',
}

/**
 * A service outside of the proxies that policies name: who decides on requests, or takes logs, traces and metrics. It is part of the mesh configuration:
 * pass it to the mesh, and then to the policies.
 *
 * Left out because Istio deprecated them: `lightstep` (use opentelemetry), `opencensus` (use opentelemetry), `includeHeadersInCheck` of authorizers (use
 * includeRequestHeadersInCheck), and `debug`, `maxNumberOfAttributes`, `maxNumberOfAnnotations` and `maxNumberOfMessageEvents` of `stackdriver`, which
 * Envoy dropped with OpenCensus.
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

  /**
   * An external authorizer with HTTP, such as an OAuth2 proxy.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is not one that Envoy takes
   */
  public static envoyExtAuthzHttp(name: string, options: EnvoyExtAuthzHttpOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.AUTHORIZATION], 'envoyExtAuthzHttp', extAuthzHttpManifest(options));
  }

  /**
   * An external authorizer with gRPC, such as Open Policy Agent.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is not one that Envoy takes
   */
  public static envoyExtAuthzGrpc(name: string, options: EnvoyExtAuthzGrpcOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.AUTHORIZATION], 'envoyExtAuthzGrpc', extAuthzGrpcManifest(options));
  }

  /**
   * A taker of traces with the API of Zipkin.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is out of range
   */
  public static zipkin(name: string, options: ZipkinProviderOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.TRACING], 'zipkin', zipkinManifest(options));
  }

  /**
   * The agent of Datadog, for traces.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is out of range
   */
  public static datadog(name: string, options: TracingProviderOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.TRACING], 'datadog', tracingManifest(options));
  }

  /**
   * Apache SkyWalking, for traces.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else
   */
  public static skywalking(name: string, options: SkyWalkingProviderOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.TRACING], 'skywalking', skyWalkingManifest(options));
  }

  /**
   * A collector of OpenTelemetry, for traces.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is out of range
   */
  public static opentelemetry(name: string, options: OpenTelemetryProviderOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.TRACING], 'opentelemetry', openTelemetryManifest(options));
  }

  /**
   * Access logs in a file or on the standard output, as text or JSON.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else
   */
  public static envoyFileAccessLog(name: string, options: EnvoyFileAccessLogOptions = {}): ExtensionProvider {
    return this.configured(name, [ProviderUse.ACCESS_LOGGING], 'envoyFileAccessLog', fileAccessLogManifest(options));
  }

  /**
   * A taker of access logs of HTTP with Envoy's gRPC API.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or it is no name of a header
   */
  public static envoyHttpAls(name: string, options: EnvoyHttpAlsOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.ACCESS_LOGGING], 'envoyHttpAls', httpAlsManifest(options));
  }

  /**
   * A taker of access logs of TCP with Envoy's gRPC API.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else
   */
  public static envoyTcpAls(name: string, options: EnvoyTcpAlsOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.ACCESS_LOGGING], 'envoyTcpAls', tcpAlsManifest(options));
  }

  /**
   * A taker of access logs with the API of OpenTelemetry.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else
   */
  public static envoyOtelAls(name: string, options: EnvoyOtelAlsOptions): ExtensionProvider {
    return this.configured(name, [ProviderUse.ACCESS_LOGGING], 'envoyOtelAls', otelAlsManifest(options));
  }

  /**
   * Google Cloud with settings of your own: for metrics, traces and logs.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else, or an option is out of range
   */
  public static googleCloud(name: string, options: StackdriverProviderOptions = {}): ExtensionProvider {
    return this.configured(name, [ProviderUse.METRICS, ProviderUse.TRACING, ProviderUse.ACCESS_LOGGING], 'stackdriver', stackdriverManifest(options));
  }

  /**
   * Metrics for Prometheus under another name than the built-in one.
   *
   * @param name the name by which policies refer to it
   * @throws when the name is empty or that of a built-in provider for something else
   */
  public static prometheusMetrics(name: string): ExtensionProvider {
    return this.configured(name, [ProviderUse.METRICS], 'prometheus', {});
  }

  /**
   * A server of secrets for gateways, which asks for them as `sds://secret`: the first one of a mesh is used. istiod says in its log that it does not
   * support it, and uses it nevertheless. Istio 1.27 and later.
   *
   * @param name the name of the provider
   * @param service where it is
   * @throws when the name is empty or that of a built-in provider
   */
  public static sds(name: string, service: ProviderService): ExtensionProvider {
    return this.configured(name, [ProviderUse.SECRETS], 'sds', { name, ...service._toKube() });
  }

  private static configured(name: string, uses: ProviderUse[], kind: string, settings: object): ExtensionProvider {
    if (name === '') {
      throw new Error(`name of an extension provider must not be empty: pass the name by which policies refer to this one for ${uses.join(', ')}`);
    }
    const replaced = [this.PROMETHEUS, this.STACKDRIVER, this.ENVOY].find(builtIn => builtIn.name === name);
    if (replaced && !replaced._uses.every(use => uses.includes(use))) {
      throw new Error(`the extension provider '${name}' is built in, for ${replaced._uses.join(', ')}, got one for ${uses.join(', ')}: pass another name`);
    }
    return new ExtensionProvider(name, uses, false, { name, [kind]: settings });
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
    private readonly settings?: { readonly [kind: string]: unknown },
  ) {}

  /**
   * What the mesh configuration says of it; nothing when it is built in, or is there by other means.
   *
   * @internal
   */
  public _toKube(): { readonly [kind: string]: unknown } | undefined {
    return this.settings;
  }
}
