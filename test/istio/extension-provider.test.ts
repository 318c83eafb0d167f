import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  AccessLogFormat, ExtensionProvider, OpenTelemetryExport, ProviderHeader, ProviderService, ResourceDetector, ServiceAttributeEnrichment,
  ServiceEntry, ZipkinTraceContext,
} from '../../src';

const service = ProviderService.serviceName('auth', 'shop', 9000);
const AT = { service: 'auth.shop.svc.cluster.local', port: 9000 };
const timeout = Duration.seconds(1);
const written = (provider: ExtensionProvider) => JSON.parse(JSON.stringify(provider._toKube()));
const http = (options: object) => () => ExtensionProvider.envoyExtAuthzHttp('auth', { service, timeout, ...options });

describe('where a provider is', () => {
  test('at a Service of this app, by its only port', () => {
    const chart = new Chart(Testing.app(), 'c', { namespace: 'shop' });
    const own = new Service(chart, 'S', { metadata: { name: 'own' }, ports: [{ port: 80 }] });
    expect(ProviderService.service(own)._toKube()).toEqual({ service: 'own.shop.svc.cluster.local', port: 80 });
    expect(() => ProviderService.service(own, 81)).toThrow("host 'own.shop.svc.cluster.local' has no port 81: it has 80");
  });

  test('at a Service without ports, none is guessed', () => {
    const chart = new Chart(Testing.app(), 'c', { namespace: 'shop' });
    const own = new Service(chart, 'S', { metadata: { name: 'own' }, clusterIP: 'None' });
    expect(() => ProviderService.service(own)).toThrow("service 'own' has no ports yet: pass port");
  });

  test('at a host of a ServiceEntry, in its namespace', () => {
    const entry = ServiceEntry.fromServiceEntryName('opa', { namespace: 'auth', hosts: ['opa.example.com'] });
    expect(ProviderService.serviceEntry(entry, 443)._toKube()).toEqual({ service: 'auth/opa.example.com', port: 443 });
    expect(() => ProviderService.serviceEntry(entry, 443, 'b.example.com')).toThrow("ServiceEntry 'opa' has no host 'b.example.com': it has opa.example.com");
    expect(() => ProviderService.serviceEntry({ name: 'opa' }, 443)).toThrow("ServiceEntry 'opa' is not known to have a single host, it has unknown ones: pass host");
  });

  test('at any host of the registry', () => {
    expect(ProviderService.host('opa.example.com', 443, 'auth').address).toBe('auth/opa.example.com');
    expect(ProviderService.host('opa.example.com', 443).port).toBe(443);
    expect(() => ProviderService.host('opa', 443)).toThrow("host of a provider must be fully qualified, got 'opa': use ProviderService.serviceName");
    expect(() => ProviderService.host('*.example.com', 443)).toThrow('host of a provider');
    expect(() => ProviderService.host('opa.example.com', 0)).toThrow('port of a provider must be between 1 and 65535, got 0');
  });
});

