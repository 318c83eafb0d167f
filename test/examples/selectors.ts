import { KeyValues, kindOf, KubeObject, nameOf, namespaceOf, podTemplatesOf } from './kube-object';
import { isMeshKey } from './label-placement';

/** Labels by which an object finds pods of its namespace. */
interface PodSelector {
  readonly where: string;
  readonly namespace: string;
  readonly labels: KeyValues;
  /** Whether it may name a version: a Deployment has the pods of one. */
  readonly ofVersion: boolean;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];

/** They look in other namespaces, also for what another chart installs. */
const MONITORS = ['ServiceMonitor', 'PodMonitor'];

const VERSIONS = ['version', 'app.kubernetes.io/version'];

/** Selectors with labels that change while the pods' identity stays. */
export function selectorMistakes(objects: KubeObject[]): string[] {
  return objects.flatMap(selectorsOf).flatMap(({ where, labels, ofVersion }) => Object.keys(labels)
    .filter(key => isMeshKey(key) || (VERSIONS.includes(key) && !ofVersion))
    .map(key => `${where}: selects by ${key}`));
}

/** Selectors that find no pod, and subsets that find none of their Service's. */
export function selectingNothing(objects: KubeObject[]): string[] {
  // A virtual machine stands where a pod would.
  const machines = objects.flatMap(object => machineLabels(object).map(labels => ({ namespace: namespaceOf(object), labels })));
  // A controller makes pods of a Gateway, with its name on them.
  const made = objects.filter(object => object.kind === 'Gateway' && object.apiVersion.startsWith('gateway.networking.k8s.io/'))
    .map(object => ({ namespace: namespaceOf(object), labels: { 'gateway.networking.k8s.io/gateway-name': object.metadata.name } as KeyValues }));
  const pods = [...objects.flatMap(podTemplatesOf), ...machines, ...made];
  const found = ({ namespace, labels }: PodSelector) =>
    pods.some(pod => pod.namespace === namespace && Object.entries(labels).every(([key, value]) => pod.labels[key] === value));
  return [...objects.flatMap(selectorsOf), ...subsetsOf(objects)].filter(selector => !found(selector))
    .map(({ where, namespace, labels }) => `${where}: no pod of ${namespace} has ${JSON.stringify(labels)}`);
}

/** The labels of a machine, or of those that will join a group. */
function machineLabels(object: KubeObject): KeyValues[] {
  const { spec } = object;
  return kindOf(object) === 'WorkloadEntry' ? [spec.labels ?? {}] : kindOf(object) === 'WorkloadGroup' ? [{ ...spec.template?.labels, ...spec.metadata?.labels }] : [];
}

function selectorsOf(object: KubeObject): PodSelector[] {
  const { spec = {} } = object;
  const kind = kindOf(object);
  if (MONITORS.includes(kind)) {
    return [];
  }
  const maps = kind === 'Service' || kind === 'IstioGateway' ? [spec.selector] : [
    spec.selector?.matchLabels, spec.podSelector?.matchLabels, spec.workloadSelector?.labels, spec.workloadSelector?.matchLabels,
  ];
  return maps.filter(labels => labels !== undefined)
    .map(labels => ({ where: nameOf(object), namespace: namespaceOf(object), labels, ofVersion: WORKLOADS.includes(kind) }));
}

function subsetsOf(objects: KubeObject[]): PodSelector[] {
  return objects.filter(object => kindOf(object) === 'DestinationRule').flatMap(rule => {
    const service = objects.find(object => kindOf(object) === 'Service' &&
      rule.spec.host === `${object.metadata.name}.${namespaceOf(object)}.svc.cluster.local`);
    return service === undefined ? [] : (rule.spec.subsets ?? []).map(({ name, labels }: { name: string; labels?: KeyValues }) => ({
      where: `${nameOf(rule)} subset ${name}`,
      namespace: namespaceOf(service),
      labels: { ...service.spec.selector, ...labels },
      ofVersion: true,
    }));
  });
}
