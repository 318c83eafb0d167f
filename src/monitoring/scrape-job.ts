import { Duration } from 'cdk8s';
import { MonitorNamespaces } from './monitor-namespaces';
import { Relabeling } from './relabeling';

/** What Prometheus discovers in Kubernetes. */
export enum ScrapeRole {
  /** Each port of each container. */
  POD = 'pod',
  /** Each address behind each Service, by Endpoints. */
  ENDPOINTS = 'endpoints',
  /** Each address behind each Service, by EndpointSlices. */
  ENDPOINT_SLICE = 'endpointslice',
  /** Each Service. */
  SERVICE = 'service',
  /** Each node. */
  NODE = 'node',
}

/** Targets that Prometheus discovers in Kubernetes, and what it does with them. */
export interface ScrapeJob {
  /** The name, once in a configuration; it is the label `job` of all samples. */
  readonly jobName: string;

  /** What is discovered. */
  readonly role: ScrapeRole;

  /**
   * Where it is.
   *
   * @default - in all namespaces
   */
  readonly namespaces?: MonitorNamespaces;

  /**
   * Path of the metrics.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * What time is between scrapes; more than nothing.
   *
   * @default - that of Prometheus
   */
  readonly interval?: Duration;

  /**
   * After what time a scrape has failed; more than nothing.
   *
   * @default - that of Prometheus
   */
  readonly scrapeTimeout?: Duration;

  /**
   * What is done with targets, in order.
   *
   * @default - nothing: all that is discovered is scraped
   */
  readonly relabelings?: Relabeling[];

  /**
   * What is done with samples before they are stored, in order.
   *
   * @default - nothing
   */
  readonly metricRelabelings?: Relabeling[];
}
