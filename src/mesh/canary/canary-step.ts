import { Duration } from 'cdk8s';
import { checkPercent } from './canary-percent';

/**
 * A step on the way from the stable version to the canary. A list of them is data: `CanaryDelivery.manual` writes the state of one of them, and what delivers by
 * itself is told all.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
 */
export class CanaryStep {
  /**
   * A share of the requests goes to the canary; copies end.
   *
   * @param percent the share, 0 to 100
   * @throws when it is not a whole number in that range
   */
  public static weight(percent: number): CanaryStep {
    return new CanaryStep(checkPercent(percent, 0, 'weight of a canary step'));
  }

  /**
   * A share of the requests is copied to the canary, whose answers are thrown away, until the next weight. Nothing is shifted before.
   *
   * @param percent the share, 1 to 100
   * @throws when it is not a whole number in that range
   */
  public static mirror(percent: number): CanaryStep {
    return new CanaryStep(undefined, checkPercent(percent, 1, 'mirror of a canary step'));
  }

  /**
   * Nothing changes.
   *
   * @param duration how long, in whole seconds; default: until somebody goes on
   * @throws when it is no whole number of seconds from 1
   */
  public static pause(duration?: Duration): CanaryStep {
    if (duration !== undefined && (duration.toMilliseconds() < 1000 || duration.toMilliseconds() % 1000 !== 0)) {
      throw new Error(`pause of a canary step must be a whole number of seconds from 1, got ${duration.toMilliseconds()} ms`);
    }
    return new CanaryStep(undefined, undefined, duration);
  }

  private constructor(
    /**
     * The share of the canary, in percent.
     *
     * @default - as before
     */
    public readonly percent?: number,
    /**
     * The share that is copied, in percent.
     *
     * @default - as before
     */
    public readonly mirrorPercent?: number,
    /**
     * How long nothing changes.
     *
     * @default - a pause is until somebody goes on; other steps are none
     */
    public readonly duration?: Duration,
  ) {}

  /** @internal */
  public get _isPause(): boolean {
    return this.percent === undefined && this.mirrorPercent === undefined;
  }
}
