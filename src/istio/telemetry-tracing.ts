import { checkPercent } from './count';
import { ExtensionProvider } from './extension-provider';
import { TelemetryProviders } from './telemetry-providers';
import { TracingTag } from './tracing-tag';
import { WorkloadMode } from './workload-mode';
import type { TelemetrySpecTracing } from '../imports/telemetry.istio.io';
import { Manifest } from '../semantics/manifest';

/** How proxies trace. What is left out is as a wider Telemetry, or else the mesh, has it. */
export interface TelemetryTracingOptions {
  /**
   * The side on which it holds.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;

  /**
   * The share of requests, in percent from 0 to 100, for which a trace is begun where none is under way.
   *
   * @default - that of a wider Telemetry, or of the mesh, which is 1 by default
   */
  readonly randomSamplingPercentage?: number;

  /**
   * Tags that are added to every span, by name, in place of those of a wider Telemetry.
   *
   * @default - those of a wider Telemetry
   */
  readonly customTags?: { [name: string]: TracingTag };

  /**
   * Whether spans are not reported; context is still passed on.
   *
   * @default - as a wider Telemetry says; otherwise they are reported
   */
  readonly disableSpanReporting?: boolean;

  /**
   * Whether the headers of a trace are not passed on, as for traffic that leaves the mesh. Istio 1.30 and later.
   *
   * @default - as a wider Telemetry says; otherwise they are passed on
   */
  readonly disableContextPropagation?: boolean;

  /**
   * Whether spans have the tags of Istio, such as `istio.mesh_id` and `istio.canonical_service`. Istio 1.25 and later.
   *
   * @default - as a wider Telemetry says; otherwise they have
   */
  readonly enableIstioTags?: boolean;

  /**
   * Whether Envoy reads from the request ID if a request is sampled. Turn it off where request IDs come from something else than Envoy. It is of
   * Istio's extended channel: a cluster that takes only what is stable refuses it.
   *
   * @default - as a wider Telemetry says; otherwise it does
   */
  readonly useRequestIdForTraceSampling?: boolean;
}

/** Where no spans are reported. */
export interface TelemetryTracingOffOptions {
  /**
   * The side on which no spans are reported.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;
}

/**
 * How proxies trace requests, and where spans go: one provider.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Tracing
 */
export class TelemetryTracing {
  /**
   * Spans go to a provider, in place of that of a wider Telemetry.
   *
   * @throws when the sampling is not between 0 and 100, or a tag has no name
   */
  public static to(provider: ExtensionProvider, options: TelemetryTracingOptions = {}): TelemetryTracing {
    return new TelemetryTracing(TelemetryProviders.to([provider]), options);
  }

  /**
   * Spans go to the first of the default providers of the mesh, which it must have.
   *
   * @throws when the sampling is not between 0 and 100, or a tag has no name
   */
  public static byDefault(options: TelemetryTracingOptions = {}): TelemetryTracing {
    return new TelemetryTracing(TelemetryProviders.byDefault(), options);
  }

  /** No spans are reported, whatever a wider Telemetry says. */
  public static off(options: TelemetryTracingOffOptions = {}): TelemetryTracing {
    return new TelemetryTracing(TelemetryProviders.inherited(), { mode: options.mode, disableSpanReporting: true });
  }

  private constructor(
    /** @internal */
    public readonly _providers: TelemetryProviders,
    private readonly options: TelemetryTracingOptions,
  ) {
    checkPercent(options.randomSamplingPercentage, 'randomSamplingPercentage');
    if ('' in (options.customTags ?? {})) {
      throw new Error('name of a tag in customTags must not be empty: give it a name');
    }
  }

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecTracing> {
    const { mode, customTags } = this.options;
    return {
      providers: this._providers.toKube(),
      match: mode === undefined ? undefined : { mode },
      randomSamplingPercentage: this.options.randomSamplingPercentage,
      customTags: customTags && Object.fromEntries(Object.entries(customTags).map(([name, tag]) => [name, tag._toKube()])),
      disableSpanReporting: this.options.disableSpanReporting,
      disableContextPropagation: this.options.disableContextPropagation,
      enableIstioTags: this.options.enableIstioTags,
      useRequestIdForTraceSampling: this.options.useRequestIdForTraceSampling,
    };
  }
}
