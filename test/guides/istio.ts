import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import { Namespace, Service, ServiceAccount } from 'cdk8s-plus-28';
import {
  Certificate, ConnectionPool, ConsistentHashKey, Destination, DestinationRule, EnvoyFilter, EnvoyListenerMatch, EnvoyPatch, ExtensionPhase,
  ExtensionProvider, HttpFault, HttpRetries, IstioCorsPolicy, IstioDirectResponse, IstioGateway, IstioHost, IstioHttpRedirect, IstioHttpRewrite,
  IstioMesh, IstioMetric, IstioProtocol, IstioServer, IstioVersion, LoadBalancer, MetricsOverride, MetricTagOverride, MtlsMode,
  OutboundTrafficMode, OutlierDetection, PeerAuthentication, ProviderService, ServerTls, ServiceEntry, ServiceEntryLocation,
  ServiceEntryResolution, Sidecar, StringMatch, Telemetry, TelemetryAccessLogging, TelemetryMetrics, TelemetryTracing, TrafficExtension,
  TrafficExtensionFilter, VirtualService, VirtualServiceDelegate, WasmFailStrategy, WasmModule, WasmPlugin, WorkloadEntry, WorkloadGroup,
  WorkloadLocality, WorkloadProbe, WorkloadSelector,
} from 'cdk8s-mesh';

// The code of docs/guides/istio.md.
const app = new App();
const otel = ExtensionProvider.opentelemetry('otel', { service: ProviderService.serviceName('collector', 'observability', 4317) });
new IstioMesh(app, 'Mesh', {
  version: IstioVersion.V1_31,
  trustDomain: 'shop.example',
  extensionProviders: [otel],
});
const chart = new Chart(app, 'shop', { namespace: 'shop' });

new Namespace(chart, 'Namespace', { metadata: { name: 'shop' } });
const service = new Service(chart, 'ReviewsService', { metadata: { name: 'reviews' }, ports: [{ name: 'http', port: 9080 }] });
const reviews = IstioHost.service(service);
const rule = new DestinationRule(chart, 'ReviewsRule', {
  metadata: { name: 'reviews' },
  host: reviews,
  subsets: [{ name: 'v1', labels: { version: 'v1' } }],
});
const v1 = rule.subset('v1');
const v2 = rule.addSubset({ name: 'v2', labels: { version: 'v2' } });

const gateway = new IstioGateway(chart, 'Gateway', {
  metadata: { name: 'public' },
  selector: WorkloadSelector.labels({ app: 'public' }),
  servers: [
    IstioServer.http({ hosts: ['shop.example.com'], httpsRedirect: true }),
    IstioServer.https({ hosts: ['shop.example.com'], tls: ServerTls.simple({ certificates: [Certificate.fromSecretName('shop-tls')] }) }),
  ],
});
const payments = new VirtualServiceDelegate(chart, 'Payments', {
  metadata: { name: 'payments', namespace: 'payments' },
  httpRoutes: [{
    destinations: [{ destination: Destination.host(IstioHost.serviceName('payments', 'payments'), { port: 8080 }) }],
    retries: HttpRetries.none(),
  }],
});
new VirtualService(chart, 'Shop', {
  metadata: { name: 'shop' },
  hosts: [IstioHost.of('shop.example.com')],
  gateways: [gateway],
  httpRoutes: [
    { matches: [{ uri: StringMatch.prefix('/payments/') }], delegate: payments },
    { matches: [{ uri: StringMatch.exact('/healthz') }], directResponse: IstioDirectResponse.text(200, 'fine') },
    { matches: [{ uri: StringMatch.prefix('/old/') }], redirect: IstioHttpRedirect.to({ prefixRewrite: '/new/', code: 308 }) },
    {
      name: 'testers',
      matches: [{ headers: { 'end-user': StringMatch.exact('tester') } }],
      fault: HttpFault.delay(Duration.seconds(2), 10).combinedWith(HttpFault.abort(503, 1)),
      destinations: [{ destination: Destination.subset(v2) }],
    },
    {
      destinations: [
        { destination: Destination.subset(v1), weight: 90 },
        { destination: Destination.subset(v2), weight: 10, headers: { response: { set: { 'x-canary': 'true' } } } },
      ],
      rewrite: IstioHttpRewrite.authority('reviews.example.com'),
      mirrors: [{ destination: Destination.subset(v2), percentage: 5 }],
      timeout: Duration.seconds(5),
      retries: HttpRetries.attempts(2, { perTryTimeout: Duration.seconds(1), retryOn: ['connect-failure', '503'] }),
      cors: IstioCorsPolicy.of({ allowOrigins: [StringMatch.exact('https://app.example.com')], allowMethods: ['GET'] }),
    },
  ],
});

