import { Case } from './case';
import { Engine } from './engine';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { Destination, Network } from './envoy/destination';
import { CaseRequest, forEachGateway, judgeRequests } from './envoy/exchanges';
import { RunningMesh } from './envoy/mesh';
import { portOf, RequestSpec } from './envoy/request';
import { buildGo, missingGo } from './go';
import { ISTIOD } from './istiod/ask';
import { worldOf } from './world/case-world';
import { CERTIFICATES } from './world/certificates';

/** What case.yaml tells this engine. */
interface EnvoySpec {
  readonly requests: readonly CaseRequest[];
}

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
    const requests = (c.spec.envoy as EnvoySpec).requests.flatMap(forEachGateway);
    const mesh = await RunningMesh.start(worldOf(c), requests.map(({ url }) => new URL(url).hostname));
    return judgeRequests(requests, {
      backends: mesh.backends,
      trust: mesh.trust,
      refusals: mesh.refusals,
      destinationOf: request => destinationOf(request, mesh.network),
      stop: () => mesh.stop(),
    });
  }
}

function destinationOf({ name, from, through, url, proxyProtocol }: RequestSpec, network: Network): Destination {
  const { hostname, ...parsed } = splitUrl(url);
  if (from !== undefined) {
    return network.fromPod(network.pod(from), hostname, parsed.port);
  }
  if (through === undefined) {
    throw new Error(`request '${name}' comes from outside, but through no gateway: add \`through\`, as namespace/name of the gateway's workload`);
  }
  const to = network.fromOutside(through, parsed.port);
  return proxyProtocol === undefined ? to : { ...to, preamble: `PROXY TCP4 ${proxyProtocol} ${to.ip} 40000 ${parsed.port}\r\n` };
}

function splitUrl(text: string): { hostname: string; port: number } {
  const url = new URL(text);
  return { hostname: url.hostname, port: portOf(url) };
}
