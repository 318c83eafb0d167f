import { App, Chart, Duration } from 'cdk8s';
import {
  ExtensionProvider, IstioDashboard, IstioGoldenSignals, IstioMesh, IstioMonitoring, Telemetry, TelemetryAccessLogging, TelemetryMetrics,
} from 'cdk8s-mesh';

/** What the Prometheus Operator selects monitors and rules by, where it was installed by the chart kube-prometheus-stack of that name. */
const SELECTED_BY = { release: 'prometheus' };

/** What one sees of Bookinfo: logs of what went wrong, metrics, alerts and a dashboard. */
export function makeObservability(app: App, mesh: IstioMesh, namespace: string): void {
  const chart = new Chart(app, 'observability');
  Telemetry.forNamespace(chart, 'Telemetry', namespace, {
    metadata: { name: 'default' },
    accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY], { filter: 'response.code >= 400' })],
    metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS])],
  });
  new IstioMonitoring(chart, 'Monitoring', { mesh, namespaces: [namespace], selectedBy: SELECTED_BY });
  new IstioGoldenSignals(chart, 'GoldenSignals', {
    mesh, metadata: { name: 'bookinfo' }, namespaces: [namespace], latency: Duration.seconds(3), selectedBy: SELECTED_BY,
  });
  new IstioDashboard(chart, 'Dashboard', { mesh });
}
