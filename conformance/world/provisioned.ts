import { parse } from 'yaml';
import { groupOf, Manifest, ofKind } from './manifest';
import { EnvironmentVariable, PodTemplate } from './pod';

const GROUP = 'gateway.networking.k8s.io';
const STATUS_PORT = 15021;
/** Who provisions for Istio, as a GatewayClass names it. */
export const ISTIO_CONTROLLER = 'istio.io/gateway-controller';

/** Other controllers of Istio, by class: whose proxies are waypoints, and whose Gateways are elsewhere. */
const OTHER_CLASSES: { readonly [name: string]: string } = {
  'istio-east-west': 'istio.io/eastwest-controller',
  'istio-waypoint': 'istio.io/mesh-controller',
  'istio-remote': 'istio.io/unmanaged-gateway',
};
const WAYPOINT_CONTROLLERS = [OTHER_CLASSES['istio-east-west'], OTHER_CLASSES['istio-waypoint']];

/** The classes that Istio makes by itself, as far as Gateways ask for them. */
export function istioClasses(manifests: readonly Manifest[]): Manifest[] {
  const asked = new Set(ofKind(manifests, GROUP, 'Gateway').map(({ spec }) => spec.gatewayClassName as string));
  const others = Object.entries(OTHER_CLASSES).filter(([name]) => asked.has(name));
  return [['istio', ISTIO_CONTROLLER], ...others].map(([name, controllerName]) => ({
    apiVersion: `${GROUP}/v1`, kind: 'GatewayClass', metadata: { name }, spec: { controllerName },
  }));
}

/** A Gateway with the address that Istio writes into its status: that of its Service, or of the network elsewhere. */
export function addressed(manifest: Manifest, services: readonly Manifest[]): Manifest {
  if (manifest.kind !== 'Gateway' || groupOf(manifest) !== GROUP) {
    return manifest;
  }
  const { metadata: { name, namespace }, spec: { gatewayClassName, addresses = [] } } = manifest;
  if (gatewayClassName === 'istio-remote') {
    return { ...manifest, status: { addresses } };
  }
  const service = services.find(({ metadata }) => gatewayClassName === 'istio-east-west' && metadata.name === name && metadata.namespace === namespace);
  const ingress = (service?.status as { loadBalancer: { ingress: { ip: string }[] } } | undefined)?.loadBalancer.ingress;
  return ingress === undefined ? manifest : { ...manifest, status: { addresses: ingress.map(({ ip }) => ({ type: 'IPAddress', value: ip })) } };
}

/** What Istio makes for a Gateway of one of its classes. */
export interface Provisioned {
  readonly template: PodTemplate;
  readonly service: Manifest;
}

interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** What Istio makes for the Gateways among these objects. */
export function provision(manifests: readonly Manifest[]): Provisioned[] {
  const controllers = new Map<string, string>(ofKind(manifests, GROUP, 'GatewayClass').map(({ metadata, spec }) => [metadata.name, spec.controllerName]));
  const managed = [ISTIO_CONTROLLER, ...WAYPOINT_CONTROLLERS];
  return ofKind(manifests, GROUP, 'Gateway').filter(({ spec }) => managed.includes(controllers.get(spec.gatewayClassName) ?? '')).map(gateway =>
    provisionOne(gateway, ofKind(manifests, GROUP, 'ListenerSet').filter(set => isOf(set, gateway)), controllers.get(gateway.spec.gatewayClassName)!,
      environmentOf(gateway, manifests)));
}

/** Whether a ListenerSet names the Gateway. */
function isOf({ metadata, spec: { parentRef } }: Manifest, gateway: Manifest): boolean {
  return parentRef.name === gateway.metadata.name && (parentRef.namespace ?? metadata.namespace) === gateway.metadata.namespace;
}

/** What a ConfigMap with parameters adds to the environment of the proxy. */
function environmentOf({ metadata, spec }: Manifest, manifests: readonly Manifest[]): EnvironmentVariable[] {
  const name = spec.infrastructure?.parametersRef?.name;
  const parameters = ofKind(manifests, '', 'ConfigMap').find(each => each.metadata.name === name && each.metadata.namespace === metadata.namespace);
  const text = (parameters as { data?: { deployment?: string } } | undefined)?.data?.deployment;
  const overlay = (text === undefined ? {} : parse(text)) as { spec?: { template?: { spec?: { containers?: { env?: EnvironmentVariable[] }[] } } } };
  return (overlay.spec?.template?.spec?.containers ?? []).flatMap(({ env = [] }) => env);
}

function provisionOne({ metadata, spec }: Manifest, sets: readonly Manifest[], controller: string, env: readonly EnvironmentVariable[]): Provisioned {
  const waypoint = WAYPOINT_CONTROLLERS.includes(controller);
  const name = waypoint ? metadata.name : `${metadata.name}-${spec.gatewayClassName}`;
  const namespace = metadata.namespace ?? 'default';
  // With `infrastructure`, the labels of the Gateway itself are not copied.
  const own = spec.infrastructure ? spec.infrastructure.labels : metadata.labels;
  const labels = {
    ...own,
    [`${GROUP}/gateway-name`]: metadata.name,
    [`${GROUP}/gateway-class-name`]: spec.gatewayClassName,
    ...waypoint && { 'gateway.istio.io/managed': controller.replace('/', '-') },
  };
  const listeners = [spec, ...sets.map(set => set.spec)].flatMap(one => one.listeners as Listener[]);
  const ports = portNames(listeners);
  const protocols = new Map(listeners.map(({ port, protocol }) => [port, protocol.toLowerCase()]));
  return {
    template: {
      namespace,
      workload: name,
      labels: { 'sidecar.istio.io/inject': 'false', ...labels },
      // The proxy reads from those of its own pod what `proxy.istio.io/config` says.
      annotations: spec.infrastructure?.annotations ?? metadata.annotations,
      role: waypoint ? 'waypoint' : 'gateway',
      env,
      serviceAccount: name,
      ports: [...ports.keys()].map(containerPort => ({ containerPort })),
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels },
      spec: {
        type: controller === OTHER_CLASSES['istio-waypoint'] ? 'ClusterIP' : 'LoadBalancer',
        selector: { [`${GROUP}/gateway-name`]: metadata.name },
        ports: [...new Map([[STATUS_PORT, 'status-port'], ...ports])].map(([port, listener]) => ({
          name: listener, port, protocol: 'TCP', appProtocol: protocols.get(port) ?? 'tcp', targetPort: port,
        })),
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
