import { FlaggerAnalysis } from './flagger-analysis';
import { flaggerDuration } from './flagger-duration';
import { FlaggerLoadBalancer } from './flagger-load-balancer';
import { FlaggerAnalysisMatch, FlaggerServiceMatch, FlaggerStringMatch } from './flagger-match';
import { FlaggerService } from './flagger-service';
import { FlaggerTrafficPolicy } from './flagger-traffic-policy';
import { MirrorOptions } from '../gateway-api/mirror';
import type {
  CanarySpecAnalysis, CanarySpecAnalysisMatch, CanarySpecService, CanarySpecServiceMatch, CanarySpecServiceMirror, CanarySpecServiceTrafficPolicy,
  CanarySpecServiceTrafficPolicyLoadBalancer,
} from '../imports/flagger.app';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** Writes the Services and the route that Flagger makes. */
export function serviceManifest(
  service: FlaggerService, mirrorOf: (mirror: MirrorOptions) => Manifest<CanarySpecServiceMirror>,
): Manifest<CanarySpecService> {
  const { rewrite, retries, corsPolicy } = service;
  if (service.targetPort !== undefined && service.targetPortName !== undefined) {
    throw new Error(`the service takes either targetPort or targetPortName, got ${service.targetPort} and '${service.targetPortName}'`);
  }
  return {
    name: service.name,
    port: checkPort(service.port, 'port of the service'),
    portName: service.portName,
    appProtocol: service.appProtocol,
    trafficDistribution: service.trafficDistribution,
    targetPort: service.targetPort === undefined ? service.targetPortName : checkPort(service.targetPort, 'targetPort of the service'),
    portDiscovery: service.portDiscovery,
    headless: service.headless,
    timeout: service.timeout && formatDuration(service.timeout, 'timeout of the service'),
    backendTimeout: service.backendTimeout && formatDuration(service.backendTimeout, 'backendTimeout of the service'),
    meshName: service.meshName,
    backends: service.backends,
    hosts: service.hosts,
    delegation: service.delegation,
    match: service.matches?.map(serviceMatch),
    retries: retries && {
      attempts: retries.attempts,
      perTryTimeout: retries.perTryTimeout && formatDuration(retries.perTryTimeout, 'perTryTimeout of the service'),
      retryOn: retries.retryOn,
    },
    rewrite: rewrite && { uri: rewrite.uri, authority: rewrite.authority, type: rewrite.type },
    mirror: service.mirrors?.map(mirrorOf),
    headers: service.headers,
    gateways: service.gateways,
    gatewayRefs: service.gatewayRefs?.map(({ _reference: { group, kind, name, namespace, sectionName, port } }) =>
      ({ group, kind, name, namespace, sectionName, port })),
    corsPolicy: corsPolicy && {
      ...corsPolicy,
      allowOrigins: corsPolicy.allowOrigins?.map(origin => origin._toKube('an origin')),
      maxAge: corsPolicy.maxAge && formatDuration(corsPolicy.maxAge, 'maxAge of corsPolicy'),
    },
    trafficPolicy: service.trafficPolicy && trafficPolicy(service.trafficPolicy),
    apex: service.apex,
    primary: service.primary,
    canary: service.canary,
    unmanagedMetadata: service.unmanagedMetadata,
  };
}

