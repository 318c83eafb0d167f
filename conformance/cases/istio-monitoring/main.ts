import { App, Chart } from 'cdk8s';
import { DataPlane, IstioDashboard, IstioGoldenSignals, IstioMesh, IstioMonitoring, IstioScrapeConfig, ProxyMetrics } from 'cdk8s-mesh';

const app = new App();
for (const dataPlane of Object.values(DataPlane)) {
  const chart = new Chart(app, dataPlane);
  const retries = dataPlane === DataPlane.SIDECAR;
  const mesh = new IstioMesh(chart, 'Mesh', { dataPlane, defaultConfig: { proxyStatsMatcher: { inclusionRegexps: ['.*upstream_rq_retry.*'] } } });
  new IstioMonitoring(chart, 'Monitoring', { mesh });
  new IstioMonitoring(chart, 'EnvoyOnly', {
    mesh, proxyMetrics: ProxyMetrics.ENVOY_ONLY, istiodName: 'istiod-again', proxiesName: 'envoy', cni: false, namespace: 'monitoring',
  });
  new IstioScrapeConfig(chart, 'ScrapeConfig', { mesh, metadata: { name: 'scrape-istio', namespace: 'monitoring' } });
  new IstioGoldenSignals(chart, 'GoldenSignals', { mesh, retries });
  new IstioDashboard(chart, 'Dashboard', { mesh, retries });
}
app.synth();
