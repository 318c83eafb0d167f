import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { analysisManifest } from './rollout-analysis-manifest';
import { RolloutBlueGreenOptions, RolloutCanaryOptions, RolloutStrategy } from './rollout-strategy';
import { trafficRoutingManifest } from './rollout-traffic-routing-manifest';
import type { RolloutSpecStrategy } from '../imports/argoproj.io';
import { Manifest } from '../semantics/manifest';

/** Writes how a new version takes the place of the old one. */
export function strategyManifest({ _canary, _blueGreen }: RolloutStrategy, namespace?: string): Manifest<RolloutSpecStrategy> {
  return (_canary ? { canary: canary(_canary, namespace) } : { blueGreen: blueGreen(_blueGreen!) }) as Manifest<RolloutSpecStrategy>;
}

function canary(options: RolloutCanaryOptions, namespace?: string): object {
  checkCanary(options);
  const { canaryService, stableService, pingPong, minPodsPerReplicaSet, dynamicStableScale, scaleDownDelayRevisionLimit } = options;
  const { analysis, trafficRouting, canaryMetadata, stableMetadata } = options;
  return {
    canaryService,
    stableService,
    pingPong,
    steps: options.steps?.map(step => step._toKube()),
    trafficRouting: trafficRouting && trafficRoutingManifest(trafficRouting, namespace),
    analysis: analysis && { ...analysisManifest(analysis), startingStep: analysis.startingStep },
    maxSurge: options.maxSurge?.value,
    maxUnavailable: options.maxUnavailable?.value,
    minPodsPerReplicaSet,
    replicaProgressThreshold: options.replicaProgressThreshold?._toKube(),
    dynamicStableScale,
    scaleDownDelaySeconds: options.scaleDownDelay?.toSeconds(),
    scaleDownDelayRevisionLimit,
    abortScaleDownDelaySeconds: options.abortScaleDownDelay?.toSeconds(),
    antiAffinity: options.antiAffinity?._toKube(),
    canaryMetadata,
    stableMetadata,
  };
}

/** What the controller says of a Rollout with condition InvalidSpec, and then leaves undone. */
function checkCanary(options: RolloutCanaryOptions): void {
  const { canaryService, stableService, pingPong, trafficRouting, maxSurge, maxUnavailable, analysis, steps = [] } = options;
  const oneService = trafficRouting?.istio?.destinationRule !== undefined;
  if (trafficRouting !== undefined && pingPong === undefined && !oneService && (canaryService === undefined || stableService === undefined)) {
    throw new Error(`trafficRouting needs canaryService and stableService, got ${canaryService ?? stableService ?? 'neither'}: name both, or use pingPong`);
  }
  if (canaryService !== undefined && canaryService === stableService) {
    throw new Error(`canaryService and stableService must differ, got '${canaryService}' for both`);
  }
  if (pingPong !== undefined && (pingPong.pingService === pingPong.pongService || canaryService !== undefined || stableService !== undefined)) {
    throw new Error(`pingPong needs two Services of its own, got '${pingPong.pingService}' and '${pingPong.pongService}' beside ` +
      `${canaryService ?? stableService ?? 'none'}: leave canaryService and stableService out`);
  }
  if (trafficRouting === undefined) {
    const needs = (['dynamicStableScale', 'scaleDownDelay', 'minPodsPerReplicaSet'] as const).find(field => options[field] !== undefined);
    if (needs !== undefined) {
      throw new Error(`${needs} needs trafficRouting, got none: without it the numbers of pods divide the requests`);
    }
  }
  if (options.dynamicStableScale && options.scaleDownDelay !== undefined) {
    throw new Error('dynamicStableScale takes no scaleDownDelay: pods of the stable version go as its weight does');
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    throw new Error('maxSurge and maxUnavailable must not both be 0: nothing could be replaced');
  }
  if (analysis?.startingStep !== undefined && (analysis.startingStep < 0 || analysis.startingStep >= Math.max(steps.length, 1))) {
    throw new Error(`startingStep of the analysis must be one of the ${steps.length} steps, got ${analysis.startingStep}`);
  }
  checkSteps(options);
}

function checkSteps({ steps = [], trafficRouting }: RolloutCanaryOptions): void {
  const most = trafficRouting?.maxTrafficWeight ?? 100;
  steps.map(step => step._toKube()).forEach((step, i) => {
    if (step.setWeight !== undefined && step.setWeight > most) {
      throw new Error(`setWeight of step ${i} must be between 0 and ${most}, got ${step.setWeight}`);
    }
    const { setHeaderRoute: header, setMirrorRoute: mirror } = step;
    const named = header?.name ?? mirror?.name;
    if (trafficRouting === undefined && (named !== undefined || step.setCanaryScale !== undefined)) {
      throw new Error(`step ${i} needs trafficRouting, got none: without it the numbers of pods divide the requests`);
    }
    if (trafficRouting === undefined && step.experiment?.templates.some(({ weight }) => weight !== undefined)) {
      throw new Error(`experiment of step ${i} has weights, which need trafficRouting, got none: leave the weights out`);
    }
    if (named !== undefined && !trafficRouting?.managedRoutes?.includes(named)) {
      throw new Error(`step ${i} makes route '${named}', which managedRoutes must name, got ${trafficRouting?.managedRoutes?.join(', ') || 'none'}`);
    }
  });
}

function isZero(count: PercentOrAbsolute | undefined): boolean {
  return count?.isZero() ?? false;
}

function blueGreen(options: RolloutBlueGreenOptions): object {
  const { activeService, previewService, autoPromotionEnabled, previewReplicaCount, scaleDownDelayRevisionLimit } = options;
  const { activeMetadata, previewMetadata } = options;
  if (activeService === previewService) {
    throw new Error(`activeService and previewService must differ, got '${activeService}' for both`);
  }
  return {
    activeService,
    previewService,
    autoPromotionEnabled,
    autoPromotionSeconds: options.autoPromotion?.toSeconds(),
    prePromotionAnalysis: options.prePromotionAnalysis && analysisManifest(options.prePromotionAnalysis),
    postPromotionAnalysis: options.postPromotionAnalysis && analysisManifest(options.postPromotionAnalysis),
    previewReplicaCount,
    maxUnavailable: options.maxUnavailable?.value,
    scaleDownDelaySeconds: options.scaleDownDelay?.toSeconds(),
    scaleDownDelayRevisionLimit,
    abortScaleDownDelaySeconds: options.abortScaleDownDelay?.toSeconds(),
    antiAffinity: options.antiAffinity?._toKube(),
    activeMetadata,
    previewMetadata,
  };
}