/** Writes how a canary is judged. */
export function analysisManifest({ _way, _options }: FlaggerAnalysis): Manifest<CanarySpecAnalysis> {
  const { interval, threshold, matches, metrics, webhooks, alerts, sessionAffinity } = _options;
  return {
    interval: flaggerDuration(interval, 'interval of an analysis'),
    threshold,
    ..._way,
    stepWeightPromotion: _options.stepWeightPromotion,
    mirror: _options.mirror,
    mirrorWeight: _options.mirrorWeight,
    primaryReadyThreshold: _options.primaryReadyThreshold,
    canaryReadyThreshold: _options.canaryReadyThreshold,
    match: matches?.map(analysisMatch),
    metrics: metrics?.map(metric => metric._toKube()),
    webhooks: webhooks?.map(({ name, url, type, timeout, retries, muteAlert, disableTls, metadata }) => ({
      name, url, type, timeout: timeout && flaggerDuration(timeout, `timeout of webhook '${name}'`), retries, muteAlert, disableTLS: disableTls, metadata,
    })),
    alerts: alerts?.map(({ name, provider, severity }) => ({ name, severity, providerRef: { name: provider.name, namespace: provider.namespace } })),
    sessionAffinity: sessionAffinity && { ...sessionAffinity, maxAge: sessionAffinity.maxAge?.toSeconds() },
  } as Manifest<CanarySpecAnalysis>;
}

type Text = ReturnType<FlaggerStringMatch['_toKube']>;

function texts(
  values: { readonly [key: string]: FlaggerStringMatch } | undefined, what: string, takesSuffix = false,
): { [key: string]: Text } | undefined {
  return values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value._toKube(`${what} '${name}'`, takesSuffix)]));
}

function serviceMatch(match: FlaggerServiceMatch): Manifest<CanarySpecServiceMatch> {
  return {
    name: match.name,
    uri: match.uri?._toKube('uri'),
    scheme: match.scheme?._toKube('scheme'),
    method: match.method?._toKube('method'),
    authority: match.authority?._toKube('authority'),
    headers: texts(match.headers, 'header'),
    withoutHeaders: texts(match.withoutHeaders, 'header'),
    queryParams: texts(match.queryParams, 'query parameter'),
    port: match.port === undefined ? undefined : checkPort(match.port, 'port of a match'),
    gateways: match.gateways,
    sourceLabels: match.sourceLabels,
    sourceNamespace: match.sourceNamespace,
    ignoreUriCase: match.ignoreUriCase,
  };
}

function analysisMatch({ headers, queryParams, sourceLabels }: FlaggerAnalysisMatch): Manifest<CanarySpecAnalysisMatch> {
  return { headers: texts(headers, 'header', true), queryParams: texts(queryParams, 'query parameter'), sourceLabels };
}

function trafficPolicy(policy: FlaggerTrafficPolicy): Manifest<CanarySpecServiceTrafficPolicy> {
  const { connectionPool: pool, loadBalancer: balancer, outlierDetection: outliers, tls } = policy;
  return {
    connectionPool: pool && { http: { ...pool, idleTimeout: pool.idleTimeout && formatDuration(pool.idleTimeout, 'idleTimeout of a pool') } },
    loadBalancer: balancer && loadBalancer(balancer),
    outlierDetection: outliers && {
      ...outliers,
      baseEjectionTime: outliers.baseEjectionTime && formatDuration(outliers.baseEjectionTime, 'baseEjectionTime of outlierDetection'),
      interval: outliers.interval && formatDuration(outliers.interval, 'interval of outlierDetection'),
    },
    tls,
  };
}

function loadBalancer(balancer: FlaggerLoadBalancer): Manifest<CanarySpecServiceTrafficPolicyLoadBalancer> {
  const { _simple, _key, _minimumRingSize, _options: { locality, warmup } } = balancer;
  const cookie = _key?._key.httpCookie;
  return {
    simple: _simple,
    consistentHash: _key && {
      ..._key._key,
      httpCookie: cookie && { ...cookie, ttl: cookie.ttl && formatDuration(cookie.ttl, 'ttl of a cookie') },
      minimumRingSize: _minimumRingSize,
    },
    localityLbSetting: locality && {
      enabled: locality.enabled,
      distribute: locality.distribute?.map(({ fromLocality, toLocalities }) => ({ from: fromLocality, to: toLocalities })),
      failover: locality.failover?.map(({ fromRegion, toRegion }) => ({ from: fromRegion, to: toRegion })),
    },
    warmupDurationSecs: warmup && formatDuration(warmup, 'warmup'),
  };
}
