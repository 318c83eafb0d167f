import { readFileSync } from 'node:fs';
import { ControlPlane, controlPlaneFile } from '../control-plane';
import { Injection } from '../inject';
import { KubeObject, objectsOf } from '../objects';
import { CreatedPod } from '../pods';
import { keyOf } from '../world/case-world';
import { Manifest } from '../world/manifest';

/** What of a control plane the analyzers look at. */
const KINDS = ['MutatingWebhookConfiguration', 'ConfigMap', 'Service'];
/** What an installation has beside its control plane, and nobody here asked for. */
const GATEWAY = 'istio-ingressgateway';
const PROXY = 'istio-proxy';
const INJECTOR = 'istio-sidecar-injector';
/** What every cluster has, and most leave empty. */
const DEFAULT_NAMESPACE = 'default';

/** What a cluster is made of. */
export interface ClusterParts {
  readonly controlPlane: readonly Manifest[];
  /** What is written down. */
  readonly written: readonly Manifest[];
  /** What the cluster makes of it. */
  readonly made: readonly Manifest[];
  /** The pods that come from manifests, and what became of each. */
  readonly created: readonly CreatedPod[];
  readonly injections: readonly Injection[];
}

/** What of the injector's values says its image. */
interface Values {
  readonly global: { readonly hub: string; readonly tag: string; readonly proxy: { readonly image: string } };
}

/** What of control planes a cluster has. */
export async function controlPlaneObjects(planes: readonly ControlPlane[]): Promise<Manifest[]> {
  const files = await Promise.all(planes.map(controlPlaneFile));
  return files.flatMap(file => objectsOf(readFileSync(file, 'utf8'))).filter(({ kind, metadata }) => KINDS.includes(kind) && metadata.name !== GATEWAY);
}

/** All objects of a cluster in which everything runs; pods are as the injector has left them. */
export function clusterObjects({ controlPlane, written, made, created, injections }: ClusterParts): KubeObject[] {
  const image = proxyImage(controlPlane);
  // Other pods than those that come from manifests are what Istio provisions.
  const provisioned = made.map(object => object.kind === 'Pod' ? { ...object, spec: { containers: [{ name: PROXY, image }] } } : object);
  const objects = new Map<string, KubeObject>([...controlPlane, ...written, ...provisioned].map(object => [keyOf(object), object]));
  for (const [i, one] of created.entries()) {
    const pod = injected(one, injections[i]);
    objects.set(keyOf(pod), asOnItsNode(pod, objects.get(keyOf(pod))));
  }
  const used = [...objects.values()].some(({ metadata }) => metadata.namespace === DEFAULT_NAMESPACE);
  return [...objects.values()].filter(({ kind, metadata }) => used || kind !== 'Namespace' || metadata.name !== DEFAULT_NAMESPACE);
}

/** A pod by the name that worlds give it. */
function injected({ from, pod }: CreatedPod, { labels, annotations, containers, initContainers, error }: Injection): KubeObject {
  if (error !== undefined) {
    throw new Error(`${from} is not injected: ${error}`);
  }
  const { metadata, spec } = pod;
  return {
    ...pod,
    metadata: {
      ...metadata,
      name: metadata.name || `${from.split('/')[1]}-0`,
      labels: { ...metadata.labels, ...labels },
      annotations: { ...metadata.annotations, ...annotations },
    },
    spec: { ...spec as object, containers, initContainers },
  };
}

/** With what the plugin of the node's network writes, too. */
function asOnItsNode(pod: KubeObject, inWorld: KubeObject | undefined): KubeObject {
  return { ...pod, metadata: { ...pod.metadata, annotations: { ...inWorld?.metadata.annotations, ...pod.metadata.annotations } } };
}

/** What the injector of the control plane would take. */
function proxyImage(controlPlane: readonly Manifest[]): string {
  const injector = controlPlane.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith(INJECTOR));
  const { hub, tag, proxy } = (JSON.parse((injector as unknown as { data: { values: string } }).data.values) as Values).global;
  return `${hub}/${proxy.image}:${tag}`;
}
