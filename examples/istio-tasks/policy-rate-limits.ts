import { Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { EnvoyFilter, EnvoyListenerMatch, EnvoyPatch, EnvoyRouteMatch, WorkloadSelector } from 'cdk8s-mesh';

const LOCAL = 'envoy.filters.http.local_ratelimit';
const LOCAL_TYPE = 'type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';
const ROUTER = 'envoy.filters.http.router';
const PRODUCTPAGE = WorkloadSelector.labels({ app: 'productpage' });
const FULL = { numerator: 100, denominator: 'HUNDRED' };

function localLimit(maxTokens: number) {
  return {
    '@type': LOCAL_TYPE,
    'stat_prefix': 'http_local_rate_limiter',
    'token_bucket': { max_tokens: maxTokens, tokens_per_fill: maxTokens, fill_interval: '60s' },
    'filter_enabled': { runtime_key: 'local_rate_limit_enabled', default_value: FULL },
    'filter_enforced': { runtime_key: 'local_rate_limit_enforced', default_value: FULL },
    'response_headers_to_add': [{ append_action: 'OVERWRITE_IF_EXISTS_OR_ADD', header: { key: 'x-local-rate-limit', value: 'true' } }],
  };
}

/** Each pod takes so many requests in a minute; without a priority, the order of such filters would be that of their creation. */
export function localRateLimit(chart: Chart): void {
  new EnvoyFilter(chart, 'Limit', {
    metadata: { name: 'filter-local-ratelimit-svc' },
    workloadSelector: PRODUCTPAGE,
    priority: 10,
    configPatches: [
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound()).insertBefore(ROUTER, { name: LOCAL, typed_config: localLimit(10) }),
    ],
  });
}

/** The same for one port only: the filter is there for all of them, its limit for the routes of one. */
export function localRateLimitPerRoute(chart: Chart): void {
  new EnvoyFilter(chart, 'Limit', {
    metadata: { name: 'filter-local-ratelimit-svc' },
    workloadSelector: PRODUCTPAGE,
    priority: 10,
    configPatches: [
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound()).insertBefore(ROUTER, {
        name: LOCAL, typed_config: { '@type': LOCAL_TYPE, 'stat_prefix': 'http_local_rate_limiter' },
      }),
      EnvoyPatch.httpRoute(EnvoyRouteMatch.sidecarInbound({ vhost: { name: 'inbound|http|9080' } })).merge({
        typed_per_filter_config: { [LOCAL]: localLimit(10) },
      }),
    ],
  });
}

/** What the service that counts for all gateways allows: so many requests to the product page, and more to other paths. */
const LIMITS = `domain: ratelimit
descriptors:
  - key: PATH
    value: "/productpage"
    rate_limit:
      unit: minute
      requests_per_unit: 1
  - key: PATH
    rate_limit:
      unit: minute
      requests_per_unit: 100
`;

/** All gateways together take so many requests: they ask a service that counts. */
export function globalRateLimit(chart: Chart): void {
  new ConfigMap(chart, 'Limits', { metadata: { name: 'ratelimit-config' }, data: { 'config.yaml': LIMITS } });
  const workloadSelector = WorkloadSelector.labels({ istio: 'ingressgateway' });
  new EnvoyFilter(chart, 'Ask', {
    metadata: { name: 'filter-ratelimit', namespace: 'istio-system' },
    workloadSelector,
    priority: 10,
    configPatches: [
      EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).insertBefore(ROUTER, {
        name: 'envoy.filters.http.ratelimit',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
          'domain': 'ratelimit',
          'failure_mode_deny': true,
          'timeout': '10s',
          'rate_limit_service': {
            grpc_service: {
              envoy_grpc: {
                cluster_name: `outbound|8081||ratelimit.${chart.namespace}.svc.cluster.local`,
                authority: `ratelimit.${chart.namespace}.svc.cluster.local`,
              },
            },
            transport_api_version: 'V3',
          },
        },
      }),
    ],
  });
  new EnvoyFilter(chart, 'Describe', {
    metadata: { name: 'filter-ratelimit-svc', namespace: 'istio-system' },
    workloadSelector,
    configPatches: [
      EnvoyPatch.virtualHost(EnvoyRouteMatch.gateway()).merge({
        rate_limits: [{ actions: [{ request_headers: { header_name: ':path', descriptor_key: 'PATH' } }] }],
      }),
    ],
  });
}
