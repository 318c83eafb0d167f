import { Gate } from '../semantics/gate';
import { IstioVersion } from '../semantics/istio-version';
import { formatPlace } from '../semantics/place';

/** Since which release a setting is there, by its path; what is not here is in all of them. */
const SINCE: { readonly [path: string]: IstioVersion } = {
  'defaultConfig.privateKeyProvider.cryptomb.fallback': IstioVersion.V1_21,
  'defaultConfig.privateKeyProvider.qat.fallback': IstioVersion.V1_21,
  'inboundTrafficPolicy': IstioVersion.V1_22,
  'extensionProviders[].opentelemetry.http': IstioVersion.V1_22,
  'extensionProviders[].opentelemetry.resourceDetectors': IstioVersion.V1_22,
  'extensionProviders[].opentelemetry.dynatraceSampler': IstioVersion.V1_22,
  'extensionProviders[].opentelemetry.grpc': IstioVersion.V1_24,
  'extensionProviders[].zipkin.path': IstioVersion.V1_24,
  'defaultConfig.proxyHeaders.setCurrentClientCertDetails': IstioVersion.V1_24,
  'extensionProviders[].envoyExtAuthzHttp.clearRouteCache': IstioVersion.V1_25,
  'extensionProviders[].envoyExtAuthzGrpc.clearRouteCache': IstioVersion.V1_25,
  'defaultConfig.proxyHeaders.preserveHttp1HeaderCase': IstioVersion.V1_25,
  'defaultConfig.tracing.enableIstioTags': IstioVersion.V1_25,
  'extensionProviders[].envoyFileAccessLog.omitEmptyValues': IstioVersion.V1_26,
  'extensionProviders[].opentelemetry.http.headers[].envName': IstioVersion.V1_26,
  'extensionProviders[].opentelemetry.grpc.initialMetadata[].envName': IstioVersion.V1_26,
  'extensionProviders[].opentelemetry.dynatraceSampler.httpService.http.headers[].envName': IstioVersion.V1_26,
  'extensionProviders[].sds': IstioVersion.V1_27,
  'serviceScopeConfigs': IstioVersion.V1_27,
  'extensionProviders[].zipkin.traceContextOption': IstioVersion.V1_28,
  'defaultConfig.proxyHeaders.xForwardedHost': IstioVersion.V1_28,
  'defaultConfig.proxyHeaders.xForwardedPort': IstioVersion.V1_28,
  'extensionProviders[].zipkin.headers': IstioVersion.V1_29,
  'extensionProviders[].zipkin.timeout': IstioVersion.V1_29,
  'hboneIdleTimeout': IstioVersion.V1_29,
  'defaultConfig.fileFlushInterval': IstioVersion.V1_29,
  'defaultConfig.fileFlushMinSizeKb': IstioVersion.V1_29,
  'defaultConfig.statsCompression': IstioVersion.V1_29,
  'extensionProviders[].opentelemetry.serviceAttributeEnrichment': IstioVersion.V1_30,
  'outboundTrafficPolicy.mode=ALLOW_ANY_DYNAMIC_DNS': IstioVersion.V1_30,
  'defaultTrafficPolicy': IstioVersion.V1_31,
  'serviceEntryVisibility': IstioVersion.V1_31,
  'zoneAwareLbSetting': IstioVersion.V1_31,
  'defaultConfig.connectionSettings': IstioVersion.V1_31,
};

/** Refuses settings that a release does not know: istiod would drop them in silence. */
export function checkMeshConfigSince(config: object, version: IstioVersion): void {
  const order = Object.values(IstioVersion);
  const later = Object.entries(SINCE).filter(([, since]) => order.indexOf(since) > order.indexOf(version));
  const [met] = new Gate(later.map(([path, why]) => ({ path, why }))).meet(config);
  if (met) {
    const place = formatPlace('', met.place).replace(/^spec\.?/, '');
    throw new Error(`${place} of the mesh is not in Istio ${version}: it is there since ${met.barrier.why}; leave it out, or declare the version of the mesh`);
  }
}
