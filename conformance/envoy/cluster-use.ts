import { Message, ProxyConfig } from '../istiod/ask';

/** Marks the twin of a cluster that HTTP and TCP both use. */
const TWIN = ';tcp';

/** What the clusters of a proxy are used for: Istio's ALPN filter, which stock Envoy lacks, tells the protocol to the other side for HTTP only. */
export class ClusterUse {
  private readonly http = new Set<string>();
  private readonly tcp = new Set<string>();

  constructor({ routes, listeners }: ProxyConfig) {
    this.look(routes);
    this.look(listeners);
  }

  public isHttp(cluster: string): boolean {
    return this.http.has(cluster);
  }

  /** The name under which TCP uses a cluster. */
  public tcpName(cluster: string): string {
    return this.http.has(cluster) && this.tcp.has(cluster) ? cluster + TWIN : cluster;
  }

  private look(value: unknown): void {
    if (Array.isArray(value)) {
      value.forEach(inner => this.look(inner));
    } else if (typeof value === 'object' && value !== null) {
      const message = value as Message;
      if (message.name === 'envoy.filters.network.tcp_proxy') {
        targets(message.typedConfig).forEach(name => this.tcp.add(name));
      } else {
        targets(message.route ?? {}).forEach(name => this.http.add(name));
        Object.values(message).forEach(inner => this.look(inner));
      }
    }
  }
}

/** The name that istiod gave to the cluster of a twin. */
export function originalName(cluster: string): string {
  return cluster.endsWith(TWIN) ? cluster.slice(0, -TWIN.length) : cluster;
}

function targets({ cluster, weightedClusters, requestMirrorPolicies = [] }: Message): string[] {
  const weighted = (weightedClusters?.clusters ?? []).map(({ name }: Message) => name);
  const mirrors = requestMirrorPolicies.map((mirror: Message) => mirror.cluster);
  return [cluster, ...weighted, ...mirrors].filter(name => typeof name === 'string');
}
