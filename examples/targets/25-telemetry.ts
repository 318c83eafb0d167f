import { Chart } from 'cdk8s';
import { ExtensionProvider, IstioMesh, ProviderService, Telemetry, TelemetryAccessLogging, TelemetryMetrics, TelemetryTracing } from 'cdk8s-mesh';

export function telemetry(chart: Chart): void {
  const collector = ProviderService.serviceName('collector', 'observability', 4317);
  const logs = ExtensionProvider.envoyOtelAls('otel', { service: collector });
  const traces = ExtensionProvider.opentelemetry('otel-tracing', { service: collector });
  new IstioMesh(chart, 'Mesh', { extensionProviders: [logs, traces] });
  Telemetry.forMesh(chart, 'Telemetry', {
    metadata: { name: 'mesh-default' },
    accessLogging: [TelemetryAccessLogging.to([logs], { filter: 'response.code >= 400' })],
    tracing: TelemetryTracing.to(traces, { randomSamplingPercentage: 1 }),
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS])],
  });
}
