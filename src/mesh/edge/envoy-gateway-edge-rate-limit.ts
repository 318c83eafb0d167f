import { EdgeRateLimit, RateLimitKey } from './edge-rate-limit';
import { checkRateLimits } from './edge-rate-limit-checks';
import { EdgeGateway } from './gateway-edge-enforcement';
import type { RateLimitRule } from '../../envoy-gateway/backend-traffic-policy';
import { HttpPathMatch, HttpPathMatchType } from '../../gateway-api/http-path-match';
import { checkAtMost } from '../../semantics/lists';

type Selector = NonNullable<RateLimitRule['clientSelectors']>[number];

/** The most rules that a policy takes. */
export const MAX_LOCAL_RULES = 16;
export const MAX_GLOBAL_RULES = 256;

const MAX_VALUE = 1024;
/** Every address, by family. */
const FAMILIES = ['0.0.0.0/0', '::/0'];

/**
 * The limits as rules of Envoy Gateway.
 *
 * @param shared whether the routes for which a policy holds count together
 */
export function envoyGatewayRules(gateway: EdgeGateway, limits: EdgeRateLimit[], most: number, shared?: boolean): RateLimitRule[] {
  checkRateLimits(gateway, limits);
  const rules = limits.flatMap(limit => rulesOf(limit, shared));
  checkAtMost(most, rules.length, `rules for the rate limits of gateway '${gateway.name}', of which one for each address needs two`, 'have fewer limits');
  return rules;
}

function rulesOf(limit: EdgeRateLimit, shared: boolean | undefined): RateLimitRule[] {
  const selector = selectorOf(limit);
  const selectors = limit.each === RateLimitKey.ADDRESS ? FAMILIES.map(value => ({ ...selector, sourceCIDR: { type: 'Distinct' as const, value } })) : [selector];
  return selectors.map(one => ({ clientSelectors: [one], limit: { requests: limit.requests, unit: limit.per }, shared, xRateLimitHeaders: 'Off' }));
}

function selectorOf({ path, method, headers = {}, each }: EdgeRateLimit): Selector {
  const given = Object.entries(headers).map(([name, value]) => {
    checkAtMost(MAX_VALUE, [...value].length, `characters of the value of header '${name}' of a rate limit`, 'Envoy Gateway takes no more');
    return { name, value };
  });
  const counted = [...given, ...each?._header === undefined ? [] : [{ type: 'Distinct' as const, name: each._header }]];
  return {
    // A rule without any condition would count only what no other rule does.
    path: path === undefined ? { type: 'PathPrefix', value: '/' } : pathOf(path),
    methods: method && [{ value: method }],
    headers: counted.length > 0 ? counted : undefined,
  };
}

/** Envoy compares the query as well, but for prefixes. */
function pathOf({ type, value }: HttpPathMatch): Selector['path'] {
  switch (type) {
    case HttpPathMatchType.PATH_PREFIX: return { type: 'PathPrefix', value };
    case HttpPathMatchType.EXACT: return { type: 'RegularExpression', value: withQuery(value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')) };
    default: return { type: 'RegularExpression', value: withQuery(value) };
  }
}

function withQuery(expression: string): string {
  const whole = `(?:${expression})(?:\\?.*)?`;
  checkAtMost(MAX_VALUE, whole.length, 'characters of the expression for the path of a rate limit', 'Envoy Gateway takes no more');
  return whole;
}
