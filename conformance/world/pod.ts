import { podAddress } from './addresses';
import { Labels, Manifest, ofKind } from './manifest';

/** On a pod: `true` when nothing listens in it, although the cluster takes it for ready. */
const DOWN = 'conformance/down';
/** On a pod: `true` when it answers as an authorizer. */
const AUTHORIZER = 'conformance/authorizer';
/** On a pod: `true` when it answers as Envoy's rate limit service, with the ConfigMaps of its namespace. */
const RATE_LIMITER = 'conformance/rate-limiter';

/** On a WorkloadEntry: `sidecar` or `none`, what runs on the machine, which is then at an address of its own. */
const MACHINE = 'conformance/machine';
/** Where no label of the pod says it, the root namespace has the network. */
const NETWORK = 'topology.istio.io/network';
const NETWORK_VIEW = 'ISTIO_META_REQUESTED_NETWORK_VIEW';
const ROOT_NAMESPACE = 'istio-system';

/** What of the mesh runs in a pod. */
export type PodRole = 'sidecar' | 'gateway' | 'waypoint' | 'none';

/** A pod of a world: one for each Deployment or DaemonSet, since a second would behave the same. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  /** Its Deployment or DaemonSet, by which cases name it. */
  readonly workload: string;
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly role: PodRole;
  readonly ip: string;
  readonly ports: readonly ContainerPort[];
  /** Whether nothing listens in it, although the cluster takes it for ready. */
  readonly down: boolean;
  /** Whether it answers as an authorizer, which decides on the requests of others. */
  readonly authorizer?: boolean;
  /** Whether it answers as Envoy's rate limit service. */
  readonly rateLimiter?: boolean;
  readonly annotations?: Labels;
  /** Where it is, in a world of several clusters. */
  readonly cluster?: string;
  readonly network?: string;
  /** The networks whose endpoints its proxy asks for; all by default. */
  readonly networkView?: readonly string[];
  /** Whether the node's proxy takes its traffic. */
  readonly ambient?: boolean;
  /** Whether it is no pod, but a machine with a WorkloadEntry. */
  readonly machine?: boolean;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

/** What a pod template says, and where. */
export interface PodTemplate {
  readonly namespace: string;
  readonly workload: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
  readonly serviceAccount?: string;
  readonly ports?: readonly ContainerPort[];
  /** Where no injector decides it. */
  readonly role?: PodRole;
  readonly env?: readonly EnvironmentVariable[];
  readonly machine?: boolean;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
}

/** The pods of the Deployments and DaemonSets among these objects. */
export function podTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  return ['Deployment', 'DaemonSet'].flatMap(kind => ofKind(manifests, 'apps', kind)).map(({ metadata, spec: { template } }) => ({
    namespace: metadata.namespace ?? 'default',
    workload: metadata.name,
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations,
    serviceAccount: template.spec.serviceAccountName,
    ports: template.spec.containers.flatMap((container: { ports?: ContainerPort[] }) => container.ports ?? []),
    env: template.spec.containers.flatMap((container: { env?: EnvironmentVariable[] }) => container.env ?? []),
  }));
}

/** The machines among the WorkloadEntries. */
export function machineTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  return ofKind(manifests, 'networking.istio.io', 'WorkloadEntry').flatMap(({ metadata, spec }) => metadata.annotations?.[MACHINE] === undefined ? [] : [{
    namespace: metadata.namespace ?? 'default',
    workload: metadata.name,
    labels: { ...spec.labels, ...spec.network && { [NETWORK]: spec.network } },
    serviceAccount: spec.serviceAccount,
    ports: Object.entries((spec.ports ?? {}) as { [name: string]: number }).map(([name, containerPort]) => ({ name, containerPort })),
    role: metadata.annotations[MACHINE] as PodRole,
    machine: true,
  }]);
}

/** The WorkloadEntry of a machine, with the address that it has. */
export function locateMachine(entry: Manifest, pods: readonly Pod[]): Manifest {
  const machine = pods.find(pod => pod.machine && pod.namespace === (entry.metadata.namespace ?? 'default') && pod.workload === entry.metadata.name);
  return machine === undefined || entry.kind !== 'WorkloadEntry' ? entry : { ...entry, spec: { ...entry.spec, address: machine.ip } };
}

/** A pod as cases name it. */
export function nameOfPod({ cluster, namespace, workload }: Pod): string {
  return [...cluster === undefined ? [] : [cluster], namespace, workload].join('/');
}

/** Starts a pod, as the injector lets it start. */
export function startPod(template: PodTemplate, index: number, namespaces: ReadonlyMap<string, Labels>): Pod {
  const role = template.role ?? roleOf(template, namespaces.get(template.namespace) ?? {});
  return {
    name: `${template.workload}-0`,
    namespace: template.namespace,
    workload: template.workload,
    // By this label, which the injector gives to sidecars but not to gateways, the control plane knows that a pod takes mutual TLS.
    labels: role === 'sidecar' ? { 'security.istio.io/tlsMode': 'istio', ...template.labels } : template.labels,
    serviceAccount: template.serviceAccount ?? 'default',
    role,
    ip: podAddress(index),
    ports: template.ports ?? [],
    down: template.annotations?.[DOWN] === 'true',
    authorizer: template.annotations?.[AUTHORIZER] === 'true',
    rateLimiter: template.annotations?.[RATE_LIMITER] === 'true',
    annotations: template.annotations,
    network: template.labels[NETWORK] ?? namespaces.get(ROOT_NAMESPACE)?.[NETWORK],
    networkView: template.env?.find(({ name }) => name === NETWORK_VIEW)?.value?.split(','),
    ambient: role === 'none' && !template.machine && isAmbient(template.labels, namespaces.get(template.namespace) ?? {}),
    machine: template.machine,
  };
}

function isAmbient(pod: Labels, namespace: Labels): boolean {
  return (pod['istio.io/dataplane-mode'] ?? namespace['istio.io/dataplane-mode']) === 'ambient';
}

function roleOf({ labels, annotations }: PodTemplate, namespace: Labels): PodRole {
  if (!isInjected(labels, namespace)) {
    return 'none';
  }
  return annotations?.['inject.istio.io/templates'] === 'gateway' ? 'gateway' : 'sidecar';
}

/** The rules of the injector's webhooks: a pod says no, else the namespace or the pod says yes. */
function isInjected(pod: Labels, namespace: Labels): boolean {
  if (pod['sidecar.istio.io/inject'] === 'false' || namespace['istio-injection'] === 'disabled') {
    return false;
  }
  return [pod['sidecar.istio.io/inject'] === 'true', pod['istio.io/rev'], namespace['istio-injection'] === 'enabled', namespace['istio.io/rev']].some(Boolean);
}

export function podObject(pod: Pod): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: pod.namespace,
      // The control plane of the engine does not look at the root namespace.
      labels: { ...pod.network !== undefined && { [NETWORK]: pod.network }, ...pod.labels },
      // As the network plugin of the node marks it.
      ...pod.ambient && { annotations: { 'ambient.istio.io/redirection': 'enabled' } },
    },
    spec: { serviceAccountName: pod.serviceAccount, containers: [{ name: 'main', image: pod.workload, ports: pod.ports }] },
    status: { phase: 'Running', podIP: pod.ip, podIPs: [{ ip: pod.ip }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
