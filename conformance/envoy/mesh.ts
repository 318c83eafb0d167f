import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoggedHop } from './access-log';
import { Backend, Backends } from './backends';
import { adaptClusters } from './clusters';
import { Network } from './destination';
import { adaptListeners } from './listeners';
import { Passthrough } from './passthrough';
import { Proxy, Refusal } from './proxy';
import { RateLimiter } from './rate-limiter';
import { ClientTrust } from './request';
import { SecretFiles } from './secrets';
import { keyOfPod, Message, ProxyConfig, Translation, translate } from '../istiod/ask';
import { bindable } from '../world/addresses';
import { Authority, Certificates, credentialObjects, makeCertificates, WantedCertificate, wantedCertificates } from '../world/certificates';
import { ofKind } from '../world/manifest';
import { nameOfPod, Pod } from '../world/pod';
import { podsBehind, targetPort } from '../world/service';
import { World } from '../world/world';

/** A mesh that runs: an Envoy for each pod that has a proxy, on loopback, with mutual TLS between them, and servers for all that they lead to. */
export class RunningMesh {
  /** Starts what a world needs; `hosts` are those outside that requests name. */
  static async start(world: World, hosts: readonly string[]): Promise<RunningMesh> {
    const certificates = certify(world, hosts);
    const credentials = credentialObjects(world, certificates);
    const pods = world.pods.filter(({ role }) => role !== 'none');
    const translation = await translate({ ...world, objects: [...world.objects, ...credentials] }, pods);
    const mesh = new RunningMesh(world, certificates);
    try {
      await mesh.run(pods, translation);
      return mesh;
    } catch (error) {
      await mesh.stop();
      throw error;
    }
  }

  public readonly backends: Backends;
  public readonly network: Network;
  /** Listeners and clusters that an Envoy did not take, by workload. */
  public readonly refusals: { [workload: string]: Refusal[] } = {};
  private readonly dir = mkdtempSync(join(tmpdir(), 'mesh-'));
  private readonly proxies: Proxy[] = [];
  private readonly passthrough: Passthrough;

  private constructor(private readonly world: World, private readonly certificates: Certificates) {
    this.backends = new Backends(certificates);
    this.network = new Network(world);
    this.passthrough = new Passthrough((address, port) => this.route(address, port));
  }

  /** Whom clients outside trust, and how they show who they are. */
  public get trust(): ClientTrust {
    const { authorities, certificates } = this.certificates;
    return { authority: authorities.public, certificateBy: authority => certificates[`client/${authority}`] };
  }

  /** Stops it, and gives what its proxies logged: they write all of it down when they end. */
  public async stop(): Promise<LoggedHop[]> {
    await Promise.all(this.proxies.map(proxy => proxy.stop()));
    const hops = this.proxies.flatMap(proxy => proxy.hops());
    await this.passthrough.stop();
    await this.backends.stop();
    rmSync(this.dir, { recursive: true, force: true });
    return hops;
  }

  private async run(pods: readonly Pod[], { proxies }: Translation): Promise<void> {
    for (const pod of this.world.pods.filter(({ authorizer }) => authorizer)) {
      portsOf(pod, this.world).forEach(port => this.backends.authorize(backendName(pod, port)));
    }
    for (const pod of this.world.pods.filter(({ rateLimiter }) => rateLimiter)) {
      const limiter = await RateLimiter.start(this.world.objects, pod.namespace);
      portsOf(pod, this.world).forEach(port => this.backends.limit(backendName(pod, port), limiter));
    }
    for (const pod of this.world.pods.filter(({ role, down }) => role === 'none' && !down)) {
      await Promise.all(portsOf(pod, this.world).map(port => this.startPod(pod, port)));
    }
    const passthrough = await this.passthrough.start();
    this.network.beginsAt(passthrough);
    for (const [index, pod] of pods.entries()) {
      await this.runProxy(pod, proxies[keyOfPod(pod)], join(this.dir, `${index}`), passthrough);
    }
    await Promise.all(this.proxies.map(async (proxy, index) => {
      const refused = await proxy.ready();
      if (refused.length > 0) {
        this.refusals[nameOfPod(pods[index])] = refused;
      }
    }));
  }

  private startPod(pod: Pod, port: number): Promise<Backend> {
    return this.backends.start(backendName(pod, port), pod.ip, bindable(port));
  }

  /** To a pod of the Service with this address, or to the host outside that has it. */
  private async route(address: string, port: number): Promise<{ ip: string; port: number } | undefined> {
    const host = this.network.hostAt(address);
    return host === undefined ? this.network.behind(address, port) ?? this.network.behindLoadBalancer(address, port) : { ip: '127.0.0.1', port: (await this.backends.get(`${host}:${port}`)).port };
  }

  private async runProxy(pod: Pod, config: ProxyConfig, dir: string, passthrough: number): Promise<void> {
    const log = join(dir, 'access.log');
    const secrets = new SecretFiles(join(dir, 'secrets'), config, this.certificates.certificates[identityName(pod)], this.certificates);
    const listeners: Message[] = adaptListeners(config, { ip: pod.ip, ports: portsOf(pod, this.world), log });
    const clusters: Message[] = await adaptClusters(config, pod, {
      backends: this.backends, passthrough, balance: (address, port) => this.network.behindLoadBalancer(address, port),
    });
    const name = nameOfPod(pod);
    this.proxies.push(new Proxy({ name, dir, log, listeners: secrets.refer(listeners), clusters: secrets.refer(clusters) }));
  }
}

function backendName(pod: Pod, port: number): string {
  return `${nameOfPod(pod)}:${port}`;
}

function identityName({ namespace, serviceAccount }: Pod): string {
  return `identity/${namespace}/${serviceAccount}`;
}

/** One for each identity of the mesh, each Secret of a gateway, and each host outside. */
function certify(world: World, hosts: readonly string[]): Certificates {
  const outside = new Set([
    ...hosts,
    ...ofKind(world.objects, 'networking.istio.io', 'ServiceEntry').flatMap(({ spec }) => spec.hosts as string[]),
    ...ofKind(world.objects, 'gateway.networking.k8s.io', 'BackendTLSPolicy').map(({ spec }) => spec.validation.hostname as string),
  ]);
  return makeCertificates([
    { name: 'anybody', issuer: 'mesh' },
    ...world.pods.map(pod => ({ name: identityName(pod), issuer: 'mesh' as const, uri: `spiffe://cluster.local/ns/${pod.namespace}/sa/${pod.serviceAccount}` })),
    ...wantedCertificates(world),
    ...[...outside].map(host => serverCertificate(host, world.alsoFor[host] ?? [], world.signedBy[host])),
  ]);
}

function serverCertificate(host: string, alsoFor: readonly string[], issuer: Authority = 'public'): WantedCertificate {
  const isUri = (name: string) => name.includes('://');
  return { name: `host/${host}`, issuer, hosts: [host, ...alsoFor.filter(name => !isUri(name))], uri: alsoFor.find(isUri) };
}

/** On which ports a pod takes connections: those of its containers, and those that Services send to. */
function portsOf(pod: Pod, { services }: World): number[] {
  const served = services.filter(service => podsBehind(service, [pod]).length > 0)
    .flatMap(({ spec }) => spec.ports.map((port: { port: number }) => targetPort(port, pod)));
  return [...new Set([...pod.ports.map(({ containerPort }) => containerPort), ...served])];
}
