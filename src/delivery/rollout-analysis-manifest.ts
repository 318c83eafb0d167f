import { RolloutAnalysis, RolloutExperiment } from './rollout-analysis';

/** Writes an analysis. */
export function analysisManifest({ templates, args, dryRun, measurementRetention, analysisRunMetadata }: RolloutAnalysis) {
  if (templates.length === 0) {
    throw new Error('an analysis needs at least one template, got none: name an AnalysisTemplate');
  }
  return {
    templates: templates.map(({ templateName, clusterScope }) => ({ templateName, clusterScope })),
    args: args?.map(arg => arg._toKube()),
    dryRun: dryRun?.map(metricName => ({ metricName })),
    measurementRetention,
    analysisRunMetadata,
  };
}

/** Writes an experiment. */
export function experimentManifest({ templates, analyses, duration, scaleDownDelaySeconds, dryRun, analysisRunMetadata }: RolloutExperiment) {
  if (templates.length === 0) {
    throw new Error('an experiment needs at least one template, got none: say which version runs');
  }
  return {
    templates: templates.map(({ name, specRef, replicas, weight, metadata, selectorLabels, service, serviceName }) => ({
      name,
      specRef,
      replicas,
      weight,
      metadata,
      selector: selectorLabels && { matchLabels: selectorLabels },
      service: service || serviceName !== undefined ? { name: serviceName } : undefined,
    })),
    analyses: analyses?.map(({ name, templateName, clusterScope, requiredForCompletion, args }) => ({
      name, templateName, clusterScope, requiredForCompletion, args: args?.map(arg => arg._toKube()),
    })),
    duration,
    scaleDownDelaySeconds,
    dryRun: dryRun?.map(metricName => ({ metricName })),
    analysisRunMetadata,
  };
}
