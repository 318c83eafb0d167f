import { provisionedObjects } from './provisioned';
import { kindOf, KubeObject, KeyValues, namespaceOf, PodTemplate, podTemplatesOf } from '../examples/kube-object';

/** A port of a Service or a ServiceEntry. */
export interface HostPort {
  readonly number: number;
  readonly name?: string;
  readonly target?: number | string;
}

/** What is named by a DNS name: a Service, or a host of a ServiceEntry. */
export interface Host {
  readonly name: string;
  readonly object: KubeObject;
  readonly ports: readonly HostPort[];
}

const CLUSTER_DOMAIN = 'svc.cluster.local';

/** Whether a map of labels has all that a selector asks for. */
export function matches(labels: KeyValues, selector: KeyValues): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Rendered manifests and what the cluster has beside them, as one who applies them finds them. */
export class World {
  readonly objects: readonly KubeObject[];
  readonly pods: readonly PodTemplate[];
  readonly hosts: readonly Host[];

  /**
   * @param rendered what is looked at
   * @param given what is there already: it may be referred to, and is not looked at itself
   */
  constructor(readonly rendered: readonly KubeObject[], given: readonly KubeObject[] = []) {
    this.objects = [...rendered, ...given, ...provisionedObjects([...rendered, ...given])];
    this.pods = this.objects.flatMap(podTemplatesOf);
    this.hosts = this.objects.flatMap(hostsOf);
  }

  find(kind: string, name: string, namespace?: string): KubeObject | undefined {
    return this.objects.find(object => kindOf(object) === kind && object.metadata.name === name &&
      (namespace === undefined || namespaceOf(object) === namespace));
  }

  ofKind(kind: string): KubeObject[] {
    return this.rendered.filter(object => kindOf(object) === kind);
  }

  podsWith(namespace: string, selector: KeyValues): PodTemplate[] {
    return this.pods.filter(pod => pod.namespace === namespace && matches(pod.labels, selector));
  }

  /** The labels of a namespace, with the one that the API server sets. */
  labelsOfNamespace(name: string): KeyValues {
    return { ...this.find('Namespace', name)?.metadata.labels, 'kubernetes.io/metadata.name': name };
  }

  /** What a host names, the most exact first. */
  hostNamed(name: string): Host | undefined {
    return this.hosts.find(host => host.name === name) ?? this.hosts.find(host => host.name.startsWith('*') && name.endsWith(host.name.slice(1)));
  }
}

function hostsOf(object: KubeObject): Host[] {
  if (kindOf(object) === 'Service') {
    const ports = (object.spec.ports ?? []).map(({ port, name, targetPort }: KubeObject['spec']) => ({ number: port, name, target: targetPort ?? port }));
    return [{ name: `${object.metadata.name}.${namespaceOf(object)}.${CLUSTER_DOMAIN}`, object, ports }];
  }
  if (kindOf(object) === 'ServiceEntry') {
    const ports = object.spec.ports.map(({ number, name, targetPort }: KubeObject['spec']) => ({ number, name, target: targetPort }));
    return object.spec.hosts.map((name: string) => ({ name, object, ports }));
  }
  return [];
}
