import { Amendments } from './amendment';
import { count, dnsLabel, exactlyOne, filled, isPortName, labelValue, portNumber, portRule, qualifiedName, quantities, subdomain, userId, words, wordsOrNone } from './words';
import { CelRule } from '../../src/validation/schema/schema';

const uniqueNames = (list: string): CelRule => ({
  rule: `!has(self.${list}) || self.${list}.all(a, !has(a.name) || self.${list}.filter(b, has(b.name) && b.name == a.name).size() == 1)`,
  fieldPath: `.${list}`,
  message: `${list} must have different names`,
});

/** The volumes of a StatefulSet are those of its claims too, which is why its pods have a rule of their own. */
export const mountsWhatIsThere = (spec: string): CelRule[] => ['containers', 'initContainers'].map(list => ({
  rule: `!has(${spec}.${list}) || ${spec}.${list}.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, `
    + `has(${spec}.volumes) && ${spec}.volumes.exists(v, v.name == m.name)))`,
  fieldPath: `${spec.replace('self', '')}.${list}`,
  message: `volumeMounts of ${list} must name volumes of the pod`,
}));

const container: Amendments[string] = {
  properties: {
    name: dnsLabel,
    image: filled,
    imagePullPolicy: wordsOrNone('Always', 'IfNotPresent', 'Never'),
    terminationMessagePolicy: wordsOrNone('File', 'FallbackToLogsOnError'),
  },
  required: ['image'],
  rules: [
    {
      rule: '!has(self.livenessProbe) || !has(self.livenessProbe.successThreshold) || self.livenessProbe.successThreshold in [0, 1]',
      fieldPath: '.livenessProbe.successThreshold',
      message: 'successThreshold of a livenessProbe must be 1: leave it out',
    },
    {
      rule: '!has(self.startupProbe) || !has(self.startupProbe.successThreshold) || self.startupProbe.successThreshold in [0, 1]',
      fieldPath: '.startupProbe.successThreshold',
      message: 'successThreshold of a startupProbe must be 1: leave it out',
    },
  ],
};

