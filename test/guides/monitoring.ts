import { App, Chart, Duration } from 'cdk8s';
import {
  IstioDashboard, IstioGoldenSignals, IstioMesh, IstioMonitoring, IstioScrapeConfig, MonitoringRule, MonitorSelector, PodMonitor, PodScrapePort,
  PrometheusRule, ProxyMetrics, Relabeling,
} from 'cdk8s-mesh';

// The code of docs/guides/monitoring.md.
const app = new App();
const chart = new Chart(app, 'monitoring');

const mesh = new IstioMesh(chart, 'Mesh', {
  defaultConfig: { proxyStatsMatcher: { inclusionRegexps: ['.*upstream_rq_retry.*'] } },
});
new IstioMonitoring(chart, 'Monitoring', { mesh, selectedBy: { release: 'prometheus' } });

new IstioScrapeConfig(chart, 'ScrapeConfig', {
  mesh,
  metadata: { name: 'scrape-istio', namespace: 'monitoring' },
  proxyMetrics: ProxyMetrics.ENVOY_ONLY,
});

new IstioGoldenSignals(chart, 'GoldenSignals', {
  mesh,
  selectedBy: { release: 'prometheus' },
  namespaces: ['shop', 'payments'],
  errorRatio: 0.01,
  latency: Duration.millis(500),
  retries: true,
  runbookUrl: 'https://runbooks.example.com/',
});
new IstioDashboard(chart, 'Dashboard', { mesh, folder: 'Mesh', retries: true });

new PodMonitor(chart, 'Cart', {
  metadata: { name: 'cart', namespace: 'shop', labels: { release: 'prometheus' } },
  selector: MonitorSelector.labels({ app: 'cart' }),
  podMetricsEndpoints: [{
    port: PodScrapePort.named('metrics'),
    interval: Duration.seconds(30),
    relabelings: [Relabeling.replace({ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' })],
    metricRelabelings: [Relabeling.drop({ sourceLabels: ['__name__'], regex: 'go_gc_.*' })],
  }],
  sampleLimit: 5000,
});
new PrometheusRule(chart, 'CartRules', {
  metadata: { name: 'cart', namespace: 'shop', labels: { release: 'prometheus' } },
  groups: [{
    name: 'cart',
    rules: [
      MonitoringRule.record('job:cart_orders:rate', 'sum by (job) (rate(cart_orders_total[5m]))'),
      MonitoringRule.alert('NoOrders', 'job:cart_orders:rate == 0', { forDuration: Duration.minutes(15), labels: { severity: 'warning' } }),
    ],
  }],
});
app.synth();
