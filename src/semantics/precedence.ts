import { ValueMatch } from './header';
import { compareHostnames, intersect } from './hostname';

/** A match of an HTTPRoute as it is written; what is not said is what the API server puts in. */
export interface HttpMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly ValueMatch[];
  readonly queryParams?: readonly ValueMatch[];
}

/** A match of a GRPCRoute as it is written. */
export interface GrpcMatch {
  readonly method?: { readonly type?: string; readonly service?: string; readonly method?: string };
  readonly headers?: readonly ValueMatch[];
}

/** What a match counts, the most important number first; the greater one goes first. */
export type MatchRank = readonly number[];

/** From the least to the greatest. Where regular expressions stand is up to the implementation; this is where Istio puts them. */
const PATH_TYPES = ['RegularExpression', 'PathPrefix', 'Exact'];

/** Kinds that both want a request, the first one first: as GEP-1294 has it within a mesh. */
const KINDS = ['GRPCRoute', 'HTTPRoute'];

/** Exact path, length of the path, a method, number of headers, number of query parameters. */
export function httpRank({ path: { type = 'PathPrefix', value = '/' } = {}, method, headers = [], queryParams = [] }: HttpMatch): MatchRank {
  return [PATH_TYPES.indexOf(type), value.length, method === undefined ? 0 : 1, headers.length, queryParams.length];
}

/** Length of the service, length of the method, number of headers. */
export function grpcRank({ method: { service = '', method = '' } = {}, headers = [] }: GrpcMatch): MatchRank {
  return [service.length, method.length, headers.length];
}

/** A match of a route on a listener, beside others that match the same request. */
export interface Contender {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** When the route was made, in milliseconds; one without is younger than all others. */
  readonly created?: number;
  /** The hostname of the route that the request has; none when the route names none. */
  readonly hostname?: string;
  /** The number of the rule in its route. */
  readonly rule: number;
  readonly rank: MatchRank;
}

/** Where and how routes compete. */
export interface PrecedenceOptions {
  /** The hostname of the listener that all of them are attached to; none takes every host. */
  readonly listenerHostname?: string;
  /**
   * Whether hostnames are compared as the routes write them when they come to the same on the listener: the feature
   * GatewayRouteHostnameIntersectionPrecedence.
   */
  readonly originalHostnames?: boolean;
}

/**
 * Which of two matches of one request goes first, as a sort asks: by hostname, rank, age, `namespace/name`, and order in the route. It is 0 only for
 * matches of one rule.
 */
export function comparePrecedence(a: Contender, b: Contender, { listenerHostname, originalHostnames = false }: PrecedenceOptions = {}): number {
  const onListener = ({ hostname }: Contender) => intersect(listenerHostname, hostname)?.host;
  return compareHostnames(onListener(a), onListener(b))
    || (originalHostnames ? compareHostnames(a.hostname, b.hostname) : 0)
    || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
    || compareRanks(a.rank, b.rank)
    || compareAges(a, b)
    || compareText(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`)
    || a.rule - b.rule;
}

/** Which of two ranks of matches of one kind goes first. */
export function compareRanks(a: MatchRank, b: MatchRank): number {
  const n = a.findIndex((count, i) => count !== b[i]);
  return n < 0 ? 0 : b[n] - a[n];
}

function compareAges({ created: a = Infinity }: Contender, { created: b = Infinity }: Contender): number {
  return a === b ? 0 : a - b;
}

/** By code units, as Go compares. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
