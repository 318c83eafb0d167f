import { describeClusters, describeInfrastructure, describeListeners } from './envoy-gateway-listeners';
import { KubeObject } from './objects';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}
interface ParentReference { readonly kind?: string; readonly namespace?: string; readonly name: string; readonly sectionName?: string }
interface Listener { readonly name: string; readonly attachedRoutes: number; readonly conditions: readonly Condition[] }
interface Status {
  readonly conditions?: readonly Condition[];
  readonly listeners?: readonly Listener[];
  readonly parents?: readonly { readonly parentRef: ParentReference; readonly conditions: readonly Condition[] }[];
  readonly ancestors?: readonly { readonly ancestorRef: ParentReference; readonly conditions: readonly Condition[] }[];
}
interface WithStatus extends KubeObject { readonly status?: Status }

/** A configuration of Envoy, as its admin interface dumps it. */
interface ConfigDump {
  readonly dynamicRouteConfigs?: readonly { readonly routeConfig: RouteConfig }[];
  readonly dynamicListeners?: readonly { readonly activeState: { readonly listener: object } }[];
  readonly dynamicActiveClusters?: readonly { readonly cluster: object }[];
  readonly dynamicEndpointConfigs?: readonly { readonly endpointConfig: LoadAssignment }[];
}
interface RouteConfig { readonly name: string; readonly virtualHosts?: readonly VirtualHost[] }
interface VirtualHost { readonly domains: readonly string[]; readonly routes: readonly object[] }
interface LoadAssignment { readonly clusterName: string; readonly endpoints?: readonly Locality[] }
interface SocketAddress { readonly address: string; readonly portValue: number }
/** Envoy Gateway writes each backend of a rule as a locality. */
interface Locality {
  readonly lbEndpoints?: readonly { readonly endpoint: { readonly address: { readonly socketAddress: SocketAddress } } }[];
  readonly loadBalancingWeight?: number;
  readonly metadata?: { readonly filterMetadata: { readonly 'envoy-gateway'?: { readonly resources: readonly Backend[] } } };
}
interface Backend { readonly kind: string; readonly namespace: string; readonly name: string; readonly sectionName?: string }

/** What egctl prints: objects with their status, by kind, and the configuration of the Envoy of each Gateway. */
type Translation = { readonly [kind: string]: unknown };

/** The verdict in what egctl prints. */
export function describeTranslation({ xds = {}, xdsIR, infraIR = {}, ...kinds }: Translation): unknown {
  const objects = (Object.values(kinds).flat() as WithStatus[]).filter(({ status }) => status !== undefined);
  const dumps = Object.values(xds as { [gateway: string]: { configs: readonly ConfigDump[] } }).flatMap(({ configs }) => configs);
  const assignments = dumps.flatMap(({ dynamicEndpointConfigs = [] }) => dynamicEndpointConfigs.map(({ endpointConfig }) => endpointConfig));
  const routeConfigs = dumps.flatMap(({ dynamicRouteConfigs = [] }) => dynamicRouteConfigs.map(({ routeConfig }) => routeConfig));
  const listeners = dumps.flatMap(({ dynamicListeners = [] }) => dynamicListeners.map(({ activeState }) => activeState.listener));
  const clusters = dumps.flatMap(({ dynamicActiveClusters = [] }) => dynamicActiveClusters.map(({ cluster }) => cluster));
  const byAddress = JSON.stringify(infraIR).includes('"routingType":"Service"');
  return {
    listeners: describeListeners(listeners),
    clusters: describeClusters(clusters),
    infrastructure: describeInfrastructure(infraIR as { [gateway: string]: object }),
    status: Object.fromEntries(objects.map(object => [nameOf(object), describeStatus(object.status!)])),
    routes: Object.fromEntries(routeConfigs.map(config => [config.name, describeRoutes(config)])),
    backends: Object.fromEntries(assignments.map(assignment => [assignment.clusterName, describeBackends(assignment, byAddress)])),
  };
}

function describeStatus({ conditions = [], listeners = [], parents = [], ancestors = [] }: Status): unknown {
  const attached = [...parents, ...ancestors.map(({ ancestorRef, ...rest }) => ({ parentRef: ancestorRef, ...rest }))];
  const listenerStatus = ({ attachedRoutes, conditions: own }: Listener) => ({ attachedRoutes, conditions: describe(own) });
  return {
    ...conditions.length > 0 && { conditions: describe(conditions) },
    ...listeners.length > 0 && { listeners: Object.fromEntries(listeners.map(listener => [listener.name, listenerStatus(listener)])) },
    ...attached.length > 0 && {
      parents: Object.fromEntries(attached.map(({ parentRef, conditions: own }) => [referenceOf(parentRef), describe(own)])),
    },
  };
}

/** A condition with its reason; what it says only where something is wrong. */
function describe(conditions: readonly Condition[]): string[] {
  return conditions.map(({ type, status, reason, message }) => `${type}=${status} (${reason})${status === 'True' ? '' : `: ${message}`}`).sort();
}

/** Routes in Envoy's order, without what only tells where they come from. */
function describeRoutes({ virtualHosts = [] }: RouteConfig): unknown {
  return virtualHosts.map(({ domains, routes }) => ({
    domains,
    routes: routes.map(route => Object.fromEntries(Object.entries(route).filter(([key]) => key !== 'metadata'))),
  }));
}

/** The backends behind a cluster, with their weights, and with their addresses where those are said to be of Services. */
function describeBackends({ endpoints = [] }: LoadAssignment, byAddress: boolean): string[] {
  return endpoints.map(({ loadBalancingWeight = 0, metadata, lbEndpoints = [] }) => {
    const addresses = lbEndpoints.map(({ endpoint: { address: { socketAddress } } }) => `${socketAddress.address}:${socketAddress.portValue}`);
    const backends = metadata?.filterMetadata['envoy-gateway']?.resources ?? [];
    return `${backends.map(({ kind, namespace, name, sectionName }) => `${kind} ${namespace}/${name}:${sectionName}`).join(', ')} weighs ${loadBalancingWeight}` +
      (byAddress ? ` at ${addresses.join(', ')}` : '');
  });
}

/** As `HTTPRoute shop/web`. */
export function nameOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function referenceOf({ kind = 'Gateway', namespace, name, sectionName }: ParentReference): string {
  return [kind, namespace === undefined ? name : `${namespace}/${name}`, ...sectionName === undefined ? [] : [sectionName]].join(' ');
}
