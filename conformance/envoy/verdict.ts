import { Hop, LoggedHop } from './access-log';
import { TAG } from './answers';
import { Reply, RequestSpec } from './request';

/** What became of a request. */
export interface RequestVerdict {
  /** The status, or what happened instead. */
  readonly outcome: number | string;
  /** The response headers that say something. */
  readonly headers?: { readonly [name: string]: string };
  /** The proxies that it came through, in order. */
  readonly hops: readonly Hop[];
  /** What the backend saw, when there was one. */
  readonly backend?: object;
  /** The backends that saw it, when it was copied or sent again. */
  readonly copies?: readonly string[];
  /** As `1000 to 5000 ms`, when it took as long as the case says; else what was measured. */
  readonly took?: string;
}

/** What came of many requests whose backends are nobody's choice. */
export interface ManyVerdict {
  /** Which outcomes came, or how often each. */
  readonly outcomes: readonly (number | string)[] | { readonly [outcome: string]: number };
  /** Envoy's short words for what went wrong. */
  readonly flags?: readonly string[];
  /** Whether one backend answered, or several. */
  readonly answeredBy?: 'one' | 'several';
}

/** The share of each backend over many requests. */
export interface SharesVerdict {
  /** How often each status or other outcome came. */
  readonly outcomes: readonly (number | string)[];
  /** As `10 % ± 6`, when it is within that of what the case says; else what was measured. */
  readonly shares: { readonly [backend: string]: string };
  /** For how many of them each mirror got a copy, in the same way. */
  readonly mirrors?: { readonly [backend: string]: string };
  /** What clients were told to keep, by the backend that answered them. */
  readonly cookies?: { readonly [backend: string]: readonly string[] };
}

/** Percent points: with 600 requests, chance goes further once in many thousand runs. */
const TOLERANCE = 6;

/** Differ from run to run, or say nothing. */
const VOLATILE = [
  'date', 'server', 'content-length', 'content-type', 'connection', 'keep-alive', 'transfer-encoding', 'x-envoy-upstream-service-time',
  'x-request-id', 'x-forwarded-for', 'x-envoy-attempt-count', 'x-envoy-internal', 'x-envoy-external-address', TAG,
];

export function verdictOf(spec: RequestSpec, reply: Reply, hops: readonly LoggedHop[], copies: readonly string[], milliseconds = 0): RequestVerdict {
  const { name, took, tells } = spec;
  if (hops.some(({ byChance }) => byChance)) {
    throw new Error(`request '${name}' is sent once on a route with weights, so that its verdict is chance: say times and shares, or send it past the weights`);
  }
  const { headers: seenHeaders, ...seen } = reply.seen ?? {};
  const headers = steady(reply.headers ?? {}, tells);
  return {
    outcome: reply.outcome,
    ...Object.keys(headers).length > 0 && { headers },
    hops: inOrder(hops, copies.length > 1).map(({ start, byChance, ...hop }) => hop),
    ...reply.seen && { backend: { ...seen, ...seenHeaders && { headers: steady(seenHeaders) } } },
    ...copies.length > 1 && { copies },
    ...took && { took: milliseconds >= took.least && milliseconds < took.below ? `${took.least} to ${took.below} ms` : `${milliseconds} ms` },
  };
}

/** By the time at which they began; after the first, those of copies have no order but that of their names. */
export function inOrder(hops: readonly LoggedHop[], areCopies: boolean): LoggedHop[] {
  const [first, ...others] = [...hops].sort((a, b) => a.start - b.start);
  return first === undefined ? [] : [first, ...areCopies ? others.sort((a, b) => a.proxy < b.proxy ? -1 : a.proxy > b.proxy ? 1 : 0) : others];
}

export function manyOf({ tell }: RequestSpec, replies: readonly Reply[], hops: readonly LoggedHop[]): ManyVerdict {
  const outcomes = replies.map(({ outcome }) => outcome);
  const flags = [...new Set(hops.flatMap(({ flags: some }) => some ?? []))].sort();
  const backends = new Set(replies.flatMap(({ seen }) => seen?.backend ?? []));
  return {
    outcomes: tell === 'counts' ? countOf(outcomes) : [...new Set(outcomes)].sort(),
    ...flags.length > 0 && { flags },
    ...tell === 'spread' && { answeredBy: backends.size === 1 ? 'one' : 'several' },
  };
}

function countOf(outcomes: readonly (number | string)[]): { [outcome: string]: number } {
  return Object.fromEntries([...new Set(outcomes)].map(outcome => [outcome, outcomes.filter(one => one === outcome).length]));
}

export function sharesOf({ shares = {}, mirrors = {}, name }: RequestSpec, replies: readonly Reply[], copies: readonly string[]): SharesVerdict {
  if (Object.keys(shares).length === 0) {
    throw new Error(`request '${name}' is sent ${replies.length} times, but says no shares: add what each backend should get, or what to tell of them`);
  }
  const answered = replies.map(({ seen }) => seen?.backend ?? '(none)');
  const cookies = cookiesOf(replies);
  return {
    outcomes: [...new Set(replies.map(({ outcome }) => outcome))].sort(),
    shares: percentages(answered, shares, replies.length),
    ...Object.keys(mirrors).length > 0 && { mirrors: percentages(copies.filter(backend => backend in mirrors), mirrors, replies.length) },
    ...Object.keys(cookies).length > 0 && { cookies },
  };
}

/** Node gives this header as a list. */
function cookiesOf(replies: readonly Reply[]): { [backend: string]: string[] } {
  const told = replies.flatMap(({ seen, headers }) => seen ? [headers?.['set-cookie'] ?? []].flat().map(cookie => ({ backend: seen.backend, cookie })) : []);
  return Object.fromEntries([...new Set(told.map(({ backend }) => backend))].map(backend =>
    [backend, [...new Set(told.filter(one => one.backend === backend).map(({ cookie }) => cookie))].sort()]));
}

function percentages(backends: readonly string[], wanted: { readonly [backend: string]: number }, times: number): { [backend: string]: string } {
  return Object.fromEntries([...new Set([...backends, ...Object.keys(wanted)])].sort().map(backend => {
    const percent = 100 * backends.filter(one => one === backend).length / times;
    return [backend, nameOf(percent, wanted[backend] ?? 0)];
  }));
}

/** All and nothing are exact: chance has no part in them. */
function nameOf(percent: number, wanted: number): string {
  const chance = wanted > 0 && wanted < 100;
  return chance && Math.abs(percent - wanted) <= TOLERANCE ? `${wanted} % ± ${TOLERANCE}` : `${percent.toFixed(1)} %`;
}

/** Without what differs from run to run or says nothing, but for some that are asked for. */
export function steady(headers: { readonly [name: string]: string }, kept: readonly string[] = []): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers)
    .filter(([name]) => kept.includes(name) || !VOLATILE.includes(name))
    .map(([name, value]) => [name, String(value).replace(/Hash=[0-9a-f]+;?/g, '').replace(/(Cert|Chain)="[^"]*"/g, '$1="..."')]));
}
