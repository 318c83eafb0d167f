import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backends } from '../envoy/backends';
import { DYNAMIC } from '../envoy/clusters';
import { LOOKUPS } from '../envoy/listeners';
import { Proxy } from '../envoy/proxy';
import { SecretFiles } from '../envoy/secrets';
import { Message, ProxyConfig } from '../istiod/ask';
import { Certificates } from '../world/certificates';
import { Pod } from '../world/pod';

/** Strings that Istio's own build can also hash, which nothing here needs. */
const ISTIO_STRING = 'istio.hashable_string';

/** A waypoint that runs: a real Envoy that takes HBONE on loopback, and servers in place of the nodes behind it. */
export class RunningWaypoint {
  /** Starts it, with the certificate of its service account. */
  static async start(pod: Pod, config: ProxyConfig, certificates: Certificates): Promise<RunningWaypoint> {
    const waypoint = new RunningWaypoint(pod, new Backends(certificates));
    try {
      await waypoint.run(config, certificates);
      return waypoint;
    } catch (error) {
      await waypoint.stop();
      throw error;
    }
  }

  /** Listeners and clusters that Envoy did not take. */
  public refused: readonly object[] = [];
  private readonly dir = mkdtempSync(join(tmpdir(), 'waypoint-'));
  private readonly servers: Server[] = [];
  private proxy?: Proxy;

  private constructor(private readonly pod: Pod, private readonly outside: Backends) {}

  public async stop(): Promise<void> {
    await this.proxy?.stop();
    await Promise.all(this.servers.map(server => new Promise(resolve => server.close(resolve))));
    await this.outside.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async run(config: ProxyConfig, certificates: Certificates): Promise<void> {
    const { namespace, workload, serviceAccount, ip } = this.pod;
    const secrets = new SecretFiles(join(this.dir, 'secrets'), config, certificates.certificates[`identity/${namespace}/${serviceAccount}`], certificates);
    const listeners = config.listeners.map(({ address, ...listener }) => adapt(address ? { ...listener, address: onPod(address, ip) } : listener));
    const clusters = await Promise.all(config.clusters.map(cluster => this.place(cluster)));
    this.proxy = new Proxy({
      name: `${namespace}/${workload}`,
      dir: this.dir,
      log: join(this.dir, 'access.log'),
      listeners: secrets.refer(listeners),
      clusters: secrets.refer(clusters),
    });
    this.refused = await this.proxy.ready();
  }

  /** In place of the tunnel to the node of a pod: a server that says which Service was meant. */
  private async place(cluster: Message): Promise<Message> {
    if (cluster.clusterType?.name === DYNAMIC || cluster.type === 'STRICT_DNS' || cluster.type === 'LOGICAL_DNS') {
      return this.placeOutside(cluster);
    }
    if (cluster.type !== 'EDS') {
      return cluster;
    }
    const { edsClusterConfig, transportSocket, ...rest } = cluster;
    const port = await this.serve((cluster.name as string).split('|').slice(1).join('|'));
    const endpoint = { address: { socketAddress: { address: '127.0.0.1', portValue: port } } };
    return { ...rest, type: 'STATIC', loadAssignment: { clusterName: cluster.name, endpoints: [{ lbEndpoints: [{ endpoint }] }] } };
  }

  /** A host outside, at the port that is called there. */
  private async placeOutside(given: Message): Promise<Message> {
    const { clusterType, lbPolicy, dnsRefreshRate, dnsJitter, respectDnsTtl, dnsLookupFamily, typedDnsResolverConfig, ...cluster } = given;
    const [, port, , host] = (cluster.name as string).split('|');
    const called = cluster.loadAssignment?.endpoints[0].lbEndpoints[0].endpoint.address.socketAddress ?? { address: host, portValue: port };
    const backend = await this.outside.get(`${called.address}:${called.portValue}`);
    const endpoint = { address: { socketAddress: { address: '127.0.0.1', portValue: backend.port } } };
    return { ...cluster, type: 'STATIC', loadAssignment: { clusterName: cluster.name, endpoints: [{ lbEndpoints: [{ endpoint }] }] } };
  }

  private async serve(name: string): Promise<number> {
    const server = createServer((_, response) => response.setHeader('x-backend', name).setHeader('connection', 'close').end('hello'));
    this.servers.push(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
}

/** The address of the pod, in place of any. */
function onPod({ socketAddress: { portValue } }: Message, address: string): Message {
  return { socketAddress: { address, portValue } };
}

/** Without the filters of Istio's own build, which only tell who is who in telemetry. */
function adapt(message: Message): Message {
  return JSON.parse(JSON.stringify(message), (key, value) => {
    if (key === 'filters' || key === 'httpFilters') {
      return (value as Message[]).filter(({ name, typedConfig }) =>
        !LOOKUPS.includes(name as string) && `${typedConfig?.['@type']}`.startsWith('type.googleapis.com/envoy.'));
    }
    if (key === 'tracing' || key === 'accessLog') {
      return undefined;
    }
    return value === ISTIO_STRING ? 'envoy.string' : value;
  }) as Message;
}
