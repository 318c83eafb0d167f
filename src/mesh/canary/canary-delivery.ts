import { CanaryFlaggerOptions } from './canary-flagger-options';
import { CanaryRolloutOptions } from './canary-rollout-options';

/** Options of a canary whose weights people change. */
export interface ManualDeliveryOptions {
  /**
   * The step whose state is written, from 0; it needs the steps of the route.
   *
   * @default - the first one, where the route has steps
   */
  readonly currentStep?: number;
}

/**
 * Who moves requests from the stable version to the canary.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/
 */
export class CanaryDelivery {
  /** People do, by a commit: what is written is what holds. */
  public static manual(options: ManualDeliveryOptions = {}): CanaryDelivery {
    return new CanaryDelivery('a commit', options.currentStep);
  }

  /**
   * Flagger does. It makes the Services, the routes and the Deployment of the stable version by itself: the route writes the Canary, and none of these.
   *
   * @param options the workload, and what the canary is judged by
   */
  public static flagger(options: CanaryFlaggerOptions): CanaryDelivery {
    return new CanaryDelivery('Flagger', undefined, options);
  }

  /**
   * Argo Rollouts does. The route is written with weights 100 and 0, which the controller changes.
   *
   * @param options the workload, and what the canary is judged by
   */
  public static argoRollouts(options: CanaryRolloutOptions): CanaryDelivery {
    return new CanaryDelivery('Argo Rollouts', undefined, undefined, options);
  }

  private constructor(
    /** @internal */
    public readonly _by: string,
    /** @internal */
    public readonly _currentStep?: number,
    /** @internal */
    public readonly _flagger?: CanaryFlaggerOptions,
    /** @internal */
    public readonly _rollout?: CanaryRolloutOptions,
  ) {}

  /**
   * Whether weights belong to a controller.
   *
   * @internal
   */
  public get _isManaged(): boolean {
    return this._flagger !== undefined || this._rollout !== undefined;
  }
}
