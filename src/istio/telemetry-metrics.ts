import { Duration } from 'cdk8s';
import { ExtensionProvider } from './extension-provider';
import { MetricsOverride } from './metrics-override';
import { formatPositiveDuration } from './positive-duration';
import { TelemetryProviders } from './telemetry-providers';
import type { TelemetrySpecMetrics } from '../imports/telemetry.istio.io';
import { Manifest } from '../semantics/manifest';

/** How proxies count. */
export interface TelemetryMetricsOptions {
  /**
   * What is changed of single metrics. Later ones go before earlier ones, and those of a narrower Telemetry before those of a wider one.
   *
   * @default - nothing is changed
   */
  readonly overrides?: MetricsOverride[];

  /**
   * The time between two reports of TCP connections, in whole milliseconds, at least one. It is of Istio's extended channel: a cluster that takes only
   * what is stable refuses it.
   *
   * @default Duration.seconds(5)
   */
  readonly reportingInterval?: Duration;
}

/**
 * Which metrics proxies give, with which tags, and to whom.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Metrics
 */
export class TelemetryMetrics {
  /**
   * Metrics for these providers, in place of those of a wider Telemetry.
   *
   * @throws when the interval is below a millisecond
   */
  public static to(providers: ExtensionProvider[], options: TelemetryMetricsOptions = {}): TelemetryMetrics {
    return new TelemetryMetrics(TelemetryProviders.to(providers), options);
  }

  /**
   * Metrics for the providers of a wider Telemetry, or else the default ones of the mesh, which is Prometheus unless the mesh says something else.
   *
   * @throws when the interval is below a millisecond
   */
  public static byDefault(options: TelemetryMetricsOptions = {}): TelemetryMetrics {
    return new TelemetryMetrics(TelemetryProviders.byDefault(), options);
  }

  private readonly spec: Manifest<TelemetrySpecMetrics>;

  private constructor(
    /** @internal */
    public readonly _providers: TelemetryProviders,
    { overrides, reportingInterval }: TelemetryMetricsOptions,
  ) {
    this.spec = {
      providers: _providers.toKube(),
      overrides: overrides?.map(override => override._toKube()),
      reportingInterval: reportingInterval && formatPositiveDuration(reportingInterval, 'reportingInterval'),
    };
  }

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecMetrics> {
    return this.spec;
  }
}
