import { podAddress } from './addresses';
import { Labels, Manifest, ofKind } from './manifest';

/** On a pod: `true` when nothing listens in it, although the cluster takes it for ready. */
const DOWN = 'conformance/down';
/** On a pod: `true` when it answers as an authorizer. */
const AUTHORIZER = 'conformance/authorizer';

/** What of the mesh runs in a pod. */
export type PodRole = 'sidecar' | 'gateway' | 'none';

/** A pod of a world: one for each Deployment, since a second would behave the same. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  /** Its Deployment, by which cases name it. */
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
  readonly annotations?: Labels;
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
}

/** The pods of the Deployments among these objects. */
export function podTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  return ofKind(manifests, 'apps', 'Deployment').map(({ metadata, spec: { template } }) => ({
    namespace: metadata.namespace ?? 'default',
    workload: metadata.name,
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations,
    serviceAccount: template.spec.serviceAccountName,
    ports: template.spec.containers.flatMap((container: { ports?: ContainerPort[] }) => container.ports ?? []),
  }));
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
    annotations: template.annotations,
  };
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
    metadata: { name: pod.name, namespace: pod.namespace, labels: pod.labels },
    spec: { serviceAccountName: pod.serviceAccount, containers: [{ name: 'main', image: pod.workload, ports: pod.ports }] },
    status: { phase: 'Running', podIP: pod.ip, podIPs: [{ ip: pod.ip }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
