import { ApiObject, Lazy, Yaml } from 'cdk8s';
import { EdgeScope } from './edge-hosts';
import { EdgeGlobalRateLimitOptions } from './edge-rate-limit';
import { addEdgeFilter, EdgeFilterPriority } from './istio-edge-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { RateLimitRule, rateLimitRules } from './istio-edge-rate-limit-rules';
import { requireRelease } from './istio-edge-release';
import { ProviderService } from '../../istio/extension-provider-service';
import { IstioVersion } from '../../semantics/istio-version';
import { ExternalAuthorization } from '../calls/external-authorization';
import { patternLabels } from '../pattern-labels';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit';
/** Envoy's own 20 ms would refuse requests whenever the service is busy. */
const TIMEOUT = '1s';
const UNAVAILABLE = { code: 'ServiceUnavailable' };
const SERVICE_HOST = /^[^.]+\.([^.]+)\.svc\./;

/** A descriptor as the configuration of envoyproxy/ratelimit has it. */
interface Descriptor {
  readonly key: string;
  readonly value?: string;
  readonly descriptors?: Descriptor[];
  readonly rate_limit?: object;
}

/** Has proxies ask a service that counts for all of them, and writes for it what it counts. */
export function istioEdgeGlobalRateLimit(
  gateway: IstioEdgeGateway, scope: EdgeScope, service: ProviderService, { limits, failOpen = false, limiter }: EdgeGlobalRateLimitOptions,
): void {
  requireRelease(gateway, IstioVersion.V1_28, 'limit rates together', 'upgrade the mesh');
  service._requireGrpc('a rate limit service');
  const rules = rateLimitRules(gateway, scope, limits);
  const host = service.address.replace(/^.*\//, '');
  const home = limiter?.clientNamespace.name ?? SERVICE_HOST.exec(host)?.[1] ?? gateway.namespace.name;
  const name = home === gateway.namespace.name ? scope.name : `${gateway.namespace.name}-${scope.name}`;
  const domain = `${gateway.namespace.name}/${scope.name}`;
  addEdgeFilter(gateway, scope, EdgeFilterPriority.GLOBAL_RATE_LIMIT, {
    '@type': TYPE,
    domain,
    'stat_prefix': scope.name,
    'timeout': TIMEOUT,
    'failure_mode_deny': !failOpen,
    'status_on_error': UNAVAILABLE,
    'rate_limited_as_resource_exhausted': true,
    'rate_limit_service': {
      // The name of the cluster, which Envoy would take for it, is no authority, and a proxy before the service refuses it.
      grpc_service: { envoy_grpc: { cluster_name: `outbound|${service.port}||${host}`, authority: host }, timeout: TIMEOUT },
      transport_api_version: 'V3',
    },
    'rate_limits': Lazy.any({ produce: () => rules().map(({ actions }) => ({ actions })) }),
  });
  const configuration = () => Yaml.stringify({ domain, descriptors: rules().map(descriptorOf) });
  new ApiObject(gateway.scope, `${scope.id}Limits`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: home, labels: patternLabels('meshed-gateway', gateway.name) },
    data: { [`${name}.yaml`]: Lazy.any({ produce: configuration }) },
  });
  if (limiter !== undefined) {
    ExternalAuthorization._letAsk(gateway.client, limiter);
  }
}

/** The entries inside of each other, with the limit in the innermost. */
function descriptorOf({ entries: [first, ...others], requests, per }: RateLimitRule): Descriptor {
  const limit = { rate_limit: { unit: per.toLowerCase(), requests_per_unit: requests } };
  return { ...first, ...others.length === 0 ? limit : { descriptors: [{ ...others[0], ...limit }] } };
}
