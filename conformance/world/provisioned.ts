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

/** What Istio makes for the Gateways among these objects. */
export function provision(manifests: readonly Manifest[]): Provisioned[] {
  const classes = new Set(ofKind(manifests, GROUP, 'GatewayClass').filter(({ spec }) => spec.controllerName === ISTIO_CONTROLLER).map(({ metadata }) => metadata.name));
  return ofKind(manifests, GROUP, 'Gateway').filter(({ spec }) => classes.has(spec.gatewayClassName)).map(provisionOne);
}

function provisionOne({ metadata, spec }: Manifest): Provisioned {
  const name = `${metadata.name}-${spec.gatewayClassName}`;
  const namespace = metadata.namespace ?? 'default';
  // With `infrastructure`, the labels of the Gateway itself are not copied.
  const own = spec.infrastructure ? spec.infrastructure.labels : metadata.labels;
  const labels = { ...own, [`${GROUP}/gateway-name`]: metadata.name, [`${GROUP}/gateway-class-name`]: spec.gatewayClassName };
  const ports = new Map<number, string>(spec.listeners.map((listener: { name: string; port: number }) => [listener.port, listener.name]));
  return {
    template: {
      namespace,
      workload: name,
      labels: { 'sidecar.istio.io/inject': 'false', ...labels },
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