describe('external authorizers', () => {
  test('with HTTP have every field', () => {
    expect(written(ExtensionProvider.envoyExtAuthzHttp('auth', {
      service,
      timeout: Duration.millis(500),
      failOpen: true,
      clearRouteCache: true,
      statusOnError: 503,
      pathPrefix: '/check',
      includeRequestHeadersInCheck: ['cookie', 'x-*'],
      includeAdditionalHeadersInCheck: { 'x-from': 'mesh' },
      includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(1), allowPartialMessage: true },
      headersToUpstreamOnAllow: ['*-user'],
      headersToDownstreamOnDeny: ['set-cookie'],
      headersToDownstreamOnAllow: ['x-ok'],
    }))).toEqual({
      name: 'auth',
      envoyExtAuthzHttp: {
        ...AT,
        timeout: '500ms',
        failOpen: true,
        clearRouteCache: true,
        statusOnError: '503',
        pathPrefix: '/check',
        includeRequestHeadersInCheck: ['cookie', 'x-*'],
        includeAdditionalHeadersInCheck: { 'x-from': 'mesh' },
        includeRequestBodyInCheck: { maxRequestBytes: 1024, allowPartialMessage: true },
        headersToUpstreamOnAllow: ['*-user'],
        headersToDownstreamOnDeny: ['set-cookie'],
        headersToDownstreamOnAllow: ['x-ok'],
      },
    });
  });

  test('with gRPC have every field', () => {
    expect(written(ExtensionProvider.envoyExtAuthzGrpc('opa', {
      service, timeout, includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(1), packAsBytes: true },
    }))).toEqual({ name: 'opa', envoyExtAuthzGrpc: { ...AT, timeout: '1s', includeRequestBodyInCheck: { maxRequestBytes: 1024, packAsBytes: true } } });
  });

  test.each([
    [{ pathPrefix: 'check' }, "pathPrefix must start with '/', got 'check'"],
    [{ statusOnError: 999 }, 'statusOnError must be an HTTP status that Envoy knows, got 999'],
    [{ timeout: Duration.millis(0) }, 'timeout of an external authorizer must be at least 1ms, got 0s'],
    [{ includeRequestHeadersInCheck: ['*'] }, "includeRequestHeadersInCheck must be names of headers, 'prefix*' or '*suffix', got '*', with which istiod refuses every request"],
    [{ headersToUpstreamOnAllow: ['a*b'] }, "headersToUpstreamOnAllow takes '*' at the beginning or at the end, once, got 'a*b'"],
    [{ headersToDownstreamOnDeny: ['a b'] }, 'name in headersToDownstreamOnDeny must be'],
    [{ headersToDownstreamOnAllow: ['a', 'A'] }, "headersToDownstreamOnAllow must differ from each other, got 'A' twice"],
    [{ includeAdditionalHeadersInCheck: { 'a b': 'c' } }, 'name in includeAdditionalHeadersInCheck must be'],
    [{ includeAdditionalHeadersInCheck: { a: '' } }, "value of 'a' in includeAdditionalHeadersInCheck must have"],
    [{ includeRequestBodyInCheck: { maxRequestBytes: Size.kibibytes(0) } }, 'maxRequestBytes must be between 1 and'],
  ])('refuse %j', (options, message) => {
    expect(http(options)).toThrow(message);
  });
});

describe('takers of traces', () => {
  test('Zipkin has every field', () => {
    expect(written(ExtensionProvider.zipkin('z', {
      service,
      maxTagLength: 10,
      enable64bitTraceId: true,
      path: '/spans',
      traceContextOption: ZipkinTraceContext.USE_B3_WITH_W3C_PROPAGATION,
      timeout,
      headers: [ProviderHeader.value('a', 'b'), ProviderHeader.env('c', 'TOKEN')],
    })).zipkin).toEqual({
      ...AT,
      maxTagLength: 10,
      enable64bitTraceId: true,
      path: '/spans',
      traceContextOption: 'USE_B3_WITH_W3C_PROPAGATION',
      timeout: '1s',
      headers: [{ name: 'a', value: 'b' }, { name: 'c', envName: 'TOKEN' }],
    });
    expect(() => ExtensionProvider.zipkin('z', { service, path: 'spans' })).toThrow("path of Zipkin must start with '/', got 'spans'");
    expect(() => ExtensionProvider.zipkin('z', { service, headers: [ProviderHeader.value('a', 'b'), ProviderHeader.value('A', 'b')] }))
      .toThrow("headers of Zipkin must differ from each other, got 'A' twice");
    expect(() => ProviderHeader.env('a', '1')).toThrow("variable of header 'a' must be letters, digits and '_' and start with no digit, got '1'");
    expect(() => ExtensionProvider.zipkin('z', { service, maxTagLength: 0 })).toThrow('maxTagLength must be between 1 and 4294967295, got 0');
  });

  test('Datadog, SkyWalking and Google Cloud', () => {
    expect(written(ExtensionProvider.datadog('d', { service })).datadog).toEqual(AT);
    expect(written(ExtensionProvider.skywalking('s', { service, accessToken: 't' })).skywalking).toEqual({ ...AT, accessToken: 't' });
    expect(written(ExtensionProvider.googleCloud('g', { maxTagLength: 5, loggingLabels: { a: 'b' } })))
      .toEqual({ name: 'g', stackdriver: { maxTagLength: 5, logging: { labels: { a: 'b' } } } });
  });

  test('OpenTelemetry has every field', () => {
    expect(written(ExtensionProvider.opentelemetry('o', {
      service,
      exporter: OpenTelemetryExport.http({ path: '/v1/traces', timeout, headers: [ProviderHeader.value('a', 'b')] }),
      resourceDetectors: [ResourceDetector.ENVIRONMENT, ResourceDetector.DYNATRACE],
      serviceAttributeEnrichment: ServiceAttributeEnrichment.OTEL_SEMANTIC_CONVENTIONS,
      dynatraceSampler: { tenant: 't', clusterId: 1, rootSpansPerMinute: 2, httpService: { service, http: { path: '/api' } } },
    })).opentelemetry).toEqual({
      ...AT,
      http: { path: '/v1/traces', timeout: '1s', headers: [{ name: 'a', value: 'b' }] },
      resourceDetectors: { environment: {}, dynatrace: {} },
      serviceAttributeEnrichment: 'OTEL_SEMANTIC_CONVENTIONS',
      dynatraceSampler: { tenant: 't', clusterId: 1, rootSpansPerMinute: 2, httpService: { ...AT, http: { path: '/api' } } },
    });
    expect(written(ExtensionProvider.opentelemetry('o', {
      service, exporter: OpenTelemetryExport.grpc({ timeout, initialMetadata: [ProviderHeader.value('a', 'b')] }),
    })).opentelemetry).toEqual({ ...AT, grpc: { timeout: '1s', initialMetadata: [{ name: 'a', value: 'b' }] } });
  });

  test.each([
    [{ tenant: '', clusterId: 1 }, 'tenant of a Dynatrace sampler must not be empty'],
    [{ tenant: 't', clusterId: 1.5 }, 'clusterId of a Dynatrace sampler must be a whole number of 32 bits, got 1.5'],
    [{ tenant: 't', clusterId: 1 }, 'a Dynatrace sampler without httpService needs spans that go by HTTP'],
  ])('OpenTelemetry refuses the sampler %j', (dynatraceSampler, message) => {
    expect(() => ExtensionProvider.opentelemetry('o', { service, dynatraceSampler })).toThrow(message);
  });
});

