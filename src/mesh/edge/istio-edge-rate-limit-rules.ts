import { EdgeScope } from './edge-hosts';
import { EdgeRateLimit, RateLimitUnit } from './edge-rate-limit';
import { checkRateLimits } from './edge-rate-limit-checks';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { AUTHORITY, HostPatterns, hostPatterns, literal } from './istio-edge-host-match';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { checkRe2Pattern } from '../../istio/re2-pattern';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';

/** An entry of a descriptor; without value, each value that comes counts by itself. */
export interface RateLimitEntry {
  readonly key: string;
  readonly value?: string;
}

/** A limit for one host: what Envoy makes of a request that fulfils it, and what counters know it by. Both come from here, so that they agree. */
export interface RateLimitRule {
  /** As `actions` of a RateLimit of Envoy's routes. */
  readonly actions: object[];
  readonly entries: RateLimitEntry[];
  readonly requests: number;
  readonly per: RateLimitUnit;
}

/** The key by which a rule is told from the others. */
const RULE = 'limit';
const ADDRESS = 'remote_address';

/** The rules of each host, which count by themselves; asked when all hosts are known. */
export function rateLimitRules(gateway: IstioEdgeGateway, { hosts }: EdgeScope, limits: readonly EdgeRateLimit[]): () => RateLimitRule[] {
  checkRateLimits(gateway, limits);
  limits.forEach(({ path }) => path?.type === HttpPathMatchType.REGULAR_EXPRESSION && checkRe2Pattern(path.value, 'path of a rate limit'));
  return () => {
    const all = gateway.hosts();
    const named = new Set(hosts ?? all.filter(seesRequests).map(({ hostname }) => hostname));
    return [...named].flatMap(host => limits.map((limit, index) => ruleOf(limit, `${host}/${index + 1}`, hostPatterns(host, all))));
  };
}

function seesRequests({ protocol }: GatewayHost): boolean {
  return protocol === GatewayHostProtocol.HTTPS || protocol === GatewayHostProtocol.HTTP;
}

function ruleOf({ path, method, headers = {}, each, requests, per }: EdgeRateLimit, value: string, { pattern, others }: HostPatterns): RateLimitRule {
  const conditions = [
    matches(AUTHORITY, pattern),
    ...others.map(other => ({ ...matches(AUTHORITY, other), invert_match: true })),
    ...path === undefined ? [] : [matches(':path', pathPattern(path))],
    ...method === undefined ? [] : [{ name: ':method', string_match: { exact: method } }],
    ...Object.entries(headers).map(([name, exact]) => ({ name: name.toLowerCase(), string_match: { exact } })),
  ];
  const counted = {
    actions: [{ header_value_match: { descriptor_key: RULE, descriptor_value: value, headers: conditions } }], entries: [{ key: RULE, value }],
  };
  if (each === undefined) {
    return { ...counted, requests, per };
  }
  const { _header: header } = each;
  const key = header === undefined ? { remote_address: {} } : { request_headers: { header_name: header, descriptor_key: header } };
  return {
    actions: [...counted.actions, key],
    entries: [...counted.entries, { key: header ?? ADDRESS }],
    requests,
    per,
  };
}

function matches(name: string, regex: string): object {
  return { name, string_match: { safe_regex: { regex } } };
}

/** The pattern of a path with its query, which Envoy compares as a whole. */
export function pathPattern({ type, value }: HttpPathMatch): string {
  switch (type) {
    case HttpPathMatchType.EXACT: return `${literal(value)}(\\?.*)?`;
    case HttpPathMatchType.PATH_PREFIX: return `${literal(value.replace(/\/$/, ''))}([/?].*)?`;
    default: return `(?:${value})(\\?.*)?`;
  }
}
