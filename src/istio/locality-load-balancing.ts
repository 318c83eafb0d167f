/** Which localities are preferred, for this host in place of the mesh's setting. */
export interface LocalityLoadBalancing {
  /**
   * Whether it is on.
   *
   * @default - as the mesh says
   */
  readonly enabled?: boolean;

  /**
   * Shares of the traffic by the client's locality; not together with failover.
   *
   * @default - the client's own locality
   */
  readonly distribute?: LocalityDistribution[];

  /**
   * Which region takes over from which; needs outlier detection.
   *
   * @default - Istio chooses
   */
  readonly failover?: RegionFailover[];

  /**
   * Labels, written `key` or `key=value`, by which endpoints alike to the client come first, the first label counting most. Needs outlier
   * detection. Not with region, zone or subzone when there is failover.
   *
   * @default - region, zone and subzone
   */
  readonly failoverPriority?: string[];
}

/** Shares of the traffic of clients in one locality. */
export interface LocalityDistribution {
  /** Where the clients are: `region/zone/subzone`, with `*` as the last part for all below. */
  readonly clients: string;

  /** The share of each locality, in percent, 1 to 100 and 100 in sum. */
  readonly shares: { [locality: string]: number };
}

/**
 * A region that takes over from another one: an entry of Istio's `failover`, whose `from` is a word that Python reserves.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting-Failover
 */
export interface RegionFailover {
  /** The region of the client, which Istio calls `from`. */
  readonly region: string;

  /** The region that takes over, another one, which Istio calls `to`. */
  readonly fallback: string;
}

/** Zone-aware routing: traffic stays in the client's zone as far as its endpoints can bear it. Istio 1.31 and later, sidecars only. */
export interface ZoneAwareLoadBalancing {
  /**
   * Whether it is on; `false` switches off what Envoy would do by itself.
   *
   * @default - as the mesh says
   */
  readonly enabled?: boolean;

  /**
   * Which region takes over from which; needs outlier detection.
   *
   * @default - Istio chooses
   */
  readonly failover?: RegionFailover[];

  /**
   * Labels, written `key` or `key=value`, by which endpoints alike to the client come first; not region, zone or subzone. Needs outlier detection.
   *
   * @default - none
   */
  readonly failoverPriority?: string[];

  /**
   * The least number of endpoints in the client's region, at least 1.
   *
   * @default - 6
   */
  readonly minClusterSize?: number;
}
