import { Amendments } from './amendment';
import { mountsWhatIsThere } from './pods';
import { count, filled, percentOrCount, words, wordsOrNone } from './words';
import { CelRule } from '../../src/validation/schema/schema';

const mountsWhatIsClaimed: CelRule = {
  rule: '!has(self.template.spec) || !has(self.template.spec.containers) || self.template.spec.containers.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, '
    + '(has(self.template.spec.volumes) && self.template.spec.volumes.exists(v, v.name == m.name)) || (has(self.volumeClaimTemplates) && '
    + 'self.volumeClaimTemplates.exists(t, has(t.metadata) && has(t.metadata.name) && t.metadata.name == m.name))))',
  fieldPath: '.template.spec.containers',
  message: 'volumeMounts of containers must name volumes of the pod, or claims of volumeClaimTemplates',
};

const mountsInTemplate = mountsWhatIsThere('self.template.spec');

/** `metav1.LabelSelectorAsSelector(selector).Matches(template.labels)`; a selector that is empty is refused where one selects its own pods. */
const selectsItsPods: readonly CelRule[] = [
  {
    rule: '(has(self.selector.matchLabels) && self.selector.matchLabels.size() > 0) || (has(self.selector.matchExpressions) && self.selector.matchExpressions.size() > 0)',
    fieldPath: '.selector',
    message: 'selector must not be empty: write matchLabels that the pods of the template have',
  },
  {
    rule: '!has(self.selector.matchLabels) || self.selector.matchLabels.all(k, has(self.template.metadata) && has(self.template.metadata.labels) && '
      + 'k in self.template.metadata.labels && self.template.metadata.labels[k] == self.selector.matchLabels[k])',
    fieldPath: '.template.metadata.labels',
    message: 'template.metadata.labels must have all labels of selector.matchLabels',
  },
];
const alwaysRestarts: readonly CelRule[] = [{
  rule: "!has(self.template.spec) || !has(self.template.spec.restartPolicy) || self.template.spec.restartPolicy in ['Always', '']",
  fieldPath: '.template.spec.restartPolicy',
  message: 'restartPolicy must be Always: leave it out',
}, {
  rule: '!has(self.template.spec) || !has(self.template.spec.activeDeadlineSeconds)',
  fieldPath: '.template.spec.activeDeadlineSeconds',
  message: 'activeDeadlineSeconds is for pods that end: leave it out',
}];

/** Validation of apps and batch. */
export const WORKLOADS: Amendments = {
  Deployment: { required: ['spec'] },
  ReplicaSet: { required: ['spec'] },
  DaemonSet: { required: ['spec'] },
  StatefulSet: { required: ['spec'] },
  Job: { required: ['spec'] },
  CronJob: { required: ['spec'] },

  // apps: ValidateDeploymentSpec, ValidateReplicaSetSpec, ValidateDaemonSetSpec, ValidateStatefulSetSpec
  DeploymentSpec: {
    properties: { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, progressDeadlineSeconds: count },
    rules: [
      ...selectsItsPods, ...alwaysRestarts, ...mountsInTemplate,
      {
        rule: '(has(self.progressDeadlineSeconds) ? self.progressDeadlineSeconds : 600) > (has(self.minReadySeconds) ? self.minReadySeconds : 0)',
        fieldPath: '.progressDeadlineSeconds',
        message: 'progressDeadlineSeconds (600 when it is left out) must be greater than minReadySeconds',
      },
    ],
  },
  DeploymentStrategy: {
    properties: { type: wordsOrNone('Recreate', 'RollingUpdate') },
    rules: [{
      rule: "!has(self.type) || self.type != 'Recreate' || !has(self.rollingUpdate)",
      fieldPath: '.rollingUpdate',
      message: 'rollingUpdate must be left out when type is Recreate',
    }],
  },
  RollingUpdateDeployment: {
    rules: [
      percentOrCount('maxSurge', false), percentOrCount('maxUnavailable', true),
      {
        rule: "!has(self.maxSurge) || !has(self.maxUnavailable) || !(string(self.maxSurge) in ['0', '0%'] && string(self.maxUnavailable) in ['0', '0%'])",
        fieldPath: '.maxUnavailable',
        message: 'maxSurge and maxUnavailable must not both be 0: nothing could be replaced',
      },
    ],
  },
  ReplicaSetSpec: {
    properties: { replicas: count, minReadySeconds: count },
    required: ['template'],
    rules: [...selectsItsPods, ...alwaysRestarts, ...mountsInTemplate],
  },
  DaemonSetSpec: {
    properties: { minReadySeconds: count, revisionHistoryLimit: count },
    rules: [...selectsItsPods, ...alwaysRestarts, ...mountsInTemplate],
  },
  DaemonSetUpdateStrategy: { properties: { type: wordsOrNone('RollingUpdate', 'OnDelete') } },
  StatefulSetSpec: {
    properties: {
      replicas: count, minReadySeconds: count, revisionHistoryLimit: count, podManagementPolicy: wordsOrNone('OrderedReady', 'Parallel'),
    },
    rules: [...selectsItsPods, ...alwaysRestarts, mountsWhatIsClaimed],
  },
  StatefulSetUpdateStrategy: { properties: { type: wordsOrNone('RollingUpdate', 'OnDelete') } },

  // batch: ValidateJobSpec, ValidateCronJobSpec
  JobSpec: {
    properties: {
      parallelism: count, completions: count, activeDeadlineSeconds: count, backoffLimit: count, ttlSecondsAfterFinished: count, completionMode: words('NonIndexed', 'Indexed'),
    },
    rules: [{
      rule: "!has(self.template.spec) || (has(self.template.spec.restartPolicy) && self.template.spec.restartPolicy in ['OnFailure', 'Never'])",
      fieldPath: '.template.spec.restartPolicy',
      message: 'restartPolicy of a Job must be OnFailure or Never',
    }, {
      rule: '!has(self.selector) || (has(self.manualSelector) && self.manualSelector)',
      fieldPath: '.selector',
      message: 'the selector of a Job is made for it: leave it out',
    }, ...mountsInTemplate],
  },
  CronJobSpec: {
    properties: {
      schedule: filled,
      concurrencyPolicy: wordsOrNone('Allow', 'Forbid', 'Replace'),
      startingDeadlineSeconds: count,
      successfulJobsHistoryLimit: count,
      failedJobsHistoryLimit: count,
    },
    rules: [{
      rule: "self.schedule.matches('^(@[a-z]+.*|[^ ]+( +[^ ]+){4})$')",
      fieldPath: '.schedule',
      message: "schedule must have five fields, such as '0 3 * * *', or be a word such as '@daily'",
    }],
  },
};
