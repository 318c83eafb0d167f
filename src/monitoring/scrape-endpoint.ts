import { Duration } from 'cdk8s';
import { Relabeling } from './relabeling';
import { ScrapeAuth } from './scrape-auth';
import { ScrapeProxy } from './scrape-proxy';

/** How an endpoint is spoken to. */
export enum ScrapeScheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTP over TLS. */
  HTTPS = 'https',
}

/** What Services and pods have in common where their metrics are read. */
export interface ScrapeEndpoint {
  /**
   * Path of the metrics.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * How it is spoken to.
   *
   * @default - by plain HTTP
   */
  readonly scheme?: ScrapeScheme;

  /**
   * Parameters of the URL.
   *
   * @default - none
   */
  readonly params?: { [name: string]: string[] };

  /**
   * What time is between scrapes; at least a millisecond.
   *
   * @default - that of Prometheus
   */
  readonly interval?: Duration;

  /**
   * After what time a scrape has failed; not more than the interval.
   *
   * @default - that of Prometheus, or the interval if that is less
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Whether labels of the target's own samples win against those of the target.
   *
   * @default false: they are kept as `exported_<label>`
   */
  readonly honorLabels?: boolean;

  /**
   * Whether timestamps of the target are taken.
   *
   * @default true
   */
  readonly honorTimestamps?: boolean;

  /**
   * Whether samples with timestamps of their own become stale when they are gone; since Prometheus 2.48. It needs `honorTimestamps`.
   *
   * @default false
   */
  readonly trackTimestampsStaleness?: boolean;

  /**
   * What is done with targets before the scrape, in order.
   *
   * @default - nothing beyond what the operator does
   */
  readonly relabelings?: Relabeling[];

  /**
   * What is done with samples before they are stored, in order.
   *
   * @default - nothing
   */
  readonly metricRelabelings?: Relabeling[];

  /**
   * Whether pods that have failed or ended are left out.
   *
   * @default true
   */
  readonly filterRunning?: boolean;

  /**
   * How Prometheus says who it is.
   *
   * @default - it does not
   */
  readonly auth?: ScrapeAuth;

  /**
   * The proxy through which the target is reached.
   *
   * @default - none
   */
  readonly proxy?: ScrapeProxy;

  /**
   * Whether redirects are followed.
   *
   * @default true
   */
  readonly followRedirects?: boolean;

  /**
   * Whether HTTP/2 may be spoken.
   *
   * @default true
   */
  readonly enableHttp2?: boolean;
}
