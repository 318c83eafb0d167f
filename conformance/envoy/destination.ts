import { BlockList } from 'node:net';
import { parse } from 'yaml';
import { OUTBOUND_PORT } from './listeners';
import { bindable, externalAddress } from '../world/addresses';
import { allocatedAddress } from '../world/allocated';
import { Manifest } from '../world/manifest';
import { nameOfPod, Pod } from '../world/pod';
import { podsBehind, targetPort } from '../world/service';
import { World } from '../world/world';

/** Where to connect, and what to send before all else. */
export interface Destination {
  readonly ip: string;
  readonly port: number;
  /** The header of the PROXY protocol that tells a sidecar where its application wanted to go. */
  readonly preamble?: string;
}

/** The status of a Service of type LoadBalancer. */
interface Balanced {
  readonly loadBalancer?: { readonly ingress: readonly { readonly ip: string }[] };
}

interface MeshConfig {
  readonly defaultConfig?: { readonly proxyMetadata?: { readonly [name: string]: string } };
}

const CLUSTER_DOMAIN = 'cluster.local';
const DNS_CAPTURE = 'ISTIO_META_DNS_CAPTURE';
const PROXY_CONFIG = 'proxy.istio.io/config';
const EXCLUDED_RANGES = 'traffic.sidecar.istio.io/excludeOutboundIPRanges';

/** Whether the traffic of a pod to an address is not redirected to its proxy. */
function isPastProxy({ annotations }: Pod, address: string): boolean {
  const ranges = (annotations?.[EXCLUDED_RANGES] ?? '').split(',').filter(range => range !== '');
  const list = new BlockList();
  ranges.map(range => range.split('/')).forEach(([network, length]) => list.addSubnet(network, Number(length)));
  return list.check(address);
}

/** The network as clients see it. */
export class Network {
  /** Hosts outside, by the address that they got. */
  private readonly asked = new Map<string, string>();

  /** The network outside, where connections say where they go in a header of the PROXY protocol. */
  private outside: Destination = { ip: '127.0.0.1', port: 0 };

  constructor(private readonly world: World) {
  }

  /** Says at which port of loopback the network outside begins. */
  public beginsAt(port: number): void {
    this.outside = { ip: '127.0.0.1', port };
  }

  public pod(name: string): Pod {
    const pod = this.world.pods.find(each => nameOfPod(each) === name);
    if (pod === undefined) {
      throw new Error(`no workload is named '${name}': use one of ${this.world.pods.map(nameOfPod).join(', ')}`);
    }
    return pod;
  }

  /** From outside of the cluster, to the load balancer in front of a gateway. */
  public fromOutside(gateway: string, port: number): Destination {
    return { ip: this.pod(gateway).ip, port: bindable(port) };
  }

  /** From an application, through its sidecar when it has one. */
  public fromPod(client: Pod, host: string, port: number): Destination {
    const service = this.service(client, host);
    if (client.role === 'sidecar') {
      const address = service?.spec.clusterIP ?? this.allocated(client, host) ?? this.resolve(host);
      const preamble = `PROXY TCP4 ${client.ip} ${address} 40000 ${port}\r\n`;
      return isPastProxy(client, address) ? { ...this.outside, preamble } : { ip: client.ip, port: OUTBOUND_PORT, preamble };
    }
    const destination = service && this.podOf(service, port);
    if (destination === undefined) {
      throw new Error(`${nameOfPod(client)} is not in the mesh, and '${host}:${port}' leads to no pod: name a Service and its port`);
    }
    return destination;
  }

  /** Where a connection to an address of a Service ends: at one of its pods. */
  public behind(address: string, port: number): Destination | undefined {
    const service = this.world.services.find(({ spec }) => spec.clusterIP === address);
    return service === undefined ? undefined : this.podOf(service, port);
  }

  /** Where a connection to the load balancer of a Service ends. */
  public behindLoadBalancer(address: string, port: number): Destination | undefined {
    const balances = (status: Balanced | undefined) => status?.loadBalancer?.ingress.some(({ ip }) => ip === address);
    const service = this.world.services.find(({ status }) => balances(status as Balanced | undefined));
    return service === undefined ? undefined : this.podOf(service, port);
  }

  /** The host outside that has this address, of those that clients asked for. */
  public hostAt(address: string): string | undefined {
    return this.asked.get(address);
  }

  private podOf(service: Manifest, port: number): Destination | undefined {
    const [pod] = podsBehind(service, this.world.pods);
    const servicePort = service.spec.ports.find((one: { port: number }) => one.port === port);
    return pod === undefined || servicePort === undefined ? undefined : { ip: pod.ip, port: bindable(targetPort(servicePort, pod)) };
  }

  /** The address by which a proxy that answers DNS knows a host outside. */
  private allocated({ annotations }: Pod, host: string): string | undefined {
    const { defaultConfig } = this.world.mesh as MeshConfig;
    const own = annotations?.[PROXY_CONFIG];
    const config = own === undefined ? defaultConfig : { ...defaultConfig, ...parse(own) as MeshConfig['defaultConfig'] };
    return config?.proxyMetadata?.[DNS_CAPTURE] === 'true' ? allocatedAddress(this.world.objects, host) : undefined;
  }

  /** What the DNS of the world says of a host outside; an address is one already. */
  private resolve(host: string): string {
    const known = [...this.asked].find(([, name]) => name === host);
    const address = known?.[0] ?? (/^[\d.]+$/.test(host) ? host : externalAddress(this.asked.size));
    this.asked.set(address, host);
    return address;
  }

  /** As the DNS of a cluster finds it, with the search path of the client. */
  private service(client: Pod, host: string) {
    const asked = host.replace(new RegExp(`\\.svc(\\.${CLUSTER_DOMAIN})?$`), '');
    const near = this.world.services.filter(({ cluster }) => cluster === client.cluster);
    return near.find(({ metadata: { name, namespace } }) => asked === `${name}.${namespace}` || (asked === name && namespace === client.namespace));
  }
}
