import { Duration } from 'cdk8s';
import { IstioMesh } from '../istio-mesh';

/** Which metrics of a proxy are read. */
export enum ProxyMetrics {
  /** Those of the proxy, its agent and the application at once: port 15020, as the annotations of the pod say. */
  MERGED = 'merged',
  /** Those of Envoy alone: port 15090. */
  ENVOY_ONLY = 'envoy-only',
}

/** What is scraped of a mesh, by the Prometheus Operator or without it. */
export interface IstioScrapeOptions {
  /** The mesh. */
  readonly mesh: IstioMesh;

  /**
   * Which metrics of sidecars, gateways and waypoints are read.
   *
   * @default - ProxyMetrics.MERGED, or ENVOY_ONLY in a mesh with `enablePrometheusMerge: false`
   */
  readonly proxyMetrics?: ProxyMetrics;

  /**
   * The namespaces of sidecars, gateways and waypoints.
   *
   * @default - all
   */
  readonly namespaces?: string[];

  /**
   * Whether Istio's CNI plugin is scraped.
   *
   * @default - in an ambient mesh, which needs it
   */
  readonly cni?: boolean;

  /**
   * What time is between scrapes.
   *
   * @default Duration.seconds(15)
   */
  readonly interval?: Duration;

  /**
   * The label that has the name of the pod.
   *
   * @default 'pod'
   */
  readonly podLabel?: string;
}
