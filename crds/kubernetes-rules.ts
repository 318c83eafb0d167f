/**
 * What Kubernetes' own validation says of its kinds and its OpenAPI does not: the part that every deployment meets, each line true of Kubernetes 1.36 when the
 * server was asked. An empty word is a word left out, and a rule says what a field means that is left out, because no defaults are applied before.
 */
import { CelRule, Schema } from '../src/validation/schema/schema';

export interface Amendment {
  /** Parts of the schemas of properties. */
  readonly properties?: { readonly [property: string]: Schema & { readonly 'x-quantity'?: boolean } };
  readonly rules?: readonly CelRule[];
  /** Required by the server, but not by its OpenAPI. */
  readonly required?: readonly string[];
  /** Required by its OpenAPI, but not by the server. */
  readonly optional?: readonly string[];
  readonly maxProperties?: number;
}

const count: Schema = { minimum: 0 };
const filled: Schema = { minLength: 1 };
const words = (...values: string[]): Schema => ({ enum: values });
/** Words of which the server chooses one when there is none. */
const wordsOrNone = (...values: string[]): Schema => ({ enum: [...values, ''] });
const listOf = (values: string[]): Schema => ({ items: { enum: values } });
const portNumber: Schema = { minimum: 1, maximum: 65535 };
const dnsLabel: Schema = { pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };
const labelValue = '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$';
const pathSegment: Schema = { pattern: '^[^/%]+$', minLength: 1 };
const userId: Schema = { minimum: 0, maximum: 2147483647 };
const quantities: Schema & { readonly 'x-quantities': boolean } = { 'x-quantities': true };

/** A name of a port: at most 15 of lower case letters, digits and inner dashes, one a letter, no two dashes together. */
const isPortName = (port: string) => `${port}.matches('^[a-z0-9]+(-[a-z0-9]+)*$') && ${port}.matches('[a-z]') && ${port}.size() <= 15`;
const portRule = (field: string, also = ''): CelRule => ({
  rule: `!has(self.${field}) || (type(self.${field}) == int ? self.${field} >= 1 && self.${field} <= 65535${also && ` || self.${field} == 0`} : `
    + `${isPortName(`string(self.${field})`)}${also && ` || self.${field} == ''`})`,
  fieldPath: `.${field}`,
  message: `${field} must be a port from 1 to 65535, or the name of a port (at most 15 lower case letters, digits and inner dashes)`,
});
const percentOrCount = (field: string, most100: boolean): CelRule => ({
  rule: `!has(self.${field}) || (type(self.${field}) == int ? self.${field} >= 0 : string(self.${field}).matches('^${most100 ? '0*([0-9]{1,2}|100)' : '[0-9]+'}%$'))`,
  fieldPath: `.${field}`,
  message: `${field} must be a number from 0, or a percentage such as '25%'${most100 ? ' of at most 100%' : ''}`,
});
const exactlyOne = (what: string, ...fields: string[]): CelRule => ({
  rule: `[${fields.map(field => `has(self.${field})`).join(', ')}].filter(x, x).size() == 1`,
  message: `${what} must have exactly one of ${fields.join(', ')}`,
});
const requiredPort = (field: string): CelRule => portRule(field);

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
const alwaysRestarts: CelRule = {
  rule: "!has(self.template.spec) || !has(self.template.spec.restartPolicy) || self.template.spec.restartPolicy in ['Always', '']",
  fieldPath: '.template.spec.restartPolicy',
  message: 'restartPolicy must be Always: leave it out',
};
const uniqueNames = (list: string): CelRule => ({
  rule: `!has(self.${list}) || self.${list}.all(a, !has(a.name) || self.${list}.filter(b, has(b.name) && b.name == a.name).size() == 1)`,
  fieldPath: `.${list}`,
  message: `${list} must have different names`,
});
const mountsWhatIsThere = (list: string): CelRule => ({
  rule: `!has(self.${list}) || self.${list}.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))`,
  fieldPath: `.${list}`,
  message: `volumeMounts of ${list} must name volumes of the pod`,
});

