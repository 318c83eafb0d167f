import { parseAllDocuments } from 'yaml';
import { Labels, LabelSelector } from './selector';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A pod, as network policies see it. */
export interface Pod {
  /** What it is called in messages. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Ports that have names. */
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly protocol?: Protocol }[];
  /** Its address, by which an ipBlock finds it; without one, none does. */
  readonly ip?: string;
}

export interface PolicyPort {
  readonly protocol?: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

/** What is read of a NetworkPolicy of networking.k8s.io/v1. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
    readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  };
}

/** What decides about a connection: the labels of namespaces, the pods, and the policies. */
export interface Cluster {
  readonly namespaces: { readonly [name: string]: Labels };
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];

/** The cluster that rendered YAML makes: one pod for each workload. Namespaces that are only mentioned have no labels but their name. */
export function clusterOf(yaml: string): Cluster {
  const objects = parseAllDocuments(yaml).map(document => document.toJS()).filter(object => object !== null);
  const pods = objects.flatMap(({ kind, metadata, spec }): Pod[] => {
    const template = kind === 'Pod' ? { metadata, spec } : WORKLOADS.includes(kind) ? spec.template : undefined;
    return template === undefined ? [] : [{
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      labels: template.metadata?.labels ?? {},
      ports: template.spec.containers.flatMap((container: any) => container.ports ?? []).filter((port: any) => port.name),
    }];
  });
  const labels = new Map(pods.map(pod => [pod.namespace, {}]));
  objects.filter(({ kind }) => kind === 'Namespace').forEach(({ metadata }) => labels.set(metadata.name, metadata.labels ?? {}));
  return {
    namespaces: Object.fromEntries([...labels].map(([name, own]) => [name, { ...own, 'kubernetes.io/metadata.name': name }])),
    pods,
    policies: objects.filter(({ kind, apiVersion }) => kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1'),
  };
}
