import { Duration } from 'cdk8s';
import { RolloutBackgroundAnalysis } from '../../delivery/rollout-analysis';
import { RolloutWorkload } from '../../delivery/rollout-workload';

/** What Argo Rollouts delivers, and what it judges a canary by. */
export interface CanaryRolloutOptions {
  /** The pods. */
  readonly workload: RolloutWorkload;

  /**
   * How many pods; not together with an autoscaler.
   *
   * @default - as the Deployment of this app says, or its autoscaler; else 1
   */
  readonly replicas?: number;

  /**
   * What the canary is judged by all the way; `startingStep` is one of the route's steps.
   *
   * @default - nothing
   */
  readonly analysis?: RolloutBackgroundAnalysis;

  /**
   * How long there may be no progress, in whole seconds. After that it goes back to the stable version.
   *
   * @default - 10 minutes, and it stays as it is
   */
  readonly progressDeadline?: Duration;

  /**
   * Whether the stable version has fewer pods as it gets fewer requests.
   *
   * @default false
   */
  readonly dynamicStableScale?: boolean;
}
