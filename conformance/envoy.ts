import { Case } from './case';
import { Engine } from './engine';
import { LoggedHop } from './envoy/access-log';
import { TAG } from './envoy/answers';
import { installEnvoy, missingEnvoy } from './envoy/binary';
import { Destination, Network } from './envoy/destination';
import { RunningMesh } from './envoy/mesh';
import { portOf, Reply, RequestSpec, send } from './envoy/request';
import { makeToken, replaceText, TOKEN } from './envoy/token';
import { manyOf, ManyVerdict, RequestVerdict, SharesVerdict, sharesOf, verdictOf } from './envoy/verdict';
import { buildGo, missingGo } from './go';
import { ISTIOD } from './istiod/ask';
import { worldOf } from './world/case-world';
import { CERTIFICATES } from './world/certificates';

/** What case.yaml tells this engine. */
interface EnvoySpec {
  readonly requests: readonly CaseRequest[];
}

/** A request that may be sent through several gateways, to see them agree. */
interface CaseRequest extends Omit<RequestSpec, 'through'> {
  readonly through?: string | readonly string[];
}

const AT_ONCE = 8;
/** Milliseconds between requests, by which their hops are told apart. */
const GAP = 15;
/** Milliseconds after the last one. */
const LAST = 100;

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
    const exchanges: Exchange[] = [];
    let hops: LoggedHop[] = [];
    try {
      for (const [index, request] of requests.entries()) {
        exchanges.push(await exchange(request, `${index}`, mesh));
      }
      // Mirrors may still be on their way.
      await sleep(LAST);
    } finally {
      hops = await mesh.stop();
    }
    return {
      ...Object.keys(mesh.refusals).length > 0 && { refused: mesh.refusals },
      ...Object.fromEntries(exchanges.map((one, index) => [
        one.request.name, verdict(one, hopsBetween(hops, one, exchanges[index + 1]), mesh.backends.sawRequest(one.tag)),
      ])),
    };
  }
}

/** A request, when it was sent, and what came back. */
interface Exchange {
  readonly request: RequestSpec;
  readonly start: number;
  readonly replies: readonly Reply[];
  readonly tag: string;
  /** How long it took. */
  readonly milliseconds: number;
}

/** With its token, of which the verdict must know nothing: no two signatures are the same. */
async function exchange(request: RequestSpec, tag: string, mesh: RunningMesh): Promise<Exchange> {
  const token = request.token && makeToken(request.token);
  const { replies, ...done } = await exchangeAll(token ? replaceText(request, TOKEN, token) : request, tag, mesh);
  return { ...done, request, replies: token ? replaceText(replies, token, TOKEN) : replies };
}

async function exchangeAll(request: RequestSpec, tag: string, mesh: RunningMesh): Promise<Exchange> {
  // What belongs to the one before has begun by then.
  await sleep(GAP);
  const start = Date.now();
  const to = destinationOf(request, mesh.network);
  const replies: Reply[] = [];
  const atOnce = atOnceOf(request);
  for (let left = request.times ?? 1; left > 0; left -= atOnce) {
    const once = () => send(request, to, mesh.trust, { [TAG]: tag });
    replies.push(...await Promise.all(Array.from({ length: Math.min(atOnce, left) }, once)));
  }
  return { request, start, replies, tag, milliseconds: Date.now() - start };
}

function atOnceOf({ tell, times = 1 }: RequestSpec): number {
  switch (tell) {
    case 'counts': return 1;
    case 'burst': return times;
    default: return AT_ONCE;
  }
}

/** The hops that began after a request was sent, and before the next one was. */
export function hopsBetween(hops: readonly LoggedHop[], { start }: { readonly start: number }, next?: { readonly start: number }): LoggedHop[] {
  return hops.filter(hop => hop.start * 1000 >= start && (next === undefined || hop.start * 1000 < next.start));
}

type Verdict = RequestVerdict | SharesVerdict | ManyVerdict;

function verdict({ request, replies, milliseconds }: Exchange, hops: readonly LoggedHop[], copies: readonly string[]): Verdict {
  if (request.times === undefined) {
    return verdictOf(request, replies[0], hops, copies, milliseconds);
  }
  return request.tell === undefined ? sharesOf(request, replies, copies) : manyOf(request, replies, hops);
}

function forEachGateway(request: CaseRequest): RequestSpec[] {
  const { through, name, ...rest } = request;
  return typeof through === 'string' || through === undefined
    ? [{ ...rest, name, through }]
    : through.map(gateway => ({ ...rest, name: `${name}, through ${gateway}`, through: gateway }));
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

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
