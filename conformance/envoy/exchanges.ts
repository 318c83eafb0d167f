import { LoggedHop } from './access-log';
import { TAG } from './answers';
import { Backends } from './backends';
import { Destination } from './destination';
import { Refusal } from './proxy';
import { ClientTrust, Reply, RequestSpec, send } from './request';
import { makeToken, replaceText, TOKEN } from './token';
import { manyOf, ManyVerdict, RequestVerdict, SharesVerdict, sharesOf, verdictOf } from './verdict';

/** A request that may be sent through several gateways, to see them agree. */
export interface CaseRequest extends Omit<RequestSpec, 'through'> {
  readonly through?: string | readonly string[];
}

/** Proxies that run, and what they lead to. */
export interface Running {
  readonly backends: Backends;
  readonly trust: ClientTrust;
  /** Listeners and clusters that an Envoy did not take, by workload. */
  readonly refusals: { readonly [workload: string]: readonly Refusal[] };
  /** Where a request is sent. */
  destinationOf(request: RequestSpec): Destination;
  /** Stops them, and gives what they logged. */
  stop(): Promise<LoggedHop[]>;
}

const AT_ONCE = 8;
/** Milliseconds between requests, by which their hops are told apart. */
const GAP = 15;
/** Milliseconds after the last one. */
const LAST = 100;

/** What becomes of requests, one after the other, by name. Nothing runs afterwards. */
export async function judgeRequests(requests: readonly RequestSpec[], running: Running): Promise<{ [request: string]: unknown }> {
  const exchanges: Exchange[] = [];
  let hops: LoggedHop[] = [];
  try {
    for (const [index, request] of requests.entries()) {
      exchanges.push(await exchange(request, `${index}`, running));
    }
    // Mirrors may still be on their way.
    await sleep(LAST);
  } finally {
    hops = await running.stop();
  }
  return {
    ...Object.keys(running.refusals).length > 0 && { refused: running.refusals },
    ...Object.fromEntries(exchanges.map((one, index) => [
      one.request.name, verdict(one, hopsBetween(hops, one, exchanges[index + 1]), running.backends.sawRequest(one.tag)),
    ])),
  };
}

/** A request for each gateway that it is to come through. */
export function forEachGateway(request: CaseRequest): RequestSpec[] {
  const { through, name, ...rest } = request;
  return typeof through === 'string' || through === undefined
    ? [{ ...rest, name, through }]
    : through.map(gateway => ({ ...rest, name: `${name}, through ${gateway}`, through: gateway }));
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
async function exchange(request: RequestSpec, tag: string, running: Running): Promise<Exchange> {
  const token = request.token && makeToken(request.token);
  const { replies, ...done } = await exchangeAll(token ? replaceText(request, TOKEN, token) : request, tag, running);
  return { ...done, request, replies: token ? replaceText(replies, token, TOKEN) : replies };
}

async function exchangeAll(request: RequestSpec, tag: string, running: Running): Promise<Exchange> {
  // What belongs to the one before has begun by then.
  await sleep(GAP);
  const start = Date.now();
  const to = running.destinationOf(request);
  const replies: Reply[] = [];
  const atOnce = atOnceOf(request);
  for (let left = request.times ?? 1; left > 0; left -= atOnce) {
    const once = () => send(request, to, running.trust, { [TAG]: tag });
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

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
