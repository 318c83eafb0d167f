import { Duration } from 'cdk8s';
import { flaggerDuration } from './flagger-duration';

/** A template of a metric, or a provider of alerts: objects of Flagger that the cluster has. */
export interface FlaggerReference {
  /** The name. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - that of the Canary
   */
  readonly namespace?: string;
}

/** Options of every metric. */
export interface FlaggerMetricOptions {
  /**
   * The least good value.
   *
   * @default - none
   */
  readonly min?: number;

  /**
   * The largest good value.
   *
   * @default - none
   */
  readonly max?: number;

  /**
   * The time over which it is measured.
   *
   * @default - 1 minute
   */
  readonly interval?: Duration;
}

/** Options of a metric of a template. */
export interface FlaggerTemplateMetricOptions extends FlaggerMetricOptions {
  /**
   * Values for the template's query.
   *
   * @default - none
   */
  readonly templateVariables?: { [key: string]: string };
}

/**
 * What must stay in range for the canary to go on.
 *
 * @see https://docs.flagger.app/usage/metrics
 */
export class FlaggerMetric {
  /**
   * The share of requests that did not fail, in percent; it is built in.
   *
   * @param min the least good share, 0 to 100
   */
  public static requestSuccessRate(min: number, interval?: Duration): FlaggerMetric {
    return new FlaggerMetric('request-success-rate', { min, interval });
  }

  /**
   * The time that 99 of 100 requests take at most; it is built in.
   *
   * @param max the longest good time
   */
  public static requestDuration(max: Duration, interval?: Duration): FlaggerMetric {
    return new FlaggerMetric('request-duration', { max: max.toMilliseconds(), interval });
  }

  /**
   * A metric of a MetricTemplate.
   *
   * @param name what it is called
   * @param template the MetricTemplate
   * @throws when no range is given
   */
  public static template(name: string, template: FlaggerReference, options: FlaggerTemplateMetricOptions): FlaggerMetric {
    return new FlaggerMetric(name, options, { templateRef: template, templateVariables: options.templateVariables });
  }

  /**
   * A query to the metrics server of Flagger.
   *
   * @param name what it is called
   * @param query the query of Prometheus
   * @throws when no range is given
   */
  public static query(name: string, query: string, options: FlaggerMetricOptions): FlaggerMetric {
    return new FlaggerMetric(name, options, { query });
  }

  /**
   * A metric with the older threshold, above which a value is bad; of the success rate below.
   *
   * @param name what it is called
   * @param threshold the threshold
   */
  public static threshold(name: string, threshold: number, interval?: Duration): FlaggerMetric {
    return new FlaggerMetric(name, { interval }, { threshold });
  }

  private constructor(
    /** What it is called. */
    public readonly name: string,
    private readonly options: FlaggerMetricOptions,
    private readonly from: {
      readonly templateRef?: FlaggerReference;
      readonly templateVariables?: { readonly [key: string]: string };
      readonly query?: string;
      readonly threshold?: number;
    } = {},
  ) {
    const { min, max } = options;
    if (min === undefined && max === undefined && from.threshold === undefined) {
      throw new Error(`metric '${name}' must have a range, got neither min nor max: without one every value is good`);
    }
    if (min !== undefined && max !== undefined && min > max) {
      throw new Error(`metric '${name}' must have min up to max, got ${min} and ${max}`);
    }
  }

  /**
   * Whether Flagger asks for what it knows itself, which with Gateway API is what Istio's proxies count.
   *
   * @internal
   */
  public get _isBuiltIn(): boolean {
    return this.from.templateRef === undefined && this.from.query === undefined;
  }

  /** @internal */
  public _toKube() {
    const { min, max, interval } = this.options;
    return {
      name: this.name,
      interval: interval && flaggerDuration(interval, `interval of metric '${this.name}'`),
      thresholdRange: this.from.threshold === undefined ? { min, max } : undefined,
      ...this.from,
    };
  }
}

/** When Flagger asks a webhook. */
export enum FlaggerWebhookType {
  /** Before the canary is scaled up; it waits as long as the answer is no success. */
  CONFIRM_ROLLOUT = 'confirm-rollout',
  /** Before anything is shifted; a failure counts. */
  PRE_ROLLOUT = 'pre-rollout',
  /** In every round; a failure counts. */
  ROLLOUT = 'rollout',
  /** Before the weight grows; it waits. */
  CONFIRM_TRAFFIC_INCREASE = 'confirm-traffic-increase',
  /** Before the canary becomes the stable version; it waits. */
  CONFIRM_PROMOTION = 'confirm-promotion',
  /** At the end. */
  POST_ROLLOUT = 'post-rollout',
  /** In every round; a success goes back to the stable version. */
  ROLLBACK = 'rollback',
  /** With every event. */
  EVENT = 'event',
}

/** A service that Flagger asks. */
export interface FlaggerWebhook {
  /** What it is called. */
  readonly name: string;

  /** The address. */
  readonly url: string;

  /**
   * When it is asked.
   *
   * @default FlaggerWebhookType.ROLLOUT
   */
  readonly type?: FlaggerWebhookType;

  /**
   * How long an answer may take.
   *
   * @default - 10 seconds
   */
  readonly timeout?: Duration;

  /**
   * How often it is asked again.
   *
   * @default 0
   */
  readonly retries?: number;

  /**
   * Whether no alerts tell of it.
   *
   * @default false
   */
  readonly muteAlert?: boolean;

  /**
   * Whether the certificate of the service is not checked.
   *
   * @default false
   */
  readonly disableTls?: boolean;

  /**
   * What it is told.
   *
   * @default - nothing more
   */
  readonly metadata?: { [key: string]: string };
}

/** What alerts are for. */
export enum FlaggerAlertSeverity {
  /** Everything. */
  INFO = 'info',
  /** What needs somebody to look. */
  WARN = 'warn',
  /** Failures. */
  ERROR = 'error',
}

/** An alert of a canary. */
export interface FlaggerAlert {
  /** What it is called. */
  readonly name: string;

  /** The AlertProvider. */
  readonly provider: FlaggerReference;

  /**
   * The least severity that is told.
   *
   * @default FlaggerAlertSeverity.INFO
   */
  readonly severity?: FlaggerAlertSeverity;
}
