import { Chart, Duration } from 'cdk8s';
import {
  ExtensionPhase, ExtensionProvider, IstioMesh, IstioMetric, MetricsOverride, MetricTagOverride, OpenTelemetryExport, ProviderService,
  ResourceDetector, Telemetry, TelemetryAccessLogging, TelemetryMetrics, TelemetryTracing, TracingTag, WasmModule, WasmPlugin, WasmPullPolicy,
  WorkloadMode, WorkloadSelector,
} from 'cdk8s-mesh';

const MESH_DEFAULT = { name: 'mesh-default' };

/** Every proxy writes what it did to its standard output. */
export function accessLogs(chart: Chart): void {
  new IstioMesh(chart, 'Mesh');
  Telemetry.forMesh(chart, 'Logs', { metadata: MESH_DEFAULT, accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY])] });
}

/** One workload writes errors only. */
export function accessLogFilter(chart: Chart): void {
  new Telemetry(chart, 'Logs', {
    metadata: { name: 'filter-curl-logging' },
    selector: WorkloadSelector.labels({ app: 'curl' }),
    accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY], { filter: 'response.code >= 500' })],
  });
}

/** One workload writes nothing of what it answers. */
export function accessLogsOff(chart: Chart): void {
  new Telemetry(chart, 'Logs', {
    metadata: { name: 'disable-httpbin' },
    selector: WorkloadSelector.labels({ app: 'httpbin' }),
    accessLogging: [TelemetryAccessLogging.off({ providers: [ExtensionProvider.ENVOY], mode: WorkloadMode.SERVER })],
  });
}

/** Every proxy sends its log to a collector. */
export function accessLogsOpenTelemetry(chart: Chart): void {
  const otel = ExtensionProvider.envoyOtelAls('otel', {
    service: ProviderService.serviceName('opentelemetry-collector', 'observability', 4317), logName: 'otel_envoy_accesslog',
  });
  new IstioMesh(chart, 'Mesh', { extensionProviders: [otel] });
  Telemetry.forMesh(chart, 'Logs', { metadata: { name: 'mesh-logging-default' }, accessLogging: [TelemetryAccessLogging.to([otel])] });
}

const ZIPKIN = ExtensionProvider.zipkin('zipkin', { service: ProviderService.serviceName('zipkin', 'istio-system', 9411) });

/** A tenth of the requests is traced, unless their caller said whether they are. */
export function traceSampling(chart: Chart): void {
  new IstioMesh(chart, 'Mesh', { enableTracing: true, extensionProviders: [ZIPKIN] });
  Telemetry.forMesh(chart, 'Traces', { metadata: MESH_DEFAULT, tracing: TelemetryTracing.to(ZIPKIN, { randomSamplingPercentage: 10 }) });
}

/** Spans say more: always the same, what the proxy has in its environment, or what the request had in a header. */
export function traceTags(chart: Chart): void {
  new IstioMesh(chart, 'Mesh', { enableTracing: true, extensionProviders: [ZIPKIN] });
  Telemetry.forMesh(chart, 'Traces', {
    metadata: MESH_DEFAULT,
    tracing: TelemetryTracing.to(ZIPKIN, {
      randomSamplingPercentage: 100,
      customTags: {
        provider: TracingTag.literal('zipkin'),
        cluster_id: TracingTag.environment('ISTIO_META_CLUSTER_ID', 'Kubernetes'),
        user: TracingTag.header('end-user', 'unknown'),
      },
    }),
  });
}

/** Spans by the protocol of OpenTelemetry. */
export function tracesOpenTelemetry(chart: Chart): void {
  const otel = ExtensionProvider.opentelemetry('otel-tracing', {
    service: ProviderService.serviceName('opentelemetry-collector', 'observability', 4318),
    exporter: OpenTelemetryExport.http({ path: '/v1/traces' }),
    resourceDetectors: [ResourceDetector.ENVIRONMENT],
  });
  new IstioMesh(chart, 'Mesh', { enableTracing: true, extensionProviders: [otel] });
  Telemetry.forMesh(chart, 'Traces', { metadata: { name: 'otel-demo' }, tracing: TelemetryTracing.to(otel, { randomSamplingPercentage: 100 }) });
}

function prometheusOverrides(chart: Chart, name: string, ...overrides: MetricsOverride[]): void {
  Telemetry.forNamespace(chart, name, chart.namespace!, {
    metadata: { name }, metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS], { overrides })],
  });
}

/** Metrics say more: a label of the workload at the other end. */
export function metricTags(chart: Chart): void {
  prometheusOverrides(chart, 'custom-tags',
    MetricsOverride.all({
      mode: WorkloadMode.CLIENT, tagOverrides: { destination_x: MetricTagOverride.upsert('upstream_peer.labels[\'app\'].value') },
    }),
    MetricsOverride.all({
      mode: WorkloadMode.SERVER, tagOverrides: { source_x: MetricTagOverride.upsert('downstream_peer.labels[\'app\'].value') },
    }),
  );
}

/** The count of requests without a tag. */
export function metricTagRemoval(chart: Chart): void {
  prometheusOverrides(chart, 'remove-tags', MetricsOverride.metric(IstioMetric.REQUEST_COUNT, {
    mode: WorkloadMode.CLIENT_AND_SERVER, tagOverrides: { grpc_response_status: MetricTagOverride.remove() },
  }));
}

/** One metric less. */
export function metricRemoval(chart: Chart): void {
  prometheusOverrides(chart, 'remove-request-count', MetricsOverride.metric(IstioMetric.REQUEST_COUNT, {
    mode: WorkloadMode.CLIENT_AND_SERVER, disabled: true,
  }));
}

/** Metrics of long connections less often. */
export function metricReportingInterval(chart: Chart): void {
  Telemetry.forNamespace(chart, 'Metrics', chart.namespace!, {
    metadata: { name: 'reporting-interval' },
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS], { reportingInterval: Duration.seconds(10) })],
  });
}

/** Requests are counted by what they are for, which a Wasm module tells from their method and path. */
export function metricClassification(chart: Chart): void {
  const selector = WorkloadSelector.labels({ app: 'reviews' });
  const operation = (value: string, path: string) => ({ value, condition: `request.url_path == '${path}' && request.method == 'GET'` });
  new WasmPlugin(chart, 'Operations', {
    metadata: { name: 'istio-attributegen-filter' },
    selector,
    module: WasmModule.http('https://storage.googleapis.com/istio-build/proxy/attributegen-359dcd3a19f109c50e97517fe6b1e2676e870c4d.wasm', {
      imagePullPolicy: WasmPullPolicy.ALWAYS,
    }),
    phase: ExtensionPhase.AUTHN,
    pluginName: 'attributegen',
    pluginConfig: {
      attributes: [{ output_attribute: 'istio_operationId', match: [operation('ListReviews', '/reviews'), operation('GetReview', '/reviews/1')] }],
    },
  });
  new Telemetry(chart, 'Metrics', {
    metadata: { name: 'custom-tags' },
    selector,
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS], {
      overrides: [MetricsOverride.metric(IstioMetric.REQUEST_COUNT, {
        mode: WorkloadMode.SERVER, tagOverrides: { request_operation: MetricTagOverride.upsert('filter_state[\'wasm.istio_operationId\']') },
      })],
    })],
  });
}
