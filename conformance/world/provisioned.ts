import { Manifest, ofKind } from './manifest';
import { PodTemplate } from './pod';

const GROUP = 'gateway.networking.k8s.io';
const STATUS_PORT = 15021;
/** Who provisions for Istio, as a GatewayClass names it. */
export const ISTIO_CONTROLLER = 'istio.io/gateway-controller';

/** What Istio makes for a Gateway of one of its classes. */
export interface Provisioned {
  readonly template: PodTemplate;
  readonly service: Manifest;
}

interface Listener {
  readonly name: string;
  readonly port: number;
}

/** What Istio makes for the Gateways among these objects. */
export function provision(manifests: readonly Manifest[]): Provisioned[] {
  const classes = new Set(ofKind(manifests, GROUP, 'GatewayClass').filter(({ spec }) => spec.controllerName === ISTIO_CONTROLLER).map(({ metadata }) => metadata.name));
  return ofKind(manifests, GROUP, 'Gateway').filter(({ spec }) => classes.has(spec.gatewayClassName))
    .map(gateway => provisionOne(gateway, ofKind(manifests, GROUP, 'ListenerSet').filter(set => isOf(set, gateway))));
}

/** Whether a ListenerSet names the Gateway. */
function isOf({ metadata, spec: { parentRef } }: Manifest, gateway: Manifest): boolean {
  return parentRef.name === gateway.metadata.name && (parentRef.namespace ?? metadata.namespace) === gateway.metadata.namespace;
}

function provisionOne({ metadata, spec }: Manifest, sets: readonly Manifest[]): Provisioned {
  const name = `${metadata.name}-${spec.gatewayClassName}`;
  const namespace = metadata.namespace ?? 'default';
  // With `infrastructure`, the labels of the Gateway itself are not copied.
  const own = spec.infrastructure ? spec.infrastructure.labels : metadata.labels;
  const labels = { ...own, [`${GROUP}/gateway-name`]: metadata.name, [`${GROUP}/gateway-class-name`]: spec.gatewayClassName };
  const ports = portNames([spec, ...sets.map(set => set.spec)].flatMap(({ listeners }) => listeners as Listener[]));
  return {
    template: {
      namespace,
      workload: name,
      labels: { 'sidecar.istio.io/inject': 'false', ...labels },
      // The proxy reads from those of its own pod what `proxy.istio.io/config` says.
      annotations: spec.infrastructure?.annotations ?? metadata.annotations,
      role: 'gateway',
      serviceAccount: name,
      ports: [...ports.keys()].map(containerPort => ({ containerPort })),
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels },
      spec: {
        type: 'LoadBalancer',
        selector: { [`${GROUP}/gateway-name`]: metadata.name },
        ports: [...new Map([[STATUS_PORT, 'status-port'], ...ports])].map(([port, listener]) => ({ name: listener, port, protocol: 'TCP', targetPort: port })),
      },
    },
  };
}

/** The ports of listeners: the first of a port names it, with the number where that name is taken. */
function portNames(listeners: readonly Listener[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const { name, port } of listeners) {
    const taken = [...names.values()].includes(name);
    names.set(port, names.get(port) ?? (taken ? `${name}-${port}` : name));
  }
  return names;
}
