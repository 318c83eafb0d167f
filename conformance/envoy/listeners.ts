import { accessLog, BY_CHANCE, meshAccessLog } from './access-log';
import { ClusterUse } from './cluster-use';
import { DYNAMIC } from './clusters';
import { Message, ProxyConfig } from '../istiod/ask';
import { bindable } from '../world/addresses';

/** Whose listeners they are, and where. */
export interface ListenerPlace {
  readonly ip: string;
  /** The ports on which the pod takes connections. */
  readonly ports: readonly number[];
  /** The access log of the proxy. */
  readonly log: string;
}

/** What the filters of a listener need to know. */
interface Inside {
  readonly routes: ReadonlyMap<string, Message>;
  readonly use: ClusterUse;
  readonly log: string;
  /** The clusters that know where to go only when a filter before them looks it up. */
  readonly dynamic: ReadonlySet<string>;
}

/** Where a sidecar takes what its application sends, with the destination before it in a header of the PROXY protocol. */
export const OUTBOUND_PORT = 15001;

/** Filters that look up, in the DNS of the world outside, what requests and connections name. */
export const LOOKUPS = ['envoy.filters.http.dynamic_forward_proxy', 'envoy.extensions.filters.network.sni_dynamic_forward_proxy'];

const PROXY_PROTOCOL = {
  name: 'envoy.filters.listener.proxy_protocol',
  typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol' },
};

/** istiod's listeners for stock Envoy without iptables: on the address of the pod, with routes inside, without Istio's own filters. */
export function adaptListeners(config: ProxyConfig, place: ListenerPlace): Message[] {
  const routes = new Map(config.routes.map(route => [route.name as string, nameWeighted(route)]));
  const dynamic = new Set(config.clusters.filter(({ clusterType }) => clusterType?.name === DYNAMIC).map(({ name }) => name as string));
  const inside: Inside = { routes, use: new ClusterUse(config), log: place.log, dynamic };
  return config.listeners.map(listener => ({
    ...bind(listener, place),
    listenerFilters: listenerFilters(listener),
    filterChains: (listener.filterChains ?? []).map((chain: Message) => adaptChain(chain, inside)),
    ...listener.defaultFilterChain && { defaultFilterChain: adaptChain(listener.defaultFilterChain, inside) },
    // Speaks when no filter chain matches: else those speak.
    accessLog: accessLog(place.log).map(log => ({ ...log, filter: { responseFlagFilter: { flags: ['NR'] } } })),
  }));
}

/** The routes, of which those with weights get a name that the access log tells. */
function nameWeighted(config: Message): Message {
  const isWeighted = ({ route }: Message) => route?.weightedClusters?.clusters.filter(({ weight = 0 }: Message) => weight > 0).length > 1;
  return {
    ...config,
    virtualHosts: (config.virtualHosts ?? []).map((host: Message) => ({
      ...host,
      routes: (host.routes ?? []).map((route: Message) => isWeighted(route) ? { ...route, name: BY_CHANCE } : route),
    })),
  };
}

function bind(listener: Message, { ip, ports }: ListenerPlace): Message {
  const address = (port: number) => ({ socketAddress: { address: ip, portValue: bindable(port) } });
  if (listener.name === 'virtualInbound') {
    // Where iptables would redirect to one port, it listens on all of them.
    const [first, ...others] = ports;
    return { ...listener, address: address(first ?? 15006), additionalAddresses: others.map(port => ({ address: address(port) })) };
  }
  return listener.bindToPort === false ? listener : { ...listener, address: address(listener.address.socketAddress.portValue) };
}

function listenerFilters({ name, listenerFilters: filters = [] }: Message): Message[] {
  const kept = filters.filter((filter: Message) => filter.name !== 'envoy.filters.listener.original_dst');
  return name === 'virtualOutbound' ? [PROXY_PROTOCOL, ...kept] : kept;
}

/** Ports that policies name are those that pods ask for. */
function withBindablePorts(config: Message): Message {
  return JSON.parse(JSON.stringify(config), (key, value) => key === 'destinationPort' ? bindable(value as number) : value) as Message;
}

function adaptChain(chain: Message, inside: Inside): Message {
  const { filterChainMatch: match } = chain;
  return {
    ...chain,
    ...match?.destinationPort !== undefined && { filterChainMatch: { ...match, destinationPort: bindable(match.destinationPort) } },
    filters: withLookups(chain, chain.filters.filter(isUsable).map((filter: Message) => adaptFilter(filter, inside)), inside.dynamic),
  };
}

/** Some filters of Envoy have names that the objects of people gave them. */
function isStock({ name, typedConfig }: Message): boolean {
  return name.startsWith('envoy.') || Boolean(typedConfig?.['@type']?.startsWith('type.googleapis.com/envoy.'));
}

/** Where no filter looks up what is asked for, those clusters lead nowhere. */
function withLookups({ filters }: Message, adapted: Message[], dynamic: ReadonlySet<string>): Message[] {
  const all = filters.flatMap((filter: Message) => [filter, ...filter.typedConfig?.httpFilters ?? []]);
  const looksUp = all.some(({ name }: Message) => LOOKUPS.includes(name as string));
  return looksUp || dynamic.size === 0 ? adapted : JSON.parse(JSON.stringify(adapted), (key, value) => {
    if (key === 'cluster' && dynamic.has(value as string)) {
      return 'nothing looked it up';
    }
    return key === 'routeConfig' ? { ...value, validateClusters: false } : value;
  }) as Message[];
}

function isUsable(filter: Message): boolean {
  return isStock(filter) && !LOOKUPS.includes(filter.name as string);
}

function adaptFilter(filter: Message, { routes, use, log }: Inside): Message {
  const config = filter.typedConfig;
  switch (filter.name) {
    case 'envoy.filters.network.tcp_proxy':
      return {
        ...filter,
        typedConfig: {
          ...config,
          ...config.cluster && { cluster: use.tcpName(config.cluster) },
          ...config.weightedClusters && {
            weightedClusters: { clusters: config.weightedClusters.clusters.map((one: Message) => ({ ...one, name: use.tcpName(one.name) })) },
          },
          accessLog: [...accessLog(log), ...meshAccessLog(config.accessLog ?? [], log)],
        },
      };
    case 'envoy.filters.network.http_connection_manager': {
      const { rds, tracing, ...rest } = config;
      return {
        ...filter,
        typedConfig: {
          ...rest,
          ...rds && { routeConfig: routes.get(rds.routeConfigName) },
          httpFilters: config.httpFilters.filter(isUsable).map(withBindablePorts),
          accessLog: [...accessLog(log), ...meshAccessLog(config.accessLog ?? [], log)],
        },
      };
    }
    case 'envoy.filters.network.rbac':
      return withBindablePorts(filter);
    default:
      return filter;
  }
}
