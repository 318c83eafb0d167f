import { MetricTagOverride } from './metric-tag-override';
import { WorkloadMode } from './workload-mode';
import type { TelemetrySpecMetricsOverrides, TelemetrySpecMetricsOverridesMatch } from '../imports/telemetry.istio.io';
import { Manifest } from '../semantics/manifest';

/** The metrics of Istio, by the words of its API. */
export enum IstioMetric {
  /** Requests: `istio_requests_total`. */
  REQUEST_COUNT = 'REQUEST_COUNT',
  /** The time that requests took: `istio_request_duration_milliseconds`. */
  REQUEST_DURATION = 'REQUEST_DURATION',
  /** The size of request bodies: `istio_request_bytes`. */
  REQUEST_SIZE = 'REQUEST_SIZE',
  /** The size of response bodies: `istio_response_bytes`. */
  RESPONSE_SIZE = 'RESPONSE_SIZE',
  /** Connections opened: `istio_tcp_connections_opened_total`. */
  TCP_OPENED_CONNECTIONS = 'TCP_OPENED_CONNECTIONS',
  /** Connections closed: `istio_tcp_connections_closed_total`. */
  TCP_CLOSED_CONNECTIONS = 'TCP_CLOSED_CONNECTIONS',
  /** Bytes sent in responses on a connection: `istio_tcp_sent_bytes_total`. */
  TCP_SENT_BYTES = 'TCP_SENT_BYTES',
  /** Bytes received in requests on a connection: `istio_tcp_received_bytes_total`. */
  TCP_RECEIVED_BYTES = 'TCP_RECEIVED_BYTES',
  /** Messages that clients of gRPC sent: `istio_request_messages_total`. */
  GRPC_REQUEST_MESSAGES = 'GRPC_REQUEST_MESSAGES',
  /** Messages that servers of gRPC sent: `istio_response_messages_total`. */
  GRPC_RESPONSE_MESSAGES = 'GRPC_RESPONSE_MESSAGES',
}

/** What is changed of a metric: its tags, or whether there is one. */
export interface MetricsOverrideOptions {
  /**
   * The side on which it holds.
   *
   * @default WorkloadMode.CLIENT_AND_SERVER
   */
  readonly mode?: WorkloadMode;

  /**
   * Whether the metric is not given. Not together with tags.
   *
   * @default - as a wider Telemetry says; otherwise it is given
   */
  readonly disabled?: boolean;

  /**
   * Tags that are set or removed, by name.
   *
   * @default - tags stay as they are
   */
  readonly tagOverrides?: { [name: string]: MetricTagOverride };
}

/**
 * A change to metrics.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#MetricsOverrides
 */
export class MetricsOverride {
  /**
   * A change to all metrics of Istio.
   *
   * @throws when it changes nothing, sets tags on what is disabled, or a tag has no name
   */
  public static all(options: MetricsOverrideOptions): MetricsOverride {
    return new MetricsOverride({ metric: 'ALL_METRICS', mode: options.mode }, options);
  }

  /**
   * A change to one metric of Istio.
   *
   * @throws when it changes nothing, sets tags on what is disabled, or a tag has no name
   */
  public static metric(metric: IstioMetric, options: MetricsOverrideOptions): MetricsOverride {
    return new MetricsOverride({ metric, mode: options.mode }, options);
  }

  /**
   * A change to a metric that the provider has beside those of Istio.
   *
   * @throws when it has no name or changes nothing, sets tags on what is disabled, or a tag has no name
   */
  public static customMetric(name: string, options: MetricsOverrideOptions): MetricsOverride {
    if (name === '') {
      throw new Error('name of a custom metric must not be empty: pass its name, or use metric or all');
    }
    return new MetricsOverride({ customMetric: name, mode: options.mode }, options);
  }

  private readonly spec: Manifest<TelemetrySpecMetricsOverrides>;

  private constructor(match: Manifest<TelemetrySpecMetricsOverridesMatch>, { disabled, tagOverrides }: MetricsOverrideOptions) {
    const what = `override of ${match.customMetric ?? match.metric}`;
    if (disabled === undefined && tagOverrides === undefined) {
      throw new Error(`${what} changes nothing: pass disabled or tagOverrides`);
    }
    if (disabled && tagOverrides !== undefined) {
      throw new Error(`${what} sets tags on what is disabled: leave tagOverrides or disabled out`);
    }
    if (tagOverrides && '' in tagOverrides) {
      throw new Error(`name of a tag in the ${what} must not be empty: give it a name`);
    }
    this.spec = {
      match,
      disabled,
      tagOverrides: tagOverrides && Object.fromEntries(Object.entries(tagOverrides).map(([name, tag]) => [name, tag._toKube()])),
    };
  }

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecMetricsOverrides> {
    return this.spec;
  }
}
