import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { RolloutAnalysis, RolloutBackgroundAnalysis, RolloutMetadata } from './rollout-analysis';
import { RolloutAntiAffinity, RolloutReplicaProgress } from './rollout-pods';
import { RolloutStep } from './rollout-step';
import { RolloutTrafficRouting } from './rollout-traffic-routing';

/** Two Services that take turns to be the stable one. */
export interface RolloutPingPong {
  /** The one. */
  readonly pingService: string;
  /** The other. */
  readonly pongService: string;
}

/** A canary. */
export interface RolloutCanaryOptions {
  /**
   * The steps.
   *
   * @default - none: at once, as pods become ready
   */
  readonly steps?: RolloutStep[];

  /**
   * The Service of the canary, by name.
   *
   * @default - none
   */
  readonly canaryService?: string;

  /**
   * The Service of the stable version, by name.
   *
   * @default - none
   */
  readonly stableService?: string;

  /**
   * Services that take turns instead.
   *
   * @default - none
   */
  readonly pingPong?: RolloutPingPong;

  /**
   * Who divides the requests.
   *
   * @default - nobody: the numbers of pods do
   */
  readonly trafficRouting?: RolloutTrafficRouting;

  /**
   * What the canary is judged by all the way.
   *
   * @default - nothing
   */
  readonly analysis?: RolloutBackgroundAnalysis;

  /**
   * Pods above the number, without trafficRouting.
   *
   * @default - 25 percent
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * Pods that may be missing, without trafficRouting.
   *
   * @default - 25 percent
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * The fewest pods of a version that gets requests; with trafficRouting.
   *
   * @default 1
   */
  readonly minPodsPerReplicaSet?: number;

  /**
   * How many pods must be there for a step to count as done.
   *
   * @default - all
   */
  readonly replicaProgressThreshold?: RolloutReplicaProgress;

  /**
   * Whether the stable version has fewer pods as it gets fewer requests; with trafficRouting.
   *
   * @default false
   */
  readonly dynamicStableScale?: boolean;

  /**
   * How long pods of the old version stay, in whole seconds; with trafficRouting.
   *
   * @default - 30 seconds
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How many old versions keep pods in that time.
   *
   * @default - all
   */
  readonly scaleDownDelayRevisionLimit?: number;

  /**
   * How long pods of the canary stay after a failure, in whole seconds; 0 is for ever.
   *
   * @default - 30 seconds
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * Whether pods of two versions may share a node.
   *
   * @default - they may
   */
  readonly antiAffinity?: RolloutAntiAffinity;

  /**
   * What pods are marked with while they are the canary.
   *
   * @default - nothing
   */
  readonly canaryMetadata?: RolloutMetadata;

  /**
   * What pods are marked with while they are stable.
   *
   * @default - nothing
   */
  readonly stableMetadata?: RolloutMetadata;
}

/** Blue and green. */
export interface RolloutBlueGreenOptions {
  /** The Service that clients call, by name. */
  readonly activeService: string;

  /**
   * The Service of the new version, by name.
   *
   * @default - none
   */
  readonly previewService?: string;

  /**
   * Whether the new version becomes active by itself.
   *
   * @default true
   */
  readonly autoPromotionEnabled?: boolean;

  /**
   * After how long it does, in whole seconds.
   *
   * @default - at once
   */
  readonly autoPromotion?: Duration;

  /**
   * What it is judged by before.
   *
   * @default - nothing
   */
  readonly prePromotionAnalysis?: RolloutAnalysis;

  /**
   * What it is judged by after.
   *
   * @default - nothing
   */
  readonly postPromotionAnalysis?: RolloutAnalysis;

  /**
   * How many pods it has before.
   *
   * @default - all
   */
  readonly previewReplicaCount?: number;

  /**
   * Pods that may be missing.
   *
   * @default - none
   */
  readonly maxUnavailable?: PercentOrAbsolute;

  /**
   * How long pods of the old version stay, in whole seconds.
   *
   * @default - 30 seconds
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How many old versions keep pods in that time.
   *
   * @default - all
   */
  readonly scaleDownDelayRevisionLimit?: number;

  /**
   * How long pods of the new version stay after a failure, in whole seconds; 0 is for ever.
   *
   * @default - 30 seconds
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * Whether pods of two versions may share a node.
   *
   * @default - they may
   */
  readonly antiAffinity?: RolloutAntiAffinity;

  /**
   * What pods are marked with while they are active.
   *
   * @default - nothing
   */
  readonly activeMetadata?: RolloutMetadata;

  /**
   * What pods are marked with before.
   *
   * @default - nothing
   */
  readonly previewMetadata?: RolloutMetadata;
}

/**
 * How a new version takes the place of the old one.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/concepts/#strategies
 */
export class RolloutStrategy {
  /** Step by step. */
  public static canary(options: RolloutCanaryOptions = {}): RolloutStrategy {
    return new RolloutStrategy(options);
  }

  /** At once, after a look at it. */
  public static blueGreen(options: RolloutBlueGreenOptions): RolloutStrategy {
    return new RolloutStrategy(undefined, options);
  }

  private constructor(
    /** @internal */
    public readonly _canary?: RolloutCanaryOptions,
    /** @internal */
    public readonly _blueGreen?: RolloutBlueGreenOptions,
  ) {}
}
