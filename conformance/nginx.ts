import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Case } from './case';
import { Engine } from './engine';
import { TAG } from './envoy/answers';
import { Backends } from './envoy/backends';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { hopsBetween } from './envoy/exchanges';
import { RunningMesh } from './envoy/mesh';
import { portOf, Reply, RequestSpec, send } from './envoy/request';
import { inOrder, steady } from './envoy/verdict';
import { buildGo, missingGo } from './go';
import { ISTIOD } from './istiod/ask';
import { certificateName, Front, serviceName } from './nginx/front';
import { missingNginx, unpackNginx } from './nginx/package';
import { hostsOfSecrets, NginxPod, nginxPods } from './nginx/pod';
import { bindable, podAddress } from './world/addresses';
import { worldOf } from './world/case-world';
import { Authority, Certificates, CERTIFICATES, makeCertificates, wantedCertificates } from './world/certificates';
import { readManifests } from './world/manifest';
import { World } from './world/world';

/** What case.yaml tells this engine. */
interface NginxSpec {
  /** Whether connections to Services go through the sidecar of nginx's pod, as istiod configures it, instead of to servers that stand for Services. */
  readonly captured?: boolean;
  /** Services whose names DNS does not know at first, as namespace/name. */
  readonly absent?: readonly string[];
  readonly requests: readonly NginxRequest[];
}

interface NginxRequest extends RequestSpec {
  /** Services whose names DNS knows before this request is sent. */
  readonly after?: readonly string[];
  /** Secrets with a new certificate before this request is sent, and who signed it. */
  readonly renewed?: { readonly [secret: string]: Authority };
}

const GAP = 15;
/** Said of the client, which in another engine is nobody's matter. */
const SAID = ['x-forwarded-for'];

/** Real nginx, on loopback, with the configuration of the pods of a case. */
export class Nginx implements Engine {
  readonly name = 'nginx';

  missing(): string[] {
    return [...missingGo(), ...missingEnvoy(), ...missingNginx()];
  }

  async build(): Promise<void> {
    await buildGo(ISTIOD);
    await buildGo(CERTIFICATES);
    installEnvoy();
    unpackNginx();
  }

  /** What nginx says of its configuration, and what becomes of requests, by name. */
  async judge(c: Case): Promise<unknown> {
    const pods = nginxPods([...readManifests(c.world), ...readManifests(c.manifests)]);
    if (pods.length === 0) {
      throw new Error('a case of nginx must have a Deployment with a container `nginx`, got none');
    }
    const run = new Run(pods, worldOf(c), c.spec.nginx as NginxSpec);
    try {
      return await run.judge();
    } finally {
      await run.stop();
    }
  }
}

/** A request, when it was sent, and what came back. */
interface Exchange {
  readonly request: NginxRequest;
  readonly start: number;
  readonly reply: Reply;
}

/** The nginx of a case, and all that is around them. */
class Run {
  private readonly dir = mkdtempSync(join(tmpdir(), 'nginx-'));
  private readonly certificates: Certificates;
  private readonly backends: Backends;
  private readonly fronts = new Map<string, Front>();
  private mesh?: RunningMesh;

  constructor(private readonly pods: readonly NginxPod[], private readonly world: World, private readonly spec: NginxSpec) {
    this.certificates = certify(pods, world, spec);
    this.backends = new Backends(this.certificates);
  }

  public async judge(): Promise<unknown> {
    if (this.spec.captured) {
      this.mesh = await RunningMesh.start(this.world, []);
    } else {
      await this.standForServices();
    }
    const said: { [workload: string]: object } = {};
    for (const [index, pod] of this.pods.entries()) {
      const front = this.front(pod, index);
      this.fronts.set(pod.workload, front);
      said[pod.workload] = await front.start();
    }
    const exchanges: Exchange[] = [];
    for (const [index, request] of this.spec.requests.entries()) {
      exchanges.push(await this.exchange(request, index));
    }
    const hops = await this.mesh?.stop();
    this.mesh = undefined;
    return {
      nginx: said,
      requests: Object.fromEntries(exchanges.map((exchange, index) => [exchange.request.name, {
        ...verdictOf(exchange.reply, exchange.request.tells),
        ...hops && { hops: inOrder(hopsBetween(hops, exchange, exchanges[index + 1]), false).map(({ start, byChance, ...hop }) => hop) },
      }])),
    };
  }

  public async stop(): Promise<void> {
    await Promise.all([...this.fronts.values()].map(front => front.stop()));
    await this.mesh?.stop();
    await this.backends.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** With addresses of their own: for itself, and for what it reaches Services at, which is its sidecar or what stands for the Service. */
  private front(pod: NginxPod, index: number): Front {
    const { world, certificates, dir, mesh, spec: { absent = [] } } = this;
    const before = mesh === undefined ? 0 : index * world.services.length;
    return new Front(pod, {
      world,
      certificates,
      dir,
      absent,
      network: mesh?.network,
      ip: podAddress(world.pods.length + index),
      addressOf: service => this.addressOf(service, before),
    });
  }

  private addressOf(service: string, before = 0): string {
    const { world: { pods, services } } = this;
    return podAddress(pods.length + this.pods.length + before + services.findIndex(other => serviceName(other) === service));
  }

  private async standForServices(): Promise<void> {
    for (const service of this.world.services) {
      const name = serviceName(service);
      for (const { port } of service.spec.ports as { port: number }[]) {
        await this.backends.start(`${name}:${port}`, this.addressOf(name), bindable(port));
      }
    }
  }

  private async exchange(request: NginxRequest, index: number): Promise<Exchange> {
    const { after = [], renewed = {}, proxyProtocol, url, through = this.pods[0].workload } = request;
    const front = this.fronts.get(through);
    if (front === undefined) {
      throw new Error(`request '${request.name}' goes through '${through}', which is no nginx: use one of ${[...this.fronts.keys()].join(', ')}`);
    }
    after.forEach(service => front.resolve(service));
    Object.entries(renewed).forEach(([secret, issuer]) => front.renew(secret, issuer));
    // What belongs to the one before has begun by then.
    await new Promise(resolve => setTimeout(resolve, GAP));
    const start = Date.now();
    const { authorities, certificates } = this.certificates;
    const trust = { authority: authorities.public, certificateBy: (authority: Authority) => certificates[`client/${authority}`] };
    return { request, start, reply: await send(request, front.destination(portOf(new URL(url)), proxyProtocol), trust, { [TAG]: `${index}` }) };
  }
}

/** One for each Secret that a server of nginx names, by each authority that signs it, and what worlds want. */
function certify(pods: readonly NginxPod[], world: World, { requests }: NginxSpec): Certificates {
  const renewals = requests.flatMap(({ renewed = {} }) => Object.entries(renewed));
  return makeCertificates([
    ...wantedCertificates(world),
    ...pods.flatMap(pod => [...hostsOfSecrets(pod)].flatMap(([secret, hosts]) => {
      const issuers = new Set<Authority>(['public', ...renewals.filter(([renewed]) => renewed === secret).map(([, issuer]) => issuer)]);
      return [...issuers].map(issuer => ({ name: certificateName(pod, secret, issuer), issuer, hosts }));
    })),
  ]);
}

function verdictOf({ outcome, headers = {}, seen }: Reply, tells?: readonly string[]): object {
  const { headers: seenHeaders, ...rest } = seen ?? {};
  const said = steady(headers, tells);
  return {
    outcome,
    ...Object.keys(said).length > 0 && { headers: said },
    ...seen && { backend: { ...rest, ...seenHeaders && { headers: steady(seenHeaders, SAID) } } },
  };
}
