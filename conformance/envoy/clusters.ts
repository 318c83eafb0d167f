import { Backends } from './backends';
import { ClusterUse } from './cluster-use';
import { Message, ProxyConfig } from '../istiod/ask';
import { bindable } from '../world/addresses';
import { nameOfPod, Pod } from '../world/pod';

/** What Istio's ALPN filter offers, so that the other side takes the connection for HTTP. */
const ALPN = { http1: ['istio-http/1.1', 'istio', 'http/1.1'], http2: ['istio-h2', 'istio', 'h2'] };

/** What clusters lead to that are no pods. */
export interface Surroundings {
  readonly backends: Backends;
  /** The port of the network behind proxies that pass connections on. */
  readonly passthrough: number;
  /** Where the load balancer of a Service leads to. */
  readonly balance: (address: string, port: number) => { readonly ip: string; readonly port: number } | undefined;
}

/** The type of clusters that look up what requests name. */
export const DYNAMIC = 'envoy.clusters.dynamic_forward_proxy';

const RAW = { name: 'envoy.transport_sockets.raw_buffer', typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer' } };
const PROXY_PROTOCOL = 'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport';

/** istiod's clusters for a network that is all loopback: pods are where they are, all else is a backend of the test. */
export async function adaptClusters(config: ProxyConfig, owner: Pod, around: Surroundings): Promise<Message[]> {
  const assignments = new Map(config.endpoints.map(assignment => [assignment.clusterName as string, assignment]));
  const use = new ClusterUse(config);
  const adapted = await Promise.all(config.clusters.map(async ({ filters, ...cluster }) => {
    const placed = await place(cluster, assignments, owner, around);
    const tcpName = use.tcpName(cluster.name);
    return [
      use.isHttp(cluster.name) ? withHttpProtocols(placed) : placed,
      ...tcpName === cluster.name ? [] : [{ ...placed, name: tcpName }],
    ];
  }));
  return adapted.flat();
}

async function place(cluster: Message, assignments: ReadonlyMap<string, Message>, owner: Pod, around: Surroundings): Promise<Message> {
  const { backends, passthrough } = around;
  const [direction, port, , host] = (cluster.name as string).split('|');
  switch (cluster.type) {
    case 'EDS': {
      const assignment = assignments.get(cluster.edsClusterConfig.serviceName ?? cluster.name);
      const { edsClusterConfig, ...rest } = cluster;
      return { ...rest, type: 'STATIC', loadAssignment: await placeEndpoints({ ...assignment, clusterName: cluster.name }, around) };
    }
    case 'STRICT_DNS': case 'LOGICAL_DNS': {
      const { dnsRefreshRate, dnsJitter, respectDnsTtl, dnsLookupFamily, typedDnsResolverConfig, ...rest } = cluster;
      return { ...rest, type: 'STATIC', loadAssignment: await placeEndpoints(cluster.loadAssignment, around) };
    }
    case 'ORIGINAL_DST': {
      if (cluster.name === 'PassthroughCluster') {
        return { ...toPort(cluster, passthrough), transportSocket: { name: 'envoy.transport_sockets.upstream_proxy_protocol', typedConfig: { '@type': PROXY_PROTOCOL, 'transportSocket': RAW } } };
      }
      const name = direction === 'inbound' ? `${nameOfPod(owner)}:${port}` : host === undefined ? nameOfPod(owner) : `${host}:${port}`;
      return toPort(cluster, (await backends.get(name)).port);
    }
    default:
      return cluster.clusterType?.name === DYNAMIC ? toPort(withoutType(cluster), (await backends.get(`${host}:${port}`)).port) : cluster;
  }
}

/** A cluster whose hosts requests name: here, one backend is all of them. */
function withoutType({ clusterType, ...cluster }: Message): Message {
  return cluster;
}

/** Instead of the original destination, which nothing here has. */
function toPort({ lbPolicy, cleanupInterval, upstreamBindConfig, ...cluster }: Message, port: number): Message {
  const endpoint = { address: { socketAddress: { address: '127.0.0.1', portValue: port } } };
  return { ...cluster, type: 'STATIC', loadAssignment: { clusterName: cluster.name, endpoints: [{ lbEndpoints: [{ endpoint }] }] } };
}

async function placeEndpoints(assignment: Message, { backends, balance }: Surroundings): Promise<Message> {
  const endpoints = await Promise.all((assignment.endpoints ?? []).map(async (locality: Message) => ({
    ...locality,
    lbEndpoints: await Promise.all((locality.lbEndpoints ?? []).map(async (one: Message) => {
      const { address, portValue } = one.endpoint.address.socketAddress;
      const balanced = balance(address, portValue);
      const socketAddress = balanced !== undefined ? { address: balanced.ip, portValue: balanced.port } : address.startsWith('127.')
        ? { address, portValue: bindable(portValue) }
        : { address: '127.0.0.1', portValue: (await backends.get(`${address}:${portValue}`)).port };
      return { ...one, endpoint: { ...one.endpoint, address: { socketAddress } } };
    })),
  })));
  return { ...assignment, endpoints };
}

function withHttpProtocols(cluster: Message): Message {
  const options = cluster.typedExtensionProtocolOptions?.['envoy.extensions.upstreams.http.v3.HttpProtocolOptions'];
  const alpnProtocols = options?.explicitHttpConfig?.http2ProtocolOptions ? ALPN.http2 : ALPN.http1;
  return JSON.parse(JSON.stringify(cluster), (key, value) =>
    key === 'alpnProtocols' && (value as string[]).includes('istio') ? alpnProtocols : value) as Message;
}
