import { Duration } from 'cdk8s';
import { ConsistentHashKey, HashAlgorithm } from './consistent-hash';
import { checkPercent } from './count';
import { LocalityLoadBalancing, ZoneAwareLoadBalancing } from './locality-load-balancing';
import { localityManifest, zoneAwareManifest } from './locality-manifest';
import { formatPositiveDuration } from './positive-duration';
import type { DestinationRuleSpecTrafficPolicyLoadBalancer, DestinationRuleSpecTrafficPolicyLoadBalancerWarmup } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Options of every way to choose an endpoint. */
export interface LoadBalancerOptions {
  /**
   * Which localities are preferred; not together with zoneAware.
   *
   * @default - as the mesh says
   */
  readonly locality?: LocalityLoadBalancing;

  /**
   * Whether traffic stays in the client's zone; not together with locality. Istio 1.31 and later.
   *
   * @default - as the mesh says
   */
  readonly zoneAware?: ZoneAwareLoadBalancing;
}

/** Options of the ways to choose an endpoint that can spare new endpoints. */
export interface WarmingLoadBalancerOptions extends LoadBalancerOptions {
  /**
   * How new endpoints are spared.
   *
   * @default - they are not
   */
  readonly warmup?: Warmup;
}

/** How new endpoints are spared: their share of the traffic grows from small to full. */
export interface Warmup {
  /** How long it takes, at least 1 ms. */
  readonly duration: Duration;

  /**
   * The share at the start, in percent of the full one, 0 to 100.
   *
   * @default - 10
   */
  readonly minimumPercent?: number;

  /**
   * How the share grows, above 0: 1 is evenly, more is faster at the end. Below 1 for Istio 1.31 and later.
   *
   * @default - 1
   */
  readonly aggression?: number;
}

/** Options of a choice by hash. */
export interface ConsistentHashOptions extends LoadBalancerOptions {
  /**
   * How endpoints are laid out.
   *
   * @default - a ring of at least 1024 places
   */
  readonly algorithm?: HashAlgorithm;
}

/**
 * How an endpoint of a host is chosen.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export class LoadBalancer {
  /**
   * The one with fewer requests in flight, of two by chance. This is what Istio does by itself.
   *
   * @throws when an option is out of range, or locality meets zoneAware
   */
  public static leastRequest(options: WarmingLoadBalancerOptions = {}): LoadBalancer {
    return new LoadBalancer({ simple: 'LEAST_REQUEST', warmup: options.warmup && warmupManifest(options.warmup) }, options);
  }

  /**
   * One after the other.
   *
   * @throws when an option is out of range, or locality meets zoneAware
   */
  public static roundRobin(options: WarmingLoadBalancerOptions = {}): LoadBalancer {
    return new LoadBalancer({ simple: 'ROUND_ROBIN', warmup: options.warmup && warmupManifest(options.warmup) }, options);
  }

  /**
   * By chance.
   *
   * @throws when an option is out of range, or locality meets zoneAware
   */
  public static random(options: LoadBalancerOptions = {}): LoadBalancer {
    return new LoadBalancer({ simple: 'RANDOM' }, options);
  }

  /** The address that the client called, without a choice: for hosts whose addresses the mesh does not know. */
  public static passthrough(): LoadBalancer {
    return new LoadBalancer({ simple: 'PASSTHROUGH' }, {});
  }

  /**
   * The same one for requests that have the same key.
   *
   * @throws when an option is out of range, or locality meets zoneAware
   */
  public static consistentHash(key: ConsistentHashKey, options: ConsistentHashOptions = {}): LoadBalancer {
    return new LoadBalancer({ consistentHash: { ...key._toKube(), ...options.algorithm?._toKube() } }, options);
  }

  private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyLoadBalancer>;

  private constructor(choice: Manifest<DestinationRuleSpecTrafficPolicyLoadBalancer>, { locality, zoneAware }: LoadBalancerOptions) {
    if (locality && zoneAware) {
      throw new Error('a load balancer takes either locality or zoneAware, got both');
    }
    this.spec = {
      ...choice,
      localityLbSetting: locality && localityManifest(locality),
      zoneAwareLbSetting: zoneAware && zoneAwareManifest(zoneAware),
    };
  }

  /**
   * Whether it says which endpoints take over, which only happens with outlier detection.
   *
   * @internal
   */
  public _failsOver(): boolean {
    return [this.spec.localityLbSetting, this.spec.zoneAwareLbSetting].some(s => s?.failover?.length || s?.failoverPriority?.length);
  }

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancer> {
    return this.spec;
  }
}

function warmupManifest({ duration, minimumPercent, aggression }: Warmup): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerWarmup> {
  checkPercent(minimumPercent, 'minimumPercent of warmup');
  if (aggression !== undefined && !(aggression > 0)) {
    throw new Error(`aggression of warmup must be above 0, got ${aggression}`);
  }
  return { duration: formatPositiveDuration(duration, 'duration of warmup'), minimumPercent, aggression };
}
