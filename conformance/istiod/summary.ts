import { Message, ProxyConfig } from './ask';

/** What a proxy would do, in lines that people can compare. */
export interface ProxySummary {
  /** A line for each filter chain: what it takes, and where that goes. */
  readonly listeners: readonly string[];
  /** By route configuration and domains, a line for each route in order. */
  readonly routes: { readonly [domains: string]: readonly string[] };
  readonly clusters: readonly string[];
}

export function summarizeProxy({ listeners, routes, clusters }: ProxyConfig): ProxySummary {
  return {
    listeners: listeners.flatMap(listener => chainsOf(listener).map(chain => `${listener.name} ${takes(chain)} -> ${leadsTo(chain)}`)).sort(),
    routes: Object.fromEntries(routes.flatMap(({ name, virtualHosts = [] }) => virtualHosts.map((host: Message) => [
      `${name} ${host.domains.join(' ')}`,
      // Plain HTTP is redirected before any route.
      [...host.requireTls ? [`TLS for ${host.requireTls}`] : [], ...(host.routes ?? []).map((route: Message) => `${JSON.stringify(route.match)} -> ${actionOf(route)}`)],
    ]))),
    clusters: clusters.map(({ name }) => name as string).sort(),
  };
}

function chainsOf({ filterChains = [], defaultFilterChain }: Message): Message[] {
  return [...filterChains, ...defaultFilterChain ? [defaultFilterChain] : []];
}

function takes({ filterChainMatch: match = {}, transportSocket }: Message): string {
  const tls = transportSocket?.typedConfig;
  const secrets = (tls?.commonTlsContext?.tlsCertificateSdsSecretConfigs ?? []).map(({ name }: Message) => name);
  return [
    JSON.stringify(match),
    ...tls ? [`TLS with ${secrets.join(', ') || 'nothing'}${tls.requireClientCertificate ? ', client certificate required' : ''}`] : [],
  ].join(' ');
}

function leadsTo({ filters }: Message): string {
  return filters.map(({ name, typedConfig: config }: Message) => {
    switch (name) {
      case 'envoy.filters.network.tcp_proxy': return `cluster ${clustersOf(config)}`;
      case 'envoy.filters.network.http_connection_manager': return `routes ${config.rds?.routeConfigName ?? config.routeConfig?.name}`;
      case 'envoy.filters.network.rbac': return 'rbac';
      default: return undefined;
    }
  }).filter(Boolean).join(', ');
}

function actionOf({ route, redirect, directResponse }: Message): string {
  if (redirect) {
    return `redirect ${JSON.stringify(redirect)}`;
  }
  return directResponse ? `status ${directResponse.status}` : clustersOf(route ?? {});
}

function clustersOf({ cluster, weightedClusters }: Message): string {
  return cluster ?? (weightedClusters?.clusters ?? []).map(({ name, weight }: Message) => `${weight} ${name}`).join(', ');
}