/** Validation of pods and what is in them. */
export const PODS: Amendments = {
  // core: ValidatePodSpec and what it calls
  PodTemplateSpec: {
    required: ['spec'],
    rules: [{
      rule: '!has(self.spec) || !has(self.spec.ephemeralContainers)',
      fieldPath: '.spec.ephemeralContainers',
      message: 'ephemeralContainers are added to running pods: leave them out',
    }],
  },
  PodSpec: {
    properties: {
      containers: { minItems: 1 },
      restartPolicy: wordsOrNone('Always', 'OnFailure', 'Never'),
      dnsPolicy: wordsOrNone('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
      serviceAccountName: { pattern: `^(${subdomain})?$` },
      overhead: quantities,
      activeDeadlineSeconds: { minimum: 1, maximum: 2147483647 },
    },
    rules: [uniqueNames('containers'), uniqueNames('initContainers'), uniqueNames('volumes'), {
      rule: '!has(self.initContainers) || self.initContainers.all(i, !self.containers.exists(c, c.name == i.name))',
      fieldPath: '.initContainers',
      message: 'initContainers must have other names than containers',
    }],
  },
  Pod: { required: ['spec'], rules: mountsWhatIsThere('self.spec') },
  Container: { ...container, rules: [...container.rules!, uniqueNames('ports')] },
  Toleration: { properties: { operator: wordsOrNone('Exists', 'Equal', 'Lt', 'Gt') } },
  TopologySpreadConstraint: { properties: { maxSkew: { minimum: 1 }, topologyKey: filled, whenUnsatisfiable: words('DoNotSchedule', 'ScheduleAnyway') } },
  EnvFromSource: { rules: [exactlyOne('a source of variables', 'configMapRef', 'secretRef')] },
  ConfigMapVolumeSource: { required: ['name'] },
  ContainerPort: {
    properties: { containerPort: portNumber, hostPort: { minimum: 0, maximum: 65535 }, protocol: wordsOrNone('TCP', 'UDP', 'SCTP') },
    rules: [{
      rule: `!has(self.name) || self.name == '' || (${isPortName('self.name')})`,
      fieldPath: '.name',
      message: 'the name of a port must have at most 15 lower case letters, digits and inner dashes, one of them a letter',
    }],
  },
  EnvVar: {
    properties: { name: { pattern: '^[ -<>-~]+$' } },
    rules: [{
      rule: "!has(self.valueFrom) || !has(self.value) || self.value == ''",
      fieldPath: '.valueFrom',
      message: 'a variable must not have both value and valueFrom',
    }],
  },
  EnvVarSource: { rules: [exactlyOne('valueFrom', 'fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef')] },
  VolumeMount: { properties: { name: filled, mountPath: filled } },
  // A name and one source: Kubernetes takes an emptyDir when there is none.
  Volume: { properties: { name: dnsLabel }, maxProperties: 2 },
  Probe: {
    properties: { initialDelaySeconds: count, timeoutSeconds: count, periodSeconds: count, successThreshold: count, failureThreshold: count },
    rules: [exactlyOne('a probe', 'exec', 'httpGet', 'tcpSocket', 'grpc')],
  },
  LifecycleHandler: { rules: [exactlyOne('a lifecycle handler', 'exec', 'httpGet', 'tcpSocket', 'sleep')] },
  HTTPGetAction: { properties: { scheme: wordsOrNone('HTTP', 'HTTPS') }, rules: [portRule('port')] },
  TCPSocketAction: { rules: [portRule('port')] },
  GRPCAction: { properties: { port: portNumber } },
  ExecAction: { required: ['command'], properties: { command: { minItems: 1 } } },
  SecurityContext: {
    properties: { runAsUser: userId, runAsGroup: userId },
    rules: [{
      rule: '!has(self.allowPrivilegeEscalation) || self.allowPrivilegeEscalation || !has(self.privileged) || !self.privileged',
      message: 'a privileged container escalates its privileges: leave out allowPrivilegeEscalation, or privileged',
    }],
  },
  PodSecurityContext: { properties: { runAsUser: userId, runAsGroup: userId, fsGroup: userId } },
  SeccompProfile: {
    properties: { type: words('Localhost', 'RuntimeDefault', 'Unconfined') },
    rules: [{
      rule: "(self.type == 'Localhost') == (has(self.localhostProfile) && self.localhostProfile != '')",
      fieldPath: '.localhostProfile',
      message: 'localhostProfile must be there when type is Localhost, and only then',
    }],
  },
  ResourceRequirements: {
    properties: { limits: quantities, requests: quantities },
    rules: [{
      rule: '!has(self.requests) || !has(self.limits) || self.requests.all(r, !(r in self.limits) || !isQuantity(string(self.requests[r])) || !isQuantity(string(self.limits[r])) || '
        + 'quantity(string(self.requests[r])).compareTo(quantity(string(self.limits[r]))) <= 0)',
      fieldPath: '.requests',
      message: 'requests must not be above limits',
    }, ...['requests', 'limits'].map(field => ({
      rule: `!has(self.${field}) || self.${field}.all(r, r in ['cpu', 'memory', 'ephemeral-storage'] || r.startsWith('hugepages-') || r.contains('/'))`,
      fieldPath: `.${field}`,
      message: `${field} must be of cpu, memory, ephemeral-storage, hugepages or a resource with a domain`,
    }))],
  },
  VolumeResourceRequirements: { properties: { limits: quantities, requests: quantities } },
  ResourceFieldSelector: { properties: { divisor: { 'x-quantity': true } } },
  EmptyDirVolumeSource: { properties: { sizeLimit: { 'x-quantity': true } } },
  LabelSelector: {
    properties: { matchLabels: { additionalProperties: { pattern: labelValue, maxLength: 63 } } },
    rules: [{
      rule: `!has(self.matchLabels) || self.matchLabels.all(k, k.matches('${qualifiedName}'))`,
      fieldPath: '.matchLabels',
      message: 'keys of matchLabels must be keys of labels',
    }],
  },
  LabelSelectorRequirement: {
    properties: { key: { pattern: qualifiedName }, operator: words('In', 'NotIn', 'Exists', 'DoesNotExist') },
    rules: [{
      rule: "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
      fieldPath: '.values',
      message: 'values must be there when operator is In or NotIn, and only then',
    }],
  },
};
