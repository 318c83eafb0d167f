import { Duration } from 'cdk8s';
import { FlaggerAlert, FlaggerMetric, FlaggerWebhook } from './flagger-judgement';
import { FlaggerAnalysisMatch } from './flagger-match';

/** Which sites a cookie is sent from. */
export enum FlaggerSameSite {
  /** Its own. */
  STRICT = 'Strict',
  /** Its own, and links from others. */
  LAX = 'Lax',
  /** All. */
  NONE = 'None',
}

/** A cookie by which clients stay with the canary that they got. */
export interface FlaggerSessionAffinity {
  /** The name of the cookie. */
  readonly cookieName: string;

  /**
   * The name of a cookie by which clients stay with the stable version.
   *
   * @default - they do not
   */
  readonly primaryCookieName?: string;

  /**
   * How long it is kept, in whole seconds.
   *
   * @default Duration.days(1)
   */
  readonly maxAge?: Duration;

  /**
   * The domain it is sent to.
   *
   * @default - the host
   */
  readonly domain?: string;

  /**
   * The paths it is sent to.
   *
   * @default - all of the route
   */
  readonly path?: string;

  /**
   * Whether scripts cannot read it.
   *
   * @default false
   */
  readonly httpOnly?: boolean;

  /**
   * Whether each site that embeds this one has a cookie of its own.
   *
   * @default false
   */
  readonly partitioned?: boolean;

  /**
   * Which sites it is sent from.
   *
   * @default - as browsers do
   */
  readonly sameSite?: FlaggerSameSite;

  /**
   * Whether it is sent over HTTPS only.
   *
   * @default false
   */
  readonly secure?: boolean;
}

/** What every analysis has. */
export interface FlaggerAnalysisOptions {
  /** The time from one round to the next, in whole seconds. */
  readonly interval: Duration;

  /** After how many failed rounds it goes back to the stable version, 0 or more. */
  readonly threshold: number;

  /**
   * What must stay in range.
   *
   * @default - nothing: only that pods become ready
   */
  readonly metrics?: FlaggerMetric[];

  /**
   * Services that are asked.
   *
   * @default - none
   */
  readonly webhooks?: FlaggerWebhook[];

  /**
   * Who is told.
   *
   * @default - those of Flagger's own settings
   */
  readonly alerts?: FlaggerAlert[];

  /**
   * The share of pods of the stable version that must be ready, in percent.
   *
   * @default 100
   */
  readonly primaryReadyThreshold?: number;

  /**
   * The share of pods of the canary that must be ready, in percent.
   *
   * @default 100
   */
  readonly canaryReadyThreshold?: number;
}

/** What an analysis by weights has. */
export interface FlaggerWeightAnalysisOptions extends FlaggerAnalysisOptions {
  /**
   * Whether a round of copies comes before anything is shifted. Flagger makes them in Istio's routes only.
   *
   * @default false
   */
  readonly mirror?: boolean;

  /**
   * The share that is copied, in percent, 1 to 100.
   *
   * @default - all
   */
  readonly mirrorWeight?: number;

  /**
   * By how much the stable version's weight grows in each round once it has the new pods, in percent, 1 to 100.
   *
   * @default - at once
   */
  readonly stepWeightPromotion?: number;

  /**
   * A cookie by which clients stay with the canary.
   *
   * @default - none
   */
  readonly sessionAffinity?: FlaggerSessionAffinity;
}

/** What an analysis by rounds has. */
export interface FlaggerIterationAnalysisOptions extends FlaggerAnalysisOptions {
  /**
   * Whose requests the canary gets; the others go to the stable version.
   *
   * @default - nobody's: the canary gets all of them at the end
   */
  readonly matches?: FlaggerAnalysisMatch[];

  /**
   * Whether requests are copied to the canary in all rounds.
   *
   * @default false
   */
  readonly mirror?: boolean;

  /**
   * The share that is copied, in percent, 1 to 100. Gateway API copies all.
   *
   * @default - all
   */
  readonly mirrorWeight?: number;
}

/** The way of an analysis, of which there is just one. */
interface Way {
  readonly stepWeight?: number;
  readonly maxWeight?: number;
  readonly stepWeights?: number[];
  readonly iterations?: number;
}

/**
 * How a canary is judged, and on which way it becomes the stable version.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export class FlaggerAnalysis {
  /**
   * Weights that grow evenly.
   *
   * @param stepWeight by how much in each round, in percent, 1 to 100
   * @param maxWeight the last weight before the canary becomes the stable version, in percent, 1 to 100
   * @throws when a number is out of range, or a step is larger than the last weight
   */
  public static weights(stepWeight: number, maxWeight: number, options: FlaggerWeightAnalysisOptions): FlaggerAnalysis {
    check(stepWeight, 'stepWeight');
    check(maxWeight, 'maxWeight');
    if (stepWeight > maxWeight) {
      throw new Error(`stepWeight must be at most maxWeight, got ${stepWeight} and ${maxWeight}`);
    }
    return new FlaggerAnalysis({ stepWeight, maxWeight }, options);
  }

  /**
   * Weights as they are listed.
   *
   * @param stepWeights the weights, each larger than the one before, in percent, 1 to 100
   * @throws when there is none, or they do not grow
   */
  public static stepWeights(stepWeights: number[], options: FlaggerWeightAnalysisOptions): FlaggerAnalysis {
    stepWeights.forEach(weight => check(weight, 'stepWeights'));
    if (stepWeights.length === 0 || stepWeights.some((weight, i) => i > 0 && weight <= stepWeights[i - 1])) {
      throw new Error(`stepWeights must be weights that grow, at least one, got ${stepWeights.join(', ') || 'none'}: Flagger goes to the one after the current weight`);
    }
    return new FlaggerAnalysis({ stepWeights }, options);
  }

  /**
   * Rounds without weights: blue and green, or a test of two versions where `matches` are given.
   *
   * @param iterations how many rounds, 1 or more
   * @throws when a number is out of range
   */
  public static iterations(iterations: number, options: FlaggerIterationAnalysisOptions): FlaggerAnalysis {
    if (!Number.isInteger(iterations) || iterations < 1) {
      throw new Error(`iterations of an analysis must be a whole number from 1, got ${iterations}`);
    }
    return new FlaggerAnalysis({ iterations }, options);
  }

  private constructor(
    /** @internal */
    public readonly _way: Way,
    /** @internal */
    public readonly _options: FlaggerWeightAnalysisOptions & FlaggerIterationAnalysisOptions,
  ) {
    const { threshold, mirror, mirrorWeight, stepWeightPromotion, primaryReadyThreshold, canaryReadyThreshold } = _options;
    if (!Number.isInteger(threshold) || threshold < 0) {
      throw new Error(`threshold of an analysis must be a whole number from 0, got ${threshold}`);
    }
    if (mirrorWeight !== undefined && !mirror) {
      throw new Error(`mirrorWeight of an analysis needs mirror: true, got ${mirrorWeight} without it`);
    }
    Object.entries({ mirrorWeight, stepWeightPromotion, primaryReadyThreshold, canaryReadyThreshold })
      .forEach(([what, value]) => value === undefined || check(value, what));
  }
}

function check(percent: number, what: string): void {
  if (!Number.isInteger(percent) || percent < 1 || percent > 100) {
    throw new Error(`${what} of an analysis must be between 1 and 100 percent, got ${percent}`);
  }
}
