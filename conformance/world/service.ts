import { clusterAddress, loadBalancerAddress } from './addresses';
import { Manifest, selects } from './manifest';
import { Pod } from './pod';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
}

/** A Service, with the defaults and addresses that a cluster gives it. */
export function serveService(service: Manifest, index: number): Manifest {
  const { spec } = service;
  return {
    ...service,
    spec: {
      ...spec,
      clusterIP: spec.clusterIP ?? clusterAddress(index),
      ports: spec.ports.map((port: ServicePort) => ({ ...port, protocol: port.protocol ?? 'TCP', targetPort: port.targetPort ?? port.port })),
    },
    ...spec.type === 'LoadBalancer' && { status: { loadBalancer: { ingress: [{ ip: loadBalancerAddress(index) }] } } },
  };
}

/** The EndpointSlice of a Service, over the pods that it selects; none when it selects nothing. */
export function endpointSlice({ metadata, spec }: Manifest, pods: readonly Pod[]): Manifest | undefined {
  // Of machines, the control plane itself makes endpoints.
  const behind = podsBehind({ metadata, spec } as Manifest, pods.filter(({ machine }) => !machine));
  return behind.length === 0 ? undefined : {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${metadata.name}-0`,
      namespace: metadata.namespace,
      labels: { ...metadata.labels, 'kubernetes.io/service-name': metadata.name },
    },
    addressType: 'IPv4',
    endpoints: behind.map(pod => ({
      addresses: [pod.ip],
      conditions: { ready: true, serving: true },
      targetRef: { kind: 'Pod', name: pod.name, namespace: pod.namespace },
    })),
    ports: spec.ports.map((port: ServicePort) => ({ name: port.name ?? '', port: targetPort(port, behind[0]), protocol: port.protocol ?? 'TCP' })),
  };
}

/** The pods that a Service selects. */
export function podsBehind({ metadata, spec, cluster }: Manifest, pods: readonly Pod[]): Pod[] {
  return spec.selector === undefined ? [] :
    pods.filter(pod => pod.cluster === cluster && pod.namespace === (metadata.namespace ?? 'default') && selects(spec.selector, pod.labels));
}

/** The port of a pod that a Service's port leads to. */
export function targetPort({ port, targetPort: target = port }: ServicePort, pod: Pod): number {
  return typeof target === 'number' ? target : pod.ports.find(({ name }) => name === target)?.containerPort ?? port;
}
