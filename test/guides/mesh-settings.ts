import { App, Chart, Duration } from 'cdk8s';
import {
  AccessLogFormat, ConnectionPool, DataPlane, ExtensionProvider, HttpRetries, IstioArgoCd, IstioChart, IstioMesh, MeshOutboundTraffic,
  OutlierDetection, ProviderService,
} from 'cdk8s-mesh';

// The code of docs/guides/mesh-settings.md.
const app = new App();
const opa = ExtensionProvider.envoyExtAuthzGrpc('opa', {
  service: ProviderService.serviceName('opa', 'auth', 9191),
  timeout: Duration.millis(500),
});
const json = ExtensionProvider.envoyFileAccessLog('json', {
  logFormat: AccessLogFormat.labels({ path: '%REQ(:PATH)%', status: '%RESPONSE_CODE%' }),
  omitEmptyValues: true,
});

const chart = new Chart(app, 'mesh');
const mesh = new IstioMesh(chart, 'Mesh', {
  trustDomain: 'shop.example',
  extensionProviders: [opa, json],
  defaultProviders: { accessLogging: [json] },
  outboundTrafficPolicy: MeshOutboundTraffic.REGISTRY_ONLY,
  defaultHttpRetryPolicy: HttpRetries.none(),
  defaultTrafficPolicy: {
    connectionPool: ConnectionPool.of({ tcp: { connectTimeout: Duration.seconds(1) } }),
    outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 5 }),
  },
  defaultConfig: {
    holdApplicationUntilProxyStarts: true,
    proxyStatsMatcher: { inclusionRegexps: ['.*upstream_rq_retry.*'] },
    tracing: { sampling: 5 },
  },
});

mesh.writeHelmValues(app.outdir, [IstioChart.BASE, IstioChart.ISTIOD]);

new IstioArgoCd(chart, 'Istio', {
  mesh,
  chartVersion: '1.31.1',
  values: { istiod: { autoscaleMin: 2 } },
  gateways: [{ name: 'istio-ingress', namespace: 'istio-ingress' }],
});

const ambient = new Chart(app, 'ambient');
const other = new IstioMesh(ambient, 'Mesh', { dataPlane: DataPlane.AMBIENT });
new IstioArgoCd(ambient, 'Istio', { mesh: other, clusterName: 'west', network: 'vpc-west' });

app.synth();
