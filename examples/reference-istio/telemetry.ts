import { Chart, Duration } from 'cdk8s';
import { Providers } from './mesh';
import { Shop } from './shop';
import {
  ExtensionProvider, IstioMetric, MetricsOverride, MetricTagOverride, PolicyTarget, Telemetry, TelemetryAccessLogging, TelemetryMetrics,
  TelemetryTracing, TracingTag, WorkloadMode,
} from 'cdk8s-mesh';

/** What Telemetry names. */
export interface TelemetryParts {
  readonly shop: Shop;
  readonly providers: Providers;
}

export function telemetries(chart: Chart, { shop: { web, orders, cart, publicGateway }, providers }: TelemetryParts): void {
  const { jsonLog, otelLog, traces, zipkin } = providers;

  // In the root namespace it is for the mesh: a log of errors, and a hundredth of the traces.
  Telemetry.forMesh(chart, 'Mesh', {
    metadata: { name: 'mesh' },
    // accessLogging[].providers[].name, filter.expression
    accessLogging: [TelemetryAccessLogging.to([jsonLog], { filter: 'response.code >= 400' })],
    // tracing[].providers[].name, randomSamplingPercentage
    tracing: TelemetryTracing.to(traces, { randomSamplingPercentage: 1 }),
    // metrics[].providers[].name, reportingInterval
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS], { reportingInterval: Duration.seconds(10) })],
  });

  new Telemetry(chart, 'Web', {
    metadata: { name: 'web', namespace: 'shop' },
    // selector.matchLabels
    selector: web.selector,
    accessLogging: [
      // accessLogging[].match.mode: SERVER
      TelemetryAccessLogging.to([otelLog], { mode: WorkloadMode.SERVER }),
      // accessLogging[].match.mode: CLIENT, disabled
      TelemetryAccessLogging.off({ providers: [otelLog], mode: WorkloadMode.CLIENT }),
    ],
    tracing: TelemetryTracing.to(traces, {
      // tracing[].match.mode: SERVER
      mode: WorkloadMode.SERVER,
      randomSamplingPercentage: 25,
      customTags: {
        // tracing[].customTags: literal.value
        'team': TracingTag.literal('storefront'),
        // tracing[].customTags: environment.name, defaultValue
        'pod.zone': TracingTag.environment('POD_ZONE', 'unknown'),
        // tracing[].customTags: header.name, defaultValue
        'tenant': TracingTag.header('x-tenant', 'none'),
        // tracing[].customTags: formatter.value
        'route': TracingTag.formatter('%ROUTE_NAME%'),
      },
      // tracing[].disableSpanReporting, disableContextPropagation, enableIstioTags, useRequestIdForTraceSampling
      disableSpanReporting: false,
      disableContextPropagation: false,
      enableIstioTags: true,
      useRequestIdForTraceSampling: true,
    }),
    metrics: [TelemetryMetrics.byDefault({
      overrides: [
        // metrics[].overrides[].match.metric: ALL_METRICS, mode: CLIENT_AND_SERVER, tagOverrides: operation: UPSERT, value
        MetricsOverride.all({
          mode: WorkloadMode.CLIENT_AND_SERVER,
          tagOverrides: { request_method: MetricTagOverride.upsert('request.method'), team: MetricTagOverride.literal('storefront') },
        }),
        // metrics[].overrides[].match.metric, mode: SERVER, tagOverrides: operation: REMOVE
        ...[IstioMetric.REQUEST_COUNT, IstioMetric.REQUEST_DURATION, IstioMetric.REQUEST_SIZE].map(metric =>
          MetricsOverride.metric(metric, { mode: WorkloadMode.SERVER, tagOverrides: { source_principal: MetricTagOverride.remove() } })),
        // metrics[].overrides[].mode: CLIENT, disabled
        ...[
          IstioMetric.RESPONSE_SIZE, IstioMetric.TCP_OPENED_CONNECTIONS, IstioMetric.TCP_CLOSED_CONNECTIONS, IstioMetric.TCP_SENT_BYTES,
          IstioMetric.TCP_RECEIVED_BYTES, IstioMetric.GRPC_REQUEST_MESSAGES, IstioMetric.GRPC_RESPONSE_MESSAGES,
        ].map(metric => MetricsOverride.metric(metric, { mode: WorkloadMode.CLIENT, disabled: true })),
        // metrics[].overrides[].match.customMetric
        MetricsOverride.customMetric('shop_checkouts', { disabled: true }),
      ],
    })],
  });

  new Telemetry(chart, 'Orders', {
    metadata: { name: 'orders', namespace: 'shop' },
    selector: orders.selector,
    // accessLogging[].match.mode: CLIENT_AND_SERVER
    accessLogging: [TelemetryAccessLogging.to([jsonLog], { mode: WorkloadMode.CLIENT_AND_SERVER })],
    // tracing[].match.mode: CLIENT
    tracing: TelemetryTracing.to(zipkin, { mode: WorkloadMode.CLIENT, randomSamplingPercentage: 100 }),
  });

  new Telemetry(chart, 'Cart', {
    metadata: { name: 'cart', namespace: 'shop' },
    selector: cart.selector,
    // tracing[].match.mode: CLIENT_AND_SERVER, disableSpanReporting
    tracing: TelemetryTracing.off({ mode: WorkloadMode.CLIENT_AND_SERVER }),
  });

  new Telemetry(chart, 'Public', {
    metadata: { name: 'public', namespace: 'edge' },
    // targetRefs[].group, kind, name
    targets: [PolicyTarget.gateway(publicGateway)],
    accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY])],
  });
}
