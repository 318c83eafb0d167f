import { ExtensionProvider } from './extension-provider';
import { TelemetryProviders } from './telemetry-providers';
import { WorkloadMode } from './workload-mode';
import type { TelemetrySpecAccessLogging } from '../imports/telemetry.istio.io';
import { checkCelExpression } from '../semantics/cel-expression';
import { Manifest } from '../semantics/manifest';

/** What of the traffic is logged. */
export interface TelemetryAccessLoggingOptions {
  /**
   * An expression of CEL over the attributes of Envoy that is true for what is to be logged, such as `response.code >= 400`. It is of Istio's extended
   * channel: a cluster that takes only what is stable refuses it.
   *
   * @default - everything is logged
   * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
   */
  readonly filter?: string;

  /**
   * The side on which traffic is logged.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;
}

/** What of the traffic is not logged. */
export interface TelemetryAccessLoggingOffOptions {
  /**
   * The providers that get nothing.
   *
   * @default - those of the entry before, then of the wider Telemetry, then of the mesh; a mesh that logs to a file has none to inherit, and throws
   */
  readonly providers?: ExtensionProvider[];

  /**
   * The side on which nothing is logged.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;
}

/**
 * Which requests and connections proxies log, and where to. The format of a line, text or JSON, is no part of it: it belongs to the provider in the
 * mesh configuration.
 *
 * An entry that names no provider is ignored where the mesh has no default ones: so it is a word of its own here.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#AccessLogging
 */
export class TelemetryAccessLogging {
  /**
   * Logs go to these providers, in place of those of a wider Telemetry.
   *
   * @throws when the filter is no expression of CEL
   */
  public static to(providers: ExtensionProvider[], options: TelemetryAccessLoggingOptions = {}): TelemetryAccessLogging {
    return TelemetryAccessLogging.on(TelemetryProviders.to(providers), options);
  }

  /**
   * Logs go to the default providers of the mesh, which it must have.
   *
   * @throws when the filter is no expression of CEL
   */
  public static byDefault(options: TelemetryAccessLoggingOptions = {}): TelemetryAccessLogging {
    return TelemetryAccessLogging.on(TelemetryProviders.byDefault(), options);
  }

  /** Nothing is logged, whatever a wider Telemetry says. */
  public static off(options: TelemetryAccessLoggingOffOptions = {}): TelemetryAccessLogging {
    const { providers, mode } = options;
    return new TelemetryAccessLogging(providers ? TelemetryProviders.to(providers) : TelemetryProviders.inherited(), mode, undefined, true);
  }

  private static on(providers: TelemetryProviders, { filter, mode }: TelemetryAccessLoggingOptions): TelemetryAccessLogging {
    if (filter !== undefined) {
      checkCelExpression(filter, 'filter of an access log');
    }
    return new TelemetryAccessLogging(providers, mode, filter);
  }

  private constructor(
    /** @internal */
    public readonly _providers: TelemetryProviders,
    /**
     * The side on which it holds.
     *
     * @internal
     */
    public readonly _mode: WorkloadMode | undefined,
    private readonly filter?: string,
    /**
     * Whether it switches logs off.
     *
     * @internal
     */
    public readonly _disabled: boolean = false,
  ) {}

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecAccessLogging> {
    return {
      providers: this._providers.toKube(),
      filter: this.filter === undefined ? undefined : { expression: this.filter },
      match: this._mode === undefined ? undefined : { mode: this._mode },
      disabled: this._disabled || undefined,
    };
  }
}
