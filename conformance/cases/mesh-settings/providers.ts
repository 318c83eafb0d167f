import { Duration, Size } from 'cdk8s';
import {
  AccessLogFormat, ExtensionProvider, OpenTelemetryExport, ProviderHeader, ProviderService, ResourceDetector, ServiceAttributeEnrichment,
  ZipkinTraceContext,
} from 'cdk8s-mesh';

const service = (name: string, port: number) => ProviderService.serviceName(name, 'observability', port);

export const OPENTELEMETRY = ExtensionProvider.opentelemetry('otel', {
  service: service('otel', 4318),
  maxTagLength: 100,
  exporter: OpenTelemetryExport.http({
    path: '/v1/traces',
    timeout: Duration.millis(1500),
    headers: [ProviderHeader.value('x-team', 'shop'), ProviderHeader.env('authorization', 'OTEL_TOKEN')],
  }),
  resourceDetectors: [ResourceDetector.ENVIRONMENT, ResourceDetector.DYNATRACE],
  serviceAttributeEnrichment: ServiceAttributeEnrichment.OTEL_SEMANTIC_CONVENTIONS,
  dynatraceSampler: {
    tenant: 'abc',
    clusterId: 17,
    rootSpansPerMinute: 500,
    httpService: { service: ProviderService.host('abc.live.dynatrace.com', 443), http: { path: '/api', timeout: Duration.seconds(2) } },
  },
});

export const JSON_LOG = ExtensionProvider.envoyFileAccessLog('json', {
  path: '/dev/stderr', logFormat: AccessLogFormat.labels({ status: '%RESPONSE_CODE%', peer: { id: '%DOWNSTREAM_PEER_URI_SAN%' } }), omitEmptyValues: true,
});

const COMMON = { timeout: Duration.millis(500), failOpen: true, clearRouteCache: true, statusOnError: 503 };

/** Every kind of provider, with every option. */
export const PROVIDERS = [
  ExtensionProvider.envoyExtAuthzHttp('oauth2-proxy', {
    ...COMMON,
    service: ProviderService.serviceName('oauth2-proxy', 'auth', 4180),
    pathPrefix: '/check',
    includeRequestHeadersInCheck: ['cookie', 'x-auth-*'],
    includeAdditionalHeadersInCheck: { 'x-from': 'mesh' },
    includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(8), allowPartialMessage: true },
    headersToUpstreamOnAllow: ['authorization', '*-user'],
    headersToDownstreamOnDeny: ['set-cookie'],
    headersToDownstreamOnAllow: ['set-cookie'],
  }),
  ExtensionProvider.envoyExtAuthzGrpc('opa', {
    ...COMMON,
    service: ProviderService.host('opa.example.com', 9191, 'auth'),
    includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(8), allowPartialMessage: true, packAsBytes: true },
  }),
  ExtensionProvider.zipkin('zipkin', {
    service: service('zipkin', 9411),
    maxTagLength: 100,
    enable64bitTraceId: true,
    path: '/spans',
    timeout: Duration.seconds(2),
    traceContextOption: ZipkinTraceContext.USE_B3_WITH_W3C_PROPAGATION,
    headers: [ProviderHeader.value('x-team', 'shop')],
  }),
  ExtensionProvider.datadog('datadog', { service: service('datadog', 8126), maxTagLength: 100 }),
  ExtensionProvider.skywalking('skywalking', { service: service('skywalking', 11800), accessToken: 'secret' }),
  OPENTELEMETRY,
  ExtensionProvider.opentelemetry('otel-grpc', {
    service: service('otel', 4317),
    exporter: OpenTelemetryExport.grpc({ timeout: Duration.seconds(1), initialMetadata: [ProviderHeader.value('x-team', 'shop')] }),
  }),
  ExtensionProvider.googleCloud('google', { maxTagLength: 100, loggingLabels: { path: 'request.url_path' } }),
  ExtensionProvider.prometheusMetrics('metrics'),
  JSON_LOG,
  ExtensionProvider.envoyFileAccessLog('text', { logFormat: AccessLogFormat.text('%RESPONSE_CODE%') }),
  ExtensionProvider.envoyHttpAls('http-als', {
    service: service('als', 9000),
    logName: 'http',
    filterStateObjectsToLog: ['state'],
    additionalRequestHeadersToLog: ['x-user'],
    additionalResponseHeadersToLog: ['x-cache'],
    additionalResponseTrailersToLog: ['grpc-status'],
  }),
  ExtensionProvider.envoyTcpAls('tcp-als', { service: service('als', 9000), logName: 'tcp', filterStateObjectsToLog: ['state'] }),
  ExtensionProvider.envoyOtelAls('otel-als', {
    service: service('otel', 4317), logName: 'otel', logFormat: { text: '%RESPONSE_CODE%', labels: { status: '%RESPONSE_CODE%' } },
  }),
  ExtensionProvider.sds('vault', ProviderService.serviceName('sds', 'vault', 8443)),
];

/** What stands in the same place as something above. */
export const ALTERNATIVE_PROVIDERS = [
  ExtensionProvider.zipkin('zipkin-token', { service: service('zipkin', 9411), headers: [ProviderHeader.env('authorization', 'TOKEN')] }),
  ExtensionProvider.opentelemetry('otel-token', {
    service: service('otel', 4317),
    exporter: OpenTelemetryExport.grpc({ initialMetadata: [ProviderHeader.env('authorization', 'TOKEN')] }),
    dynatraceSampler: {
      tenant: 'abc',
      clusterId: 17,
      httpService: {
        service: ProviderService.host('abc.live.dynatrace.com', 443),
        http: { path: '/api', headers: [ProviderHeader.env('authorization', 'TOKEN'), ProviderHeader.value('x-team', 'shop')] },
      },
    },
  }),
];