const container: Amendment = {
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

export const AMENDMENTS: { readonly [schema: string]: Amendment } = {
  // apps: ValidateDeploymentSpec, ValidateReplicaSetSpec, ValidateDaemonSetSpec, ValidateStatefulSetSpec
  DeploymentSpec: {
    properties: { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, progressDeadlineSeconds: count },
    rules: [
      ...selectsItsPods, alwaysRestarts,
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
  ReplicaSetSpec: { properties: { replicas: count, minReadySeconds: count }, required: ['template'], rules: [...selectsItsPods, alwaysRestarts] },
  DaemonSetSpec: { properties: { minReadySeconds: count, revisionHistoryLimit: count }, rules: [...selectsItsPods, alwaysRestarts] },
  DaemonSetUpdateStrategy: { properties: { type: wordsOrNone('RollingUpdate', 'OnDelete') } },
  StatefulSetSpec: {
    properties: { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, podManagementPolicy: wordsOrNone('OrderedReady', 'Parallel') },
    rules: [...selectsItsPods, alwaysRestarts],
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
    }],
  },
  CronJobSpec: {
    properties: {
      schedule: filled,
      concurrencyPolicy: wordsOrNone('Allow', 'Forbid', 'Replace'),
      startingDeadlineSeconds: count,
      successfulJobsHistoryLimit: count,
      failedJobsHistoryLimit: count,
    },
  },

  // core: ValidatePodSpec and what it calls
  PodTemplateSpec: { required: ['spec'] },
  PodSpec: {
    properties: {
      containers: { minItems: 1 },
      restartPolicy: wordsOrNone('Always', 'OnFailure', 'Never'),
      dnsPolicy: wordsOrNone('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
      terminationGracePeriodSeconds: count,
      overhead: quantities,
      activeDeadlineSeconds: { minimum: 1, maximum: 2147483647 },
    },
    rules: [uniqueNames('containers'), uniqueNames('initContainers'), uniqueNames('volumes'), mountsWhatIsThere('containers'), mountsWhatIsThere('initContainers')],
  },
  Container: container,
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
  HTTPGetAction: { properties: { scheme: wordsOrNone('HTTP', 'HTTPS') }, rules: [requiredPort('port')] },
  TCPSocketAction: { rules: [requiredPort('port')] },
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
    }],
  },
  VolumeResourceRequirements: { properties: { limits: quantities, requests: quantities } },
  ResourceFieldSelector: { properties: { divisor: { 'x-quantity': true } } },
  EmptyDirVolumeSource: { properties: { sizeLimit: { 'x-quantity': true } } },
  LabelSelector: { properties: { matchLabels: { additionalProperties: { pattern: labelValue, maxLength: 63 } } } },
  LabelSelectorRequirement: {
    properties: { key: filled, operator: words('In', 'NotIn', 'Exists', 'DoesNotExist') },
    rules: [{
      rule: "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
      fieldPath: '.values',
      message: 'values must be there when operator is In or NotIn, and only then',
    }],
  },

  // core: ValidateService
  ServiceSpec: {
    properties: {
      type: wordsOrNone('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
      sessionAffinity: wordsOrNone('ClientIP', 'None'),
      ipFamilies: listOf(['IPv4', 'IPv6']),
      ipFamilyPolicy: words('SingleStack', 'PreferDualStack', 'RequireDualStack'),
      internalTrafficPolicy: words('Cluster', 'Local'),
    },
    rules: [
      {
        rule: "(has(self.ports) && self.ports.size() > 0) || (has(self.type) && self.type == 'ExternalName') || (has(self.clusterIP) && self.clusterIP == 'None')",
        fieldPath: '.ports',
        message: 'a Service needs ports, unless its type is ExternalName or its clusterIP None',
      },
      {
        rule: "!has(self.ports) || self.ports.size() < 2 || self.ports.all(p, has(p.name) && p.name != '')",
        fieldPath: '.ports',
        message: 'each of several ports needs a name',
      },
      {
        rule: "!has(self.ports) || self.ports.all(a, !has(a.name) || a.name == '' || self.ports.filter(b, has(b.name) && b.name == a.name).size() == 1)",
        fieldPath: '.ports',
        message: 'ports must have different names',
      },
      {
        rule: "!has(self.ports) || self.ports.all(a, self.ports.filter(b, b.port == a.port && (has(b.protocol) && b.protocol != '' ? b.protocol : 'TCP') == "
          + "(has(a.protocol) && a.protocol != '' ? a.protocol : 'TCP')).size() == 1)",
        fieldPath: '.ports',
        message: 'ports must differ in port or protocol',
      },
      {
        rule: "!has(self.type) || self.type != 'ExternalName' || (has(self.externalName) && self.externalName != '')",
        fieldPath: '.externalName',
        message: 'externalName must be there when type is ExternalName',
      },
    ],
  },
  ServicePort: {
    properties: { port: portNumber, protocol: wordsOrNone('TCP', 'UDP', 'SCTP'), nodePort: { minimum: 0, maximum: 65535 } },
    rules: [
      portRule('targetPort', 'or none'),
      {
        rule: "!has(self.name) || self.name == '' || (self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && self.name.size() <= 63)",
        fieldPath: '.name',
        message: 'the name of a port must be a DNS label',
      },
    ],
  },

  // core: ValidateConfigMap, ValidateSecret, ValidatePersistentVolumeClaimSpec
  ConfigMap: {
    rules: [
      {
        rule: "!has(self.data) || self.data.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..'))",
        fieldPath: '.data',
        message: "keys of data must consist of letters, digits, '-', '_' and '.', at most 253, and not begin with '..'",
      },
      {
        rule: '!has(self.data) || !has(self.binaryData) || self.data.all(k, !(k in self.binaryData))',
        fieldPath: '.data',
        message: 'data and binaryData must have different keys',
      },
    ],
  },
  Secret: {
    rules: [
      {
        rule: "(!has(self.data) || self.data.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..'))) && "
          + "(!has(self.stringData) || self.stringData.all(k, k.matches('^[-._a-zA-Z0-9]{1,253}$') && k != '.' && !k.startsWith('..')))",
        fieldPath: '.data',
        message: "keys of data and stringData must consist of letters, digits, '-', '_' and '.', at most 253, and not begin with '..'",
      },
      {
        rule: "!has(self.type) || self.type != 'kubernetes.io/tls' || ['tls.crt', 'tls.key'].all(k, (has(self.data) && k in self.data) || (has(self.stringData) && k in self.stringData))",
        fieldPath: '.data',
        message: "a Secret of type kubernetes.io/tls needs the keys 'tls.crt' and 'tls.key'",
      },
    ],
  },
  PersistentVolumeClaimSpec: {
    properties: { accessModes: { items: { enum: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] }, minItems: 1 } },
    required: ['accessModes', 'resources'],
    rules: [{
      rule: "!has(self.resources) || (has(self.resources.requests) && 'storage' in self.resources.requests)",
      fieldPath: '.resources.requests',
      message: "resources.requests needs 'storage'",
    }],
  },

  // autoscaling: validateHorizontalPodAutoscalerSpec, validateMetrics
  V2HorizontalPodAutoscalerSpec: {
    properties: { minReplicas: { minimum: 1 }, maxReplicas: { minimum: 1 } },
    rules: [{
      rule: '!has(self.minReplicas) || self.maxReplicas >= self.minReplicas',
      fieldPath: '.maxReplicas',
      message: 'maxReplicas must not be less than minReplicas',
    }],
  },
  V2CrossVersionObjectReference: { properties: { kind: pathSegment, name: pathSegment } },
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
    properties: { stabilizationWindowSeconds: { minimum: 0, maximum: 3600 }, selectPolicy: words('Max', 'Min', 'Disabled'), tolerance: { 'x-quantity': true } },
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

  // networking: ValidateNetworkPolicySpec, ValidateIngressSpec
  NetworkPolicySpec: { properties: { policyTypes: { items: { enum: ['Ingress', 'Egress'] }, maxItems: 2 } } },
  NetworkPolicyPeer: {
    rules: [
      { rule: 'has(self.podSelector) || has(self.namespaceSelector) || has(self.ipBlock)', message: 'a peer needs podSelector, namespaceSelector or ipBlock' },
      { rule: '!has(self.ipBlock) || (!has(self.podSelector) && !has(self.namespaceSelector))', message: 'a peer with ipBlock must have no selector' },
    ],
  },
  NetworkPolicyPort: {
    properties: { protocol: wordsOrNone('TCP', 'UDP', 'SCTP'), endPort: portNumber },
    rules: [
      portRule('port'),
      {
        rule: '!has(self.endPort) || (has(self.port) && type(self.port) == int && self.endPort >= self.port)',
        fieldPath: '.endPort',
        message: 'endPort must not be less than port, which must be a number',
      },
    ],
  },
  IPBlock: {
    properties: { cidr: { format: 'cidr' }, except: { items: { format: 'cidr' } } },
    rules: [{
      rule: '!has(self.except) || !isCIDR(self.cidr) || self.except.all(e, !isCIDR(e) || (cidr(self.cidr).containsCIDR(e) && cidr(e).prefixLength() > cidr(self.cidr).prefixLength()))',
      fieldPath: '.except',
      message: 'each of except must be a part of cidr, and smaller',
    }],
  },
  IngressSpec: {
    rules: [{ rule: 'has(self.defaultBackend) || (has(self.rules) && self.rules.size() > 0)', message: 'an Ingress needs rules or a defaultBackend' }],
  },
  IngressBackend: { rules: [exactlyOne('a backend', 'service', 'resource')] },
  IngressServiceBackend: { required: ['port'], properties: { name: dnsLabel } },
  ServiceBackendPort: { properties: { number: { minimum: 0, maximum: 65535 } } },
  HTTPIngressPath: {
    properties: { pathType: words('Exact', 'Prefix', 'ImplementationSpecific') },
    rules: [{
      rule: "self.pathType == 'ImplementationSpecific' ? (!has(self.path) || self.path == '' || self.path.startsWith('/')) : (has(self.path) && self.path.startsWith('/'))",
      fieldPath: '.path',
      message: "path must begin with '/'",
    }],
  },

  // rbac: ValidateRole, ValidateClusterRole, ValidateRoleBinding, ValidateClusterRoleBinding
  PolicyRule: {
    properties: { verbs: { minItems: 1 } },
    rules: [{
      rule: '(has(self.nonResourceURLs) && self.nonResourceURLs.size() > 0) ? (!has(self.apiGroups) || self.apiGroups.size() == 0) && (!has(self.resources) || self.resources.size() == 0) && '
        + '(!has(self.resourceNames) || self.resourceNames.size() == 0) : has(self.apiGroups) && self.apiGroups.size() > 0 && has(self.resources) && self.resources.size() > 0',
      message: 'a rule needs both apiGroups and resources, or nonResourceURLs alone',
    }],
  },
  RoleRef: {
    properties: { apiGroup: wordsOrNone('rbac.authorization.k8s.io'), kind: words('Role', 'ClusterRole'), name: pathSegment },
    optional: ['apiGroup'],
  },
  RbacV1Subject: {
    properties: { kind: words('ServiceAccount', 'User', 'Group'), name: filled },
    rules: [{
      rule: "self.kind == 'ServiceAccount' ? !has(self.apiGroup) || self.apiGroup == '' : !has(self.apiGroup) || self.apiGroup in ['', 'rbac.authorization.k8s.io']",
      fieldPath: '.apiGroup',
      message: "apiGroup must be 'rbac.authorization.k8s.io' for users and groups, and empty for service accounts",
    }],
  },

  // discovery: ValidateEndpointSlice
  EndpointSlice: { properties: { addressType: words('IPv4', 'IPv6', 'FQDN') }, optional: ['endpoints'] },
  Endpoint: { properties: { addresses: { minItems: 1, maxItems: 100 } } },
  // scheduling: ValidatePriorityClass
  PriorityClass: { properties: { preemptionPolicy: words('PreemptLowerPriority', 'Never') } },

  // Only their quantities.
  LimitRangeItem: {
    properties: { max: quantities, min: quantities, default: quantities, defaultRequest: quantities, maxLimitRequestRatio: quantities },
  },
  ResourceQuotaSpec: { properties: { hard: quantities } },
  PersistentVolumeSpec: { properties: { capacity: quantities } },
  Overhead: { properties: { podFixed: quantities } },
  CSIStorageCapacity: { properties: { capacity: { 'x-quantity': true }, maximumVolumeSize: { 'x-quantity': true } } },
};
