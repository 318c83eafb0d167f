import { App, Chart } from 'cdk8s';
import * as extensibility from './extensibility';
import * as observability from './observability';
import * as limits from './policy-rate-limits';
import * as authentication from './security-authentication';
import * as authorization from './security-authorization';
import * as egress from './traffic-egress';
import * as egressGateways from './traffic-egress-gateways';
import * as ingress from './traffic-ingress';
import * as policies from './traffic-policies';
import * as routing from './traffic-routing';

/** Tasks of istio.io by name. */
export const TASKS: { readonly [name: string]: (chart: Chart) => void } = {
  'request-routing': routing.requestRouting,
  'fault-injection-delay': routing.faultInjectionDelay,
  'fault-injection-abort': routing.faultInjectionAbort,
  'traffic-shifting': routing.trafficShifting,
  'tcp-traffic-shifting': routing.tcpTrafficShifting,
  'request-timeouts': routing.requestTimeouts,
  'mirroring': routing.mirroring,
  'circuit-breaking': policies.circuitBreaking,
  'locality-failover': policies.localityFailover,
  'locality-weighted-distribution': policies.localityWeightedDistribution,
  'ingress-gateway': ingress.ingressGateway,
  'ingress-gateway-wildcard': ingress.ingressGatewayWildcard,
  'secure-gateway': ingress.secureGateway,
  'secure-gateway-several-hosts': ingress.secureGatewaySeveralHosts,
  'secure-gateway-mutual': ingress.secureGatewayMutual,
  'ingress-sni-passthrough': ingress.ingressSniPassthrough,
  'egress-http': egress.egressHttp,
  'egress-https': egress.egressHttps,
  'egress-timeout': egress.egressTimeout,
  'egress-tls-origination': egress.egressTlsOrigination,
  'egress-tls-origination-mutual': egress.egressTlsOriginationMutual,
  'egress-wildcard': egress.egressWildcard,
  'egress-kubernetes-service': egress.egressKubernetesService,
  'egress-https-proxy': egress.egressHttpsProxy,
  'egress-gateway-http': egressGateways.egressGatewayHttp,
  'egress-gateway-tls': egressGateways.egressGatewayTls,
  'egress-gateway-tls-origination': egressGateways.egressGatewayTlsOrigination,
  'egress-gateway-mutual-tls-origination': egressGateways.egressGatewayMutualTlsOrigination,
  'egress-gateway-wildcard': egressGateways.egressGatewayWildcard,
  'mutual-tls-mesh': authentication.mutualTlsMesh,
  'mutual-tls-namespace': authentication.mutualTlsNamespace,
  'mutual-tls-workload': authentication.mutualTlsWorkload,
  'mutual-tls-port': authentication.mutualTlsPort,
  'mutual-tls-migration': authentication.mutualTlsMigration,
  'jwt-authentication': authentication.jwtAuthentication,
  'jwt-required': authentication.jwtRequired,
  'jwt-required-per-path': authentication.jwtRequiredPerPath,
  'jwt-claim-to-headers': authentication.jwtClaimToHeaders,
  'jwt-claim-routing': authentication.jwtClaimRouting,
  'minimum-tls-version': authentication.minimumTlsVersion,
  'authorization-http': authorization.authorizationHttp,
  'authorization-tcp': authorization.authorizationTcp,
  'authorization-jwt': authorization.authorizationJwt,
  'authorization-deny': authorization.authorizationDeny,
  'ingress-allow-list': authorization.ingressAllowList,
  'ingress-deny-list': authorization.ingressDenyList,
  'external-authorization': authorization.externalAuthorization,
  'authorization-dry-run': authorization.authorizationDryRun,
  'trust-domain-migration': authorization.trustDomainMigration,
  'local-rate-limit': limits.localRateLimit,
  'local-rate-limit-per-route': limits.localRateLimitPerRoute,
  'global-rate-limit': limits.globalRateLimit,
  'access-logs': observability.accessLogs,
  'access-log-filter': observability.accessLogFilter,
  'access-logs-off': observability.accessLogsOff,
  'access-logs-opentelemetry': observability.accessLogsOpenTelemetry,
  'trace-sampling': observability.traceSampling,
  'trace-tags': observability.traceTags,
  'traces-opentelemetry': observability.tracesOpenTelemetry,
  'metric-tags': observability.metricTags,
  'metric-tag-removal': observability.metricTagRemoval,
  'metric-removal': observability.metricRemoval,
  'metric-reporting-interval': observability.metricReportingInterval,
  'metric-classification': observability.metricClassification,
  'wasm-module': extensibility.wasmModule,
  'lua-script': extensibility.luaScript,
};

/** A chart for each task, in a namespace of its own that has its name and the sample applications that it needs. */
export function makeTasks(app: App, names = Object.keys(TASKS)): Chart[] {
  return names.map(name => {
    const chart = new Chart(app, name, { namespace: name });
    TASKS[name](chart);
    return chart;
  });
}
