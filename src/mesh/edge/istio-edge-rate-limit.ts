import { Lazy } from 'cdk8s';
import { EdgeScope } from './edge-hosts';
import { EdgeLocalRateLimitOptions, RateLimitUnit } from './edge-rate-limit';
import { addEdgeFilter, EdgeFilterPriority } from './istio-edge-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { RateLimitRule, rateLimitRules } from './istio-edge-rate-limit-rules';
import { requireRelease } from './istio-edge-release';
import { IstioVersion } from '../../semantics/istio-version';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';
const SECONDS = { [RateLimitUnit.SECOND]: 1, [RateLimitUnit.MINUTE]: 60, [RateLimitUnit.HOUR]: 3600, [RateLimitUnit.DAY]: 86400 };
/** What nothing counts passes, as many as there may be. */
const UNLIMITED = bucketOf(2 ** 32 - 1, RateLimitUnit.SECOND);
/** Of how many addresses, or values of a header, each proxy knows the count; of more it forgets those that it has not seen for longest. */
const MOST_COUNTED = 10_000;
const ALWAYS = { default_value: { numerator: 100, denominator: 'HUNDRED' } };

/** Has each proxy count by itself. */
export function istioEdgeRateLimit(gateway: IstioEdgeGateway, scope: EdgeScope, { limits }: EdgeLocalRateLimitOptions): void {
  requireRelease(gateway, IstioVersion.V1_26, 'limit rates', 'upgrade the mesh');
  const rules = rateLimitRules(gateway, scope, limits);
  addEdgeFilter(gateway, scope, EdgeFilterPriority.RATE_LIMIT, {
    '@type': TYPE,
    'stat_prefix': scope.name,
    'filter_enabled': ALWAYS,
    'filter_enforced': ALWAYS,
    'token_bucket': UNLIMITED,
    'always_consume_default_token_bucket': false,
    'max_dynamic_descriptors': MOST_COUNTED,
    'rate_limited_as_resource_exhausted': true,
    'rate_limits': Lazy.any({ produce: () => rules().map(({ actions }) => ({ actions })) }),
    'descriptors': Lazy.any({ produce: () => rules().map(descriptorOf) }),
  });
}

function descriptorOf({ entries, requests, per }: RateLimitRule): object {
  return { entries, token_bucket: bucketOf(requests, per) };
}

function bucketOf(requests: number, per: RateLimitUnit): object {
  return { max_tokens: requests, tokens_per_fill: requests, fill_interval: `${SECONDS[per]}s` };
}
