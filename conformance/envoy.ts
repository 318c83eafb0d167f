import { Case } from './case';
import { Engine } from './engine';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { TAG } from './envoy/backends';
import { Destination, Network } from './envoy/destination';
import { RunningMesh } from './envoy/mesh';
import { portOf, Reply, RequestSpec, send } from './envoy/request';
import { RequestVerdict, SharesVerdict, sharesOf, verdictOf } from './envoy/verdict';
import { buildGo, missingGo } from './go';
import { ISTIOD } from './istiod/ask';
import { worldOf } from './world/case-world';
import { CERTIFICATES } from './world/certificates';

/** What case.yaml tells this engine. */
interface EnvoySpec {
  readonly requests: readonly RequestSpec[];
}

const AT_ONCE = 8;

/** Requests through real Envoys that are configured by istiod. */
export class Envoy implements Engine {
  readonly name = 'envoy';

  missing(): string[] {
    return [...missingGo(), ...missingEnvoy()];
  }

  async build(): Promise<void> {
    await buildGo(ISTIOD);
    await buildGo(CERTIFICATES);
    installEnvoy();
  }

  /** By the name of the request. */
  async judge(c: Case): Promise<{ [request: string]: unknown }> {
    const { requests } = c.spec.envoy as EnvoySpec;
    const world = worldOf(c);
    const mesh = await RunningMesh.start(world, requests.map(({ url }) => new URL(url).hostname));
    try {
      const verdicts: { [request: string]: unknown } = Object.keys(mesh.refusals).length === 0 ? {} : { refused: mesh.refusals };
      for (const [index, request] of requests.entries()) {
        verdicts[request.name] = await judgeRequest(request, `${index}`, destinationOf(request, mesh.network), mesh);
      }
      return verdicts;
    } finally {
      await mesh.stop();
    }
  }
}

function destinationOf({ name, from, through, url }: RequestSpec, network: Network): Destination {
  const { hostname, ...parsed } = splitUrl(url);
  if (from !== undefined) {
    return network.fromPod(network.pod(from), hostname, parsed.port);
  }
  if (through === undefined) {
    throw new Error(`request '${name}' comes from outside, but through no gateway: add \`through\`, as namespace/name of the gateway's workload`);
  }
  return network.fromOutside(through, parsed.port);
}

function splitUrl(text: string): { hostname: string; port: number } {
  const url = new URL(text);
  return { hostname: url.hostname, port: portOf(url) };
}

async function judgeRequest(request: RequestSpec, tag: string, to: Destination, mesh: RunningMesh): Promise<RequestVerdict | SharesVerdict> {
  const once = () => send(request, to, mesh.publicAuthority, { [TAG]: tag });
  if (request.times === undefined) {
    const reply = await once();
    return verdictOf(reply, await mesh.hops(), mesh.backends.sawRequest(tag));
  }
  const replies: Reply[] = [];
  for (let left = request.times; left > 0; left -= AT_ONCE) {
    replies.push(...await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, once)));
  }
  await mesh.hops();
  return sharesOf(request, replies);
}
