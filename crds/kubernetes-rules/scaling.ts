import { Amendments } from './amendment';
import { exactlyOne, filled, pathSegment, percentOrCount, words } from './words';
import { CelRule } from '../../src/validation/schema/schema';

const replicasInOrder: CelRule = {
  rule: '!has(self.minReplicas) || self.maxReplicas >= self.minReplicas',
  fieldPath: '.maxReplicas',
  message: 'maxReplicas must not be less than minReplicas',
};

/** Validation of autoscaling, policy and scheduling. */
export const SCALING: Amendments = {
  // autoscaling: validateHorizontalPodAutoscalerSpec, validateMetrics
  V2HorizontalPodAutoscalerSpec: {
    properties: { minReplicas: { minimum: 1 }, maxReplicas: { minimum: 1 } },
    rules: [replicasInOrder],
  },
  V2CrossVersionObjectReference: { properties: { apiVersion: filled, kind: pathSegment, name: pathSegment }, required: ['apiVersion'] },
  HorizontalPodAutoscalerSpec: {
    properties: { minReplicas: { minimum: 1 }, maxReplicas: { minimum: 1 }, targetCPUUtilizationPercentage: { minimum: 1 } },
    rules: [replicasInOrder],
  },
  CrossVersionObjectReference: { properties: { apiVersion: filled, kind: pathSegment, name: pathSegment }, required: ['apiVersion'] },
  V2MetricSpec: {
    properties: { type: words('ContainerResource', 'External', 'Object', 'Pods', 'Resource') },
    rules: [
      exactlyOne('a metric', 'containerResource', 'external', 'object', 'pods', 'resource'),
      {
        rule: "self.type == 'Resource' ? has(self.resource) : self.type == 'ContainerResource' ? has(self.containerResource) : self.type == 'Pods' ? has(self.pods) : "
          + "self.type == 'Object' ? has(self.object) : self.type == 'External' ? has(self.external) : true",
        message: 'a metric must have the source that its type names',
      },
    ],
  },
  V2MetricTarget: {
    properties: {
      type: words('Utilization', 'Value', 'AverageValue'), averageUtilization: { minimum: 1 }, averageValue: { 'x-quantity': true }, value: { 'x-quantity': true },
    },
  },
  V2ResourceMetricSource: {
    properties: { name: filled },
    rules: [{
      rule: 'has(self.target.averageUtilization) != has(self.target.averageValue)',
      fieldPath: '.target',
      message: 'the target of a resource needs either averageUtilization or averageValue',
    }],
  },
  V2HPAScalingRules: {
    properties: { stabilizationWindowSeconds: { minimum: 0, maximum: 3600 }, policies: { minItems: 1 }, selectPolicy: words('Max', 'Min', 'Disabled'), tolerance: { 'x-quantity': true } },
  },
  V2HPAScalingPolicy: { properties: { type: words('Pods', 'Percent'), value: { minimum: 1 }, periodSeconds: { minimum: 1, maximum: 1800 } } },

  // policy: ValidatePodDisruptionBudgetSpec
  PodDisruptionBudgetSpec: {
    properties: { unhealthyPodEvictionPolicy: words('AlwaysAllow', 'IfHealthyBudget') },
    rules: [
      { rule: '!has(self.minAvailable) || !has(self.maxUnavailable)', message: 'minAvailable and maxUnavailable must not both be there' },
      percentOrCount('minAvailable', true), percentOrCount('maxUnavailable', true),
    ],
  },

  // scheduling: ValidatePriorityClass
  PriorityClass: {
    properties: { preemptionPolicy: words('PreemptLowerPriority', 'Never') },
  },
};
