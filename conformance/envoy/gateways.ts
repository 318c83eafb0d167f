import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoggedHop } from './access-log';
import { Backends } from './backends';
import { adaptClusters } from './clusters';
import { Destination, Network } from './destination';
import { Running } from './exchanges';
import { adaptListeners } from './listeners';
import { Proxy, Refusal } from './proxy';
import { ClientTrust, portOf, RequestSpec } from './request';
import { SecretFiles } from './secrets';
import { Message, ProxyConfig } from '../istiod/ask';
import { bindable, podAddress } from '../world/addresses';
import { Certificates } from '../world/certificates';
import { nameOfPod, Pod } from '../world/pod';
import { podsBehind, targetPort } from '../world/service';
import { World } from '../world/world';

/** A configuration of Envoy as its admin interface dumps it, of a gateway of Envoy Gateway. */
export interface GatewayDump { readonly configs: readonly Message[] }

/** Ports below 1024 are this much higher in the pods of Envoy Gateway. */
const PRIVILEGED = 10000;
const ANYBODY = 'client/public';

/** Envoys that Envoy Gateway configures, on loopback, in front of the pods of a world: what stands between, a mesh or nothing, is not there. */
export class RunningGateways implements Running {
  /** Starts an Envoy for each Gateway. */
  static async start(world: World, certificates: Certificates, dumps: { readonly [gateway: string]: GatewayDump }): Promise<RunningGateways> {
    const running = new RunningGateways(world, certificates, Object.keys(dumps));
    try {
      await running.run(dumps);
      return running;
    } catch (error) {
      await running.stop();
      throw error;
    }
  }

  public readonly backends: Backends;
  public readonly refusals: { [gateway: string]: Refusal[] } = {};
  private readonly network: Network;
  private readonly dir = mkdtempSync(join(tmpdir(), 'gateways-'));
  private readonly proxies: Proxy[] = [];

  private constructor(private readonly world: World, private readonly certificates: Certificates, private readonly gateways: readonly string[]) {
    this.backends = new Backends(certificates);
    this.network = new Network(world);
  }

  public get trust(): ClientTrust {
    const { authorities, certificates } = this.certificates;
    return { authority: authorities.public, certificateBy: authority => certificates[`client/${authority}`] };
  }

  public destinationOf({ name, through, url, proxyProtocol }: RequestSpec): Destination {
    if (through === undefined || !this.gateways.includes(through)) {
      throw new Error(`request '${name}' must come through a gateway, got ${through}: use one of ${this.gateways.join(', ')}`);
    }
    const [ip, asked] = [this.addressOf(through), portOf(new URL(url))];
    const port = asked < 1024 ? asked + PRIVILEGED : asked;
    return { ip, port, ...proxyProtocol !== undefined && { preamble: `PROXY TCP4 ${proxyProtocol} ${ip} 40000 ${asked}\r\n` } };
  }

  public async stop(): Promise<LoggedHop[]> {
    await Promise.all(this.proxies.map(proxy => proxy.stop()));
    const hops = this.proxies.flatMap(proxy => proxy.hops());
    await this.backends.stop();
    rmSync(this.dir, { recursive: true, force: true });
    return hops;
  }

  private async run(dumps: { readonly [gateway: string]: GatewayDump }): Promise<void> {
    for (const pod of this.world.pods) {
      for (const port of this.portsOf(pod)) {
        const name = `${nameOfPod(pod)}:${port}`;
        await this.backends.start(name, pod.ip, bindable(port));
        if (pod.authorizer) {
          this.backends.authorize(name);
        }
      }
    }
    for (const [gateway, dump] of Object.entries(dumps)) {
      await this.runProxy(gateway, configOf(dump, this.secrets()));
    }
    await Promise.all(this.proxies.map(async (proxy, index) => {
      const refused = await proxy.ready();
      if (refused.length > 0) {
        this.refusals[this.gateways[index]] = refused;
      }
    }));
  }

  private async runProxy(gateway: string, config: ProxyConfig): Promise<void> {
    const dir = join(this.dir, gateway.replace('/', '-'));
    const log = join(dir, 'access.log');
    const ip = this.addressOf(gateway);
    const secrets = new SecretFiles(join(dir, 'secrets'), config, this.certificates.certificates[ANYBODY], this.certificates);
    const clusters = await adaptClusters(config, this.world.pods[0], {
      backends: this.backends, passthrough: 0, balance: (address, port) => this.network.behind(address, port),
    });
    const listeners = adaptListeners(config, { ip, ports: [], log });
    this.proxies.push(new Proxy({ name: gateway, dir, log, listeners: secrets.refer(listeners), clusters: secrets.refer(clusters) }));
  }

  /** Under the names that Envoy Gateway gives them; a dump has none. */
  private secrets(): Message[] {
    return this.world.tlsSecrets.map(({ namespace, name }) => {
      const { certificate, key } = this.certificates.certificates[`secret/${namespace}/${name}`];
      return { name: `${namespace}/${name}`, tlsCertificate: { certificateChain: { inlineString: certificate }, privateKey: { inlineString: key } } };
    });
  }

  /** After those of pods. */
  private addressOf(gateway: string): string {
    return podAddress(this.world.pods.length + this.gateways.indexOf(gateway));
  }

  private portsOf(pod: Pod): number[] {
    const served = this.world.services.filter(service => podsBehind(service, [pod]).length > 0)
      .flatMap(({ spec }) => spec.ports.map((port: { port: number }) => targetPort(port, pod)));
    return [...new Set([...pod.ports.map(({ containerPort }) => containerPort), ...served])];
  }
}

/** Without the listeners by which Envoy Gateway itself asks. */
function configOf({ configs }: GatewayDump, secrets: readonly Message[]): ProxyConfig {
  const all = (list: string, one: (entry: Message) => Message): Message[] => configs.flatMap(config => (config[list] ?? []) as Message[]).map(one);
  return {
    listeners: all('dynamicListeners', ({ activeState }) => activeState.listener).filter(({ name }) => !name.startsWith('envoy-gateway-')),
    routes: all('dynamicRouteConfigs', ({ routeConfig }) => routeConfig),
    clusters: all('dynamicActiveClusters', ({ cluster }) => cluster),
    endpoints: all('dynamicEndpointConfigs', ({ endpointConfig }) => endpointConfig),
    secrets,
  };
}
