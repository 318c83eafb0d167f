import { CanaryPlan } from './canary-plan';
import { CanaryStep } from './canary-step';
import { RolloutMirrorMatch, RolloutStep, RolloutStringMatch } from '../../delivery/rollout-step';
import { HttpHeaderMatch } from '../../gateway-api/http-header-match';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { HttpRouteMatch } from '../../gateway-api/http-route-match';
import { prefixElements } from '../../semantics/path';

/** Steps in the words of Argo Rollouts, and the routes that they make. */
export interface RolloutWay {
  readonly steps: RolloutStep[];
  /** Which of them each step of the route is. */
  readonly places: number[];
  /** In the order in which they are tried. */
  readonly managedRoutes: string[];
}

const MIRROR = 'mirror';

/**
 * The steps of a Rollout. What goes to the canary before it has a weight needs a pod that is there: so it has one, until the weights say how many.
 */
export function rolloutSteps(plan: CanaryPlan, steps: readonly CanaryStep[], isIstio: boolean): RolloutWay {
  const { name } = plan;
  const pins = plan.versions[1].pinned.map((match, i) => ({ route: `pin-${i + 1}`, headers: headersOf(name, match) }));
  const mirrors = steps.some(({ mirrorPercent }) => mirrorPercent !== undefined);
  if (mirrors && !isIstio) {
    throw new Error(`canary route '${name}' cannot mirror with Argo Rollouts in Gateway API, whose plugin puts the copying rule after the one that it should come before: ` +
      'leave mirror steps out, or use a Gateway of Istio');
  }
  if (pins.length > 0 && isIstio && !isEveryPath(plan.paths)) {
    throw new Error(`canary route '${name}' cannot pin requests of some paths with Argo Rollouts in Istio, whose header routes are for every path: ` +
      'leave paths or pinned out, or use a Gateway of Gateway API');
  }
  const early = pins.length > 0 || mirrors;
  const firstWeight = steps.findIndex(({ percent }) => (percent ?? 0) > 0);
  const before = [
    ...early ? [RolloutStep.canaryReplicas(1)] : [],
    ...pins.map(({ route, headers }) => RolloutStep.headerRoute(route, headers)),
  ];
  const written = steps.map((step, i) => [
    ...i === firstWeight && early ? [RolloutStep.matchTrafficWeight()] : [],
    ...step.percent !== undefined && isMirrored(steps.slice(0, i)) ? [RolloutStep.removeMirrorRoute(MIRROR)] : [],
    rolloutStep(plan, step),
  ]);
  return {
    managedRoutes: [...pins.map(({ route }) => route), ...mirrors ? [MIRROR] : []],
    steps: [...before, ...written.flat()],
    places: written.map((_, i) => before.length + written.slice(0, i + 1).flat().length - 1),
  };
}

function rolloutStep({ paths }: CanaryPlan, { percent, mirrorPercent, duration }: CanaryStep): RolloutStep {
  if (percent !== undefined) {
    return RolloutStep.weight(percent);
  }
  return mirrorPercent === undefined ? RolloutStep.pause(duration) : RolloutStep.mirrorRoute(MIRROR, paths.flatMap(mirrorMatches), mirrorPercent);
}

/** Whether copies are made after some steps. */
function isMirrored(steps: readonly CanaryStep[]): boolean {
  return steps.reduce((mirrored, { percent, mirrorPercent }) => mirrorPercent !== undefined || mirrored && percent === undefined, false);
}

function headersOf(name: string, { path, headers, queryParams, method }: HttpRouteMatch): { [name: string]: RolloutStringMatch } {
  if (!headers?.length || path !== undefined || queryParams?.length || method !== undefined) {
    throw new Error(`pinned requests of canary route '${name}' must have headers or cookies and nothing else, which is all that Argo Rollouts can pin: ` +
      'use HttpRouteMatch.header or HttpRouteMatch.cookie');
  }
  return Object.fromEntries(headers.map(header => [header.name, valueOf(header)]));
}

function valueOf({ type, value }: HttpHeaderMatch): RolloutStringMatch {
  return type === 'Exact' ? RolloutStringMatch.exact(value) : RolloutStringMatch.regex(value);
}

function isEveryPath(paths: readonly HttpPathMatch[]): boolean {
  return paths.some(({ type, value }) => type === HttpPathMatchType.PATH_PREFIX && value === '/');
}

/** A path as Istio takes it: its prefix goes by characters. */
function mirrorMatches({ type, value }: HttpPathMatch): RolloutMirrorMatch[] {
  if (type !== HttpPathMatchType.PATH_PREFIX) {
    return [{ path: type === HttpPathMatchType.EXACT ? RolloutStringMatch.exact(value) : RolloutStringMatch.regex(value) }];
  }
  const elements = prefixElements(value);
  return [...elements === '' ? [] : [{ path: RolloutStringMatch.exact(elements) }], { path: RolloutStringMatch.prefix(`${elements}/`) }];
}