new DestinationRule(chart, 'CartRule', {
  metadata: { name: 'cart' },
  host: IstioHost.serviceName('cart', 'shop'),
  trafficPolicy: {
    connectionPool: ConnectionPool.of({
      tcp: { maxConnections: 100, connectTimeout: Duration.seconds(1) },
      http: { http1MaxPendingRequests: 10, http2MaxRequests: 100 },
    }),
    outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 5, interval: Duration.seconds(10), baseEjectionTime: Duration.seconds(30) }),
    loadBalancer: LoadBalancer.leastRequest({
      locality: { failover: [{ region: 'eu-west', fallback: 'eu-central' }] },
      warmup: { duration: Duration.minutes(1) },
    }),
    portLevelSettings: [{
      port: 9090,
      loadBalancer: LoadBalancer.consistentHash(ConsistentHashKey.cookie('session', { ttl: Duration.hours(1) })),
    }],
  },
});

const stripe = new ServiceEntry(chart, 'Stripe', {
  metadata: { name: 'stripe' },
  hosts: ['api.stripe.com'],
  ports: [{ number: 443, name: 'tls', protocol: IstioProtocol.TLS }],
  resolution: ServiceEntryResolution.DNS,
});
new VirtualService(chart, 'StripeRoute', {
  metadata: { name: 'stripe' },
  hosts: [stripe.host()],
  tlsRoutes: [{
    matches: [{ sniHosts: ['api.stripe.com'], port: 443 }],
    destinations: [{ destination: Destination.host(stripe.host(), { port: 443 }) }],
  }],
});
new Sidecar(chart, 'Sidecar', {
  metadata: { name: 'default' },
  outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY,
}).addEgressHosts('./*', 'istio-system/*', 'payments/payments.payments.svc.cluster.local');

const ledger = new WorkloadGroup(chart, 'Ledger', {
  metadata: { name: 'ledger' },
  labels: { app: 'ledger' },
  template: {
    ports: { grpc: 7443 },
    locality: WorkloadLocality.zone('eu-west', 'eu-west-1a'),
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'LedgerAccount', 'ledger'),
  },
  probe: WorkloadProbe.httpGet(8080, { path: '/ready', period: Duration.seconds(5) }),
});
new WorkloadEntry(chart, 'LedgerStandby', { metadata: { name: 'ledger-standby' }, address: '10.20.0.7', labels: { app: 'ledger' } });
new ServiceEntry(chart, 'LedgerService', {
  metadata: { name: 'ledger' },
  hosts: ['ledger.shop.internal'],
  ports: [{ number: 443, name: 'grpc', protocol: IstioProtocol.GRPC, targetPort: 7443 }],
  location: ServiceEntryLocation.MESH_INTERNAL,
  resolution: ServiceEntryResolution.STATIC,
  workloadSelector: ledger.selector,
});

new TrafficExtension(chart, 'Stamp', {
  metadata: { name: 'stamp' },
  selector: WorkloadSelector.labels({ app: 'reviews' }),
  phase: ExtensionPhase.STATS,
  filter: TrafficExtensionFilter.lua(`
    function envoy_on_response(response)
      response:headers():add('x-served-by', 'reviews')
    end`),
});
new WasmPlugin(chart, 'BasicAuth', {
  metadata: { name: 'basic-auth' },
  selector: WorkloadSelector.labels({ app: 'public' }),
  phase: ExtensionPhase.AUTHN,
  module: WasmModule.oci('ghcr.io/shop/basic-auth:1.2.0'),
  failStrategy: WasmFailStrategy.FAIL_CLOSE,
  pluginConfig: { realm: 'shop' },
});
new EnvoyFilter(chart, 'IdleTimeout', {
  metadata: { name: 'idle-timeout' },
  workloadSelector: WorkloadSelector.labels({ app: 'public' }),
  configPatches: [
    EnvoyPatch.networkFilter(EnvoyListenerMatch.gateway()).merge('envoy.filters.network.http_connection_manager', {
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
        'common_http_protocol_options': { idle_timeout: '30s' },
      },
    }),
  ],
});

Telemetry.forMesh(chart, 'MeshTelemetry', {
  metadata: { name: 'mesh-default' },
  accessLogging: [TelemetryAccessLogging.to([ExtensionProvider.ENVOY], { filter: 'response.code >= 400' })],
  tracing: TelemetryTracing.to(otel, { randomSamplingPercentage: 5 }),
  metrics: [TelemetryMetrics.to([ExtensionProvider.PROMETHEUS], {
    overrides: [MetricsOverride.metric(IstioMetric.REQUEST_COUNT, { tagOverrides: { request_host: MetricTagOverride.upsert('request.host') } })],
  })],
});

const strict = new PeerAuthentication(chart, 'Strict', { metadata: { name: 'default' }, mode: MtlsMode.STRICT });
ApiObject.of(strict).addJsonPatch(JsonPatch.add('/metadata/annotations', { 'example.com/owner': 'platform' }));

app.synth();
