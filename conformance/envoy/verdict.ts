import { Hop, LoggedHop } from './access-log';
import { TAG } from './backends';
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
}

/** The share of each backend over many requests. */
export interface SharesVerdict {
  /** How often each status or other outcome came. */
  readonly outcomes: readonly (number | string)[];
  /** As `10 % ± 6`, when it is within that of what the case says; else what was measured. */
  readonly shares: { readonly [backend: string]: string };
}

/** Percent points: with 600 requests, chance goes further once in many thousand runs. */
const TOLERANCE = 6;

/** Differ from run to run, or say nothing. */
const VOLATILE = [
  'date', 'server', 'content-length', 'content-type', 'connection', 'keep-alive', 'transfer-encoding', 'x-envoy-upstream-service-time',
  'x-request-id', 'x-forwarded-for', 'x-envoy-attempt-count', 'x-envoy-internal', 'x-envoy-external-address', TAG,
];

export function verdictOf({ name }: RequestSpec, reply: Reply, hops: readonly LoggedHop[], copies: readonly string[]): RequestVerdict {
  if (hops.some(({ byChance }) => byChance)) {
    throw new Error(`request '${name}' is sent once on a route with weights, so that its verdict is chance: say times and shares, or send it past the weights`);
  }
  const { headers: seenHeaders, ...seen } = reply.seen ?? {};
  const headers = steady(reply.headers ?? {});
  return {
    outcome: reply.outcome,
    ...Object.keys(headers).length > 0 && { headers },
    hops: [...hops].sort((a, b) => a.start - b.start).map(({ start, byChance, ...hop }) => hop),
    ...reply.seen && { backend: { ...seen, ...seenHeaders && { headers: steady(seenHeaders) } } },
    ...copies.length > 1 && { copies },
  };
}

export function sharesOf({ shares = {}, name }: RequestSpec, replies: readonly Reply[]): SharesVerdict {
  const counts = new Map<string, number>();
  for (const { seen } of replies) {
    const backend = seen?.backend ?? '(none)';
    counts.set(backend, (counts.get(backend) ?? 0) + 1);
  }
  if (Object.keys(shares).length === 0) {
    throw new Error(`request '${name}' is sent ${replies.length} times, but says no shares: add what each backend should get`);
  }
  const all = [...new Set([...counts.keys(), ...Object.keys(shares)])].sort().map(backend => {
    const percent = 100 * (counts.get(backend) ?? 0) / replies.length;
    return [backend, nameOf(percent, shares[backend] ?? 0)];
  });
  return { outcomes: [...new Set(replies.map(({ outcome }) => outcome))].sort(), shares: Object.fromEntries(all) };
}

/** All and nothing are exact: chance has no part in them. */
function nameOf(percent: number, wanted: number): string {
  const chance = wanted > 0 && wanted < 100;
  return chance && Math.abs(percent - wanted) <= TOLERANCE ? `${wanted} % ± ${TOLERANCE}` : `${percent.toFixed(1)} %`;
}

function steady(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers)
    .filter(([name]) => !VOLATILE.includes(name))
    .map(([name, value]) => [name, value.replace(/Hash=[0-9a-f]+;?/g, '').replace(/(Cert|Chain)="[^"]*"/g, '$1="..."')]));
}