describe('takers of access logs', () => {
  test('files', () => {
    expect(written(ExtensionProvider.envoyFileAccessLog('f'))).toEqual({ name: 'f', envoyFileAccessLog: { path: '/dev/stdout' } });
    expect(written(ExtensionProvider.envoyFileAccessLog('f', { path: '/log', logFormat: AccessLogFormat.labels({ a: { b: '%C%' } }), omitEmptyValues: true }))
      .envoyFileAccessLog).toEqual({ path: '/log', logFormat: { labels: { a: { b: '%C%' } } }, omitEmptyValues: true });
    expect(() => AccessLogFormat.text('')).toThrow('format of an access log must not be empty: leave it out for the default');
  });

  test('services', () => {
    const options = { service, logName: 'l', filterStateObjectsToLog: ['s'] };
    expect(written(ExtensionProvider.envoyTcpAls('t', options)).envoyTcpAls).toEqual({ ...AT, logName: 'l', filterStateObjectsToLog: ['s'] });
    const headers = { additionalRequestHeadersToLog: ['a'], additionalResponseHeadersToLog: ['b'], additionalResponseTrailersToLog: ['c'] };
    expect(written(ExtensionProvider.envoyHttpAls('h', { ...options, ...headers })).envoyHttpAls)
      .toEqual({ ...AT, logName: 'l', filterStateObjectsToLog: ['s'], ...headers });
    expect(() => ExtensionProvider.envoyHttpAls('h', { service, additionalRequestHeadersToLog: ['a b'] })).toThrow('name in additionalRequestHeadersToLog must be');
    expect(written(ExtensionProvider.envoyOtelAls('o', { service, logName: 'l', logFormat: { text: '%A%', labels: { b: '%C%' } } })).envoyOtelAls)
      .toEqual({ ...AT, logName: 'l', logFormat: { text: '%A%', labels: { b: '%C%' } } });
  });
});

test('metrics for Prometheus, and servers of secrets', () => {
  expect(written(ExtensionProvider.prometheusMetrics('m'))).toEqual({ name: 'm', prometheus: {} });
  expect(written(ExtensionProvider.sds('vault', service))).toEqual({ name: 'vault', sds: { name: 'vault', ...AT } });
});

test('a built-in provider can be replaced by one for the same', () => {
  expect(written(ExtensionProvider.envoyFileAccessLog('envoy', { logFormat: AccessLogFormat.labels() })).envoyFileAccessLog.logFormat).toEqual({ labels: {} });
  expect(() => ExtensionProvider.datadog('prometheus', { service }))
    .toThrow("the extension provider 'prometheus' is built in, for metrics, got one for tracing: pass another name");
  expect(() => ExtensionProvider.prometheusMetrics('')).toThrow('name of an extension provider must not be empty');
});
