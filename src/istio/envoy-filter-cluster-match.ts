import { EnvoyProxyMatchOptions, proxyMatchToKube } from './envoy-filter-proxy-match';
import { EnvoyWaypointMatchOptions, waypointToKube } from './envoy-filter-waypoint-match';
import { IstioHost } from './istio-host';
import type { EnvoyFilterSpecConfigPatchesMatch } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** Clusters of proxies. All that is said must hold. */
export interface EnvoyClusterMatchOptions extends EnvoyProxyMatchOptions {
  /**
   * The name of the cluster, such as `PassthroughCluster`. Not with the others.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * The port of the Service, from 1 to 65535; for what the workload receives, that on which it listens.
   *
   * @default - any
   */
  readonly portNumber?: number;

  /**
   * The Service, or a host of a ServiceEntry.
   *
   * @default - any
   */
  readonly service?: IstioHost;

  /**
   * The subset of the Service, by its name in a DestinationRule.
   *
   * @default - any, and none
   */
  readonly subset?: string;
}

type Match = Manifest<EnvoyFilterSpecConfigPatchesMatch>;

/**
 * The clusters that a patch is for.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-ClusterMatch
 */
export class EnvoyClusterMatch {
  /**
   * Clusters of sidecars and gateways.
   *
   * @throws when the name stands beside something else, the port is none, or the pattern is no RE2
   */
  public static any(options: EnvoyClusterMatchOptions = {}): EnvoyClusterMatch {
    return new EnvoyClusterMatch('ANY', options);
  }

  /**
   * Clusters of sidecars for what the workload receives.
   *
   * @throws when the name stands beside something else, the port is none, or the pattern is no RE2
   */
  public static sidecarInbound(options: EnvoyClusterMatchOptions = {}): EnvoyClusterMatch {
    return new EnvoyClusterMatch('SIDECAR_INBOUND', options);
  }

  /**
   * Clusters of sidecars for what the workload sends.
   *
   * @throws when the name stands beside something else, the port is none, or the pattern is no RE2
   */
  public static sidecarOutbound(options: EnvoyClusterMatchOptions = {}): EnvoyClusterMatch {
    return new EnvoyClusterMatch('SIDECAR_OUTBOUND', options);
  }

  /**
   * Clusters of gateways.
   *
   * @throws when the name stands beside something else, the port is none, or the pattern is no RE2
   */
  public static gateway(options: EnvoyClusterMatchOptions = {}): EnvoyClusterMatch {
    return new EnvoyClusterMatch('GATEWAY', options);
  }

  /**
   * Clusters of waypoints, for control planes that know this word: istiod takes no notice of such patches. Istio 1.29 and later.
   *
   * @throws when the port is none, or the pattern is no RE2
   */
  public static waypoint(options: EnvoyWaypointMatchOptions = {}): EnvoyClusterMatch {
    const { proxyVersion, proxyMetadata } = options;
    return new EnvoyClusterMatch('WAYPOINT', { proxyVersion, proxyMetadata }, waypointToKube(options));
  }

  private readonly proxy: Match['proxy'];
  private readonly cluster: Match['cluster'];

  private constructor(private readonly context: NonNullable<Match['context']>, options: EnvoyClusterMatchOptions, private readonly waypoint?: Match['waypoint']) {
    this.proxy = proxyMatchToKube(options);
    this.cluster = clusterToKube(options);
  }

  /** @internal */
  public get _namesClusters(): boolean {
    return this.cluster !== undefined || this.waypoint?.portNumber !== undefined;
  }

  /** @internal */
  public _toKube(): Match {
    return { context: this.context, proxy: this.proxy, cluster: this.cluster, waypoint: this.waypoint };
  }
}

function clusterToKube({ name, portNumber, service, subset }: EnvoyClusterMatchOptions): Match['cluster'] {
  const others = [portNumber, service, subset].some(value => value !== undefined);
  if (name !== undefined && others) {
    throw new Error(`name of a cluster match stands alone, got '${name}' beside others: istiod would look at the name only, leave the others out`);
  }
  if (name === undefined && !others) {
    return undefined;
  }
  return { name, portNumber: portNumber === undefined ? undefined : checkPort(portNumber, 'portNumber of a cluster match'), service: service?.host, subset };
}
