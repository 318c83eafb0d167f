import { Chart } from 'cdk8s';
import { ExtensionProvider, IstioMesh, Telemetry, TelemetryAccessLogging, TelemetryMetrics, TelemetryTracing } from 'cdk8s-mesh';

export function telemetry(chart: Chart): void {
  const logs = ExtensionProvider.named('otel');
  const traces = ExtensionProvider.named('otel-tracing');
  new IstioMesh(chart, 'Mesh', { extensionProviders: [logs, traces] });
  Telemetry.forMesh(chart, 'Telemetry', {
    metadata: { name: 'mesh-default' },
    accessLogging: [TelemetryAccessLogging.to([logs], { filter: 'response.code >= 400' })],
    tracing: TelemetryTracing.to(traces, { randomSamplingPercentage: 1 }),
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS])],
  });
}
