import { Duration } from 'cdk8s';
import { RolloutAnalysis, RolloutExperiment } from './rollout-analysis';
import { analysisManifest, experimentManifest } from './rollout-analysis-manifest';
import type { RolloutSpecStrategyCanarySteps } from '../imports/argoproj.io';
import { checkHeaderName } from '../semantics/header';
import { Manifest } from '../semantics/manifest';

/** How a value of a request must look. */
export class RolloutStringMatch {
  /** The whole value. */
  public static exact(value: string): RolloutStringMatch {
    return new RolloutStringMatch({ exact: value });
  }

  /** The beginning of the value. */
  public static prefix(value: string): RolloutStringMatch {
    return new RolloutStringMatch({ prefix: value });
  }

  /** A regular expression for the whole value. */
  public static regex(pattern: string): RolloutStringMatch {
    return new RolloutStringMatch({ regex: pattern });
  }

  private constructor(private readonly spec: { readonly exact?: string; readonly prefix?: string; readonly regex?: string }) {}

  /** @internal */
  public _toKube() {
    return this.spec;
  }
}

/** Requests that are copied: all that is said must hold. */
export interface RolloutMirrorMatch {
  /**
   * The method.
   *
   * @default - any method
   */
  readonly method?: RolloutStringMatch;

  /**
   * The path.
   *
   * @default - any path
   */
  readonly path?: RolloutStringMatch;

  /**
   * Headers by name.
   *
   * @default - any headers
   */
  readonly headers?: { [key: string]: RolloutStringMatch };
}

type Spec = Omit<Manifest<RolloutSpecStrategyCanarySteps>, 'pause'> & { readonly pause?: { readonly duration?: number } };

/**
 * A step of a Rollout.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
 */
export class RolloutStep {
  /**
   * The share of requests that the canary gets.
   *
   * @param percent the share; 0 to 100, or to maxTrafficWeight
   * @throws when it is no whole number from 0
   */
  public static weight(percent: number): RolloutStep {
    return new RolloutStep({ setWeight: checkWhole(percent, 'setWeight') });
  }

  /**
   * Nothing changes.
   *
   * @param duration how long, in whole seconds; default: until somebody goes on
   * @throws when it is no whole number of seconds from 1
   */
  public static pause(duration?: Duration): RolloutStep {
    return new RolloutStep({ pause: duration === undefined ? {} : { duration: checkSeconds(duration) } });
  }

  /**
   * As many pods of the canary, whatever its weight.
   *
   * @throws when it is no whole number from 0
   */
  public static canaryReplicas(replicas: number): RolloutStep {
    return new RolloutStep({ setCanaryScale: { replicas: checkWhole(replicas, 'replicas of setCanaryScale') } });
  }

  /**
   * Pods of the canary as for this weight, which it does not get.
   *
   * @param percent the share of the pods, 0 to 100
   * @throws when it is out of range
   */
  public static canaryScaleWeight(percent: number): RolloutStep {
    return new RolloutStep({ setCanaryScale: { weight: checkWhole(percent, 'weight of setCanaryScale', 100) } });
  }

  /** Pods of the canary as its weight says, as it is from the beginning. */
  public static matchTrafficWeight(): RolloutStep {
    return new RolloutStep({ setCanaryScale: { matchTrafficWeight: true } });
  }

  /**
   * Requests with these headers, all of them, go to the canary.
   *
   * @param name the route, one of the managedRoutes
   * @param headers values by header, at least one
   * @throws when there is no header, or a name is none
   */
  public static headerRoute(name: string, headers: { [key: string]: RolloutStringMatch }): RolloutStep {
    const entries = Object.entries(headers);
    if (entries.length === 0) {
      throw new Error(`header route '${name}' needs at least one header, got none: use RolloutStep.removeHeaderRoute to end it`);
    }
    return new RolloutStep({
      setHeaderRoute: { name, match: entries.map(([header, value]) => ({ headerName: checkHeaderName(header), headerValue: value._toKube() })) },
    });
  }

  /** Ends a header route. */
  public static removeHeaderRoute(name: string): RolloutStep {
    return new RolloutStep({ setHeaderRoute: { name } });
  }

  /**
   * Requests are copied to the canary.
   *
   * @param name the route, one of the managedRoutes
   * @param matches the requests, of which one must fit, at least one
   * @param percentage the share that is copied, 0 to 100; default: all
   * @throws when there is no match, or the share is out of range
   */
  public static mirrorRoute(name: string, matches: RolloutMirrorMatch[], percentage?: number): RolloutStep {
    if (matches.length === 0) {
      throw new Error(`mirror route '${name}' needs at least one match, got none: use RolloutStep.removeMirrorRoute to end it`);
    }
    return new RolloutStep({
      setMirrorRoute: {
        name,
        percentage: percentage === undefined ? undefined : checkWhole(percentage, `percentage of mirror route '${name}'`, 100),
        match: matches.map(({ method, path, headers }) => ({
          method: method?._toKube(),
          path: path?._toKube(),
          headers: headers && Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, value._toKube()])),
        })),
      },
    });
  }

  /** Ends a mirror route. */
  public static removeMirrorRoute(name: string): RolloutStep {
    return new RolloutStep({ setMirrorRoute: { name } });
  }

  /** It goes on when the analysis is through. */
  public static analysis(analysis: RolloutAnalysis): RolloutStep {
    return new RolloutStep({ analysis: analysisManifest(analysis) });
  }

  /** It goes on when the experiment is through. */
  public static experiment(experiment: RolloutExperiment): RolloutStep {
    return new RolloutStep({ experiment: experimentManifest(experiment) });
  }

  /**
   * What a plugin does.
   *
   * @param name the plugin, such as `acme/approve`
   * @param config what it is told; default: nothing
   */
  public static plugin(name: string, config?: { [key: string]: any }): RolloutStep {
    return new RolloutStep({ plugin: { name, config } });
  }

  private constructor(private readonly spec: Spec) {}

  /** @internal */
  public _toKube(): Spec {
    return this.spec;
  }
}

function checkWhole(value: number, what: string, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(`${what} must be a whole number ${most === Number.MAX_SAFE_INTEGER ? 'from 0' : `between 0 and ${most}`}, got ${value}`);
  }
  return value;
}

function checkSeconds(duration: Duration): number {
  const seconds = duration.toMilliseconds() / 1000;
  if (!Number.isInteger(seconds) || seconds < 1) {
    throw new Error(`pause of a step must be a whole number of seconds from 1, got ${duration.toMilliseconds()} ms: leave it out to wait for somebody`);
  }
  return seconds;
}
