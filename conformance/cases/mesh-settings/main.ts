import { App, Chart, Duration } from 'cdk8s';
import { LabelExpression } from 'cdk8s-plus-28';
import { ALTERNATIVE_PROVIDERS, JSON_LOG, OPENTELEMETRY, PROVIDERS } from './providers';
import { PROXIES } from './proxies';
import {
  AccessLogFormat, ClientTls, ConnectionPool, ControlPlane, DataPlane, EntryVisibility, ExtensionProvider, H2UpgradePolicy, HttpRetries,
  InboundTrafficMode, IngressControllerMode, IstioArgoCd, IstioFlux, IstioMesh, IstioMeshProps, MeshCaCertificate, MeshH2Upgrade,
  MeshOutboundTraffic, MeshTlsVersion, OutlierDetection, PathNormalization, PrivateKeyProvider, ProxyServiceName, ProxyTracer, ServiceScope,
  WorkloadProbe,
} from 'cdk8s-mesh';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEEPALIVE = { probes: 3, time: Duration.minutes(1), interval: Duration.seconds(5) };
const SELECTOR = { labels: { env: 'prod' }, expressions: [LabelExpression.in('app', ['web', 'api']), LabelExpression.exists('team')] };

/** Every setting of a mesh; of those that exclude each other, the first. */
const EVERYTHING: IstioMeshProps = {
  controlPlane: ControlPlane.revision('stable'),
  trustDomain: 'shop.example',
  trustDomainAliases: ['cluster.local', 'old.example'],
  extensionProviders: PROVIDERS,
  defaultProviders: { tracing: [OPENTELEMETRY], metrics: [ExtensionProvider.PROMETHEUS], accessLogging: [JSON_LOG] },
  proxyListenPort: 15101,
  proxyInboundListenPort: 15106,
  proxyHttpPort: 15107,
  outboundTrafficPolicy: MeshOutboundTraffic.allowAnyDynamicDns(ClientTls.simple({ caCertificates: '/certs/ca.pem' })),
  inboundTrafficPolicy: InboundTrafficMode.LOCALHOST,
  connectTimeout: Duration.millis(2500),
  hboneIdleTimeout: Duration.seconds(15),
  protocolDetectionTimeout: Duration.millis(100),
  tcpKeepalive: KEEPALIVE,
  dnsRefreshRate: Duration.seconds(30),
  h2UpgradePolicy: MeshH2Upgrade.UPGRADE,
  defaultHttpRetryPolicy: HttpRetries.attempts(3, {
    retryOn: ['503', 'connect-failure'], backoff: Duration.millis(50), retryRemoteLocalities: true, retryIgnorePreviousHosts: true,
  }),
  defaultTrafficPolicy: {
    connectionPool: ConnectionPool.of({
      tcp: {
        maxConnections: 100,
        connectTimeout: Duration.seconds(1),
        idleTimeout: Duration.minutes(5),
        maxConnectionDuration: Duration.hours(1),
        tcpKeepalive: KEEPALIVE,
      },
      http: {
        http1MaxPendingRequests: 10,
        http2MaxRequests: 20,
        maxRequestsPerConnection: 30,
        maxRetries: 4,
        idleTimeout: Duration.minutes(6),
        h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE,
        useClientProtocol: true,
        maxConcurrentStreams: 50,
        http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
      },
    }),
    outlierDetection: OutlierDetection.of({
      consecutive5xxErrors: 7,
      consecutiveGatewayErrors: 6,
      consecutiveLocalOriginFailures: 5,
      splitExternalLocalOriginErrors: true,
      outlierDetectionHttpErrorCodes: [503],
      interval: Duration.seconds(5),
      baseEjectionTime: Duration.seconds(30),
      maxEjectionPercent: 50,
      minHealthPercent: 30,
    }),
  },
  localityLbSetting: {
    enabled: true, failover: [{ region: 'eu', fallback: 'us' }], failoverPriority: ['team'],
  },
  zoneAwareLbSetting: { enabled: false, failover: [{ region: 'eu', fallback: 'us' }], failoverPriority: ['team'], minClusterSize: 3 },
  pathNormalization: PathNormalization.MERGE_SLASHES,
  discoverySelectors: [SELECTOR, { labels: { 'istio-discovery': 'enabled' } }],
  defaultServiceExportTo: ['.', 'shared'],
  defaultVirtualServiceExportTo: ['.'],
  defaultDestinationRuleExportTo: ['.'],
  serviceSettings: [{ clusterLocal: true, hosts: ['*.shop.svc.cluster.local'] }],
  serviceScopeConfigs: [{ scope: ServiceScope.GLOBAL, namespaceSelector: SELECTOR, servicesSelector: SELECTOR }],
  serviceEntryVisibility: {
    defaultVisibility: EntryVisibility.NAMESPACE,
    applyToSidecars: true,
    policies: [{ visibility: EntryVisibility.PUBLIC, namespaceSelectors: [SELECTOR] }],
  },
  ingress: { ingressClass: 'mesh', ingressService: 'edge', ingressSelector: 'edge', ingressControllerMode: IngressControllerMode.DEFAULT },
  enableAutoMtls: false,
  meshMtls: { minProtocolVersion: MeshTlsVersion.V1_3, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'] },
  tlsDefaults: { minProtocolVersion: MeshTlsVersion.V1_3, cipherSuites: ['ECDHE-RSA-AES256-GCM-SHA384'], ecdhCurves: ['P-256', 'P-384'] },
  caCertificates: [
    MeshCaCertificate.pem(PEM, { certSigners: ['example.com/signer'], trustDomains: ['old.example'] }),
    MeshCaCertificate.spiffeBundleUrl('https://old.example/bundle'),
  ],
  ca: { address: 'ca.example.com:8932', tlsSettings: ClientTls.simple(), requestTimeout: Duration.seconds(5), istiodSide: true },
  accessLog: { file: '/dev/stderr', format: AccessLogFormat.labels({ status: '%RESPONSE_CODE%' }) },
  enableEnvoyAccessLogService: true,
  disableEnvoyListenerLog: true,
  enableTracing: false,
  enablePrometheusMerge: false,
  inboundClusterStatName: '%SERVICE_FQDN%_%TARGET_PORT%',
  outboundClusterStatName: '%SERVICE_FQDN%_%SUBSET_NAME%',
  defaultConfig: PROXIES,
  configSources: [{ address: 'xds://config.example.com:443', tlsSettings: ClientTls.simple(), serviceRegistryOnly: true }, { address: 'k8s://' }],
};

const app = new App();

const sidecars = new Chart(app, 'sidecars', { namespace: 'argocd' });
new IstioArgoCd(sidecars, 'Istio', {
  mesh: new IstioMesh(sidecars, 'Mesh', EVERYTHING),
  revision: '1-31',
  revisionTags: ['stable'],
  clusterName: 'east',
  network: 'vpc-east',
  cni: true,
  env: { EXAMPLE: 'yes' },
  gateways: [{ name: 'istio-ingress', namespace: 'istio-ingress', values: { service: { type: 'ClusterIP' } } }],
});

const alternatives = new Chart(app, 'alternatives', { namespace: 'argocd' });
new IstioArgoCd(alternatives, 'Istio', {
  mesh: new IstioMesh(alternatives, 'Mesh', {
    enableTracing: true,
    localityLbSetting: { distribute: [{ clients: 'eu/west/*', shares: { 'eu/west/*': 80, 'eu/north/*': 20 } }] },
    extensionProviders: ALTERNATIVE_PROVIDERS,
    defaultConfig: {
      serviceName: ProxyServiceName.serviceCluster('shop'),
      tracing: { tracer: ProxyTracer.datadog('$(HOST_IP):8126') },
      privateKeyProvider: PrivateKeyProvider.qat({ pollDelay: Duration.millis(10), fallback: true }),
      readinessProbe: WorkloadProbe.tcpSocket(8080, { host: '127.0.0.1' }),
    },
  }),
});

const ambient = new Chart(app, 'ambient', { namespace: 'flux-system' });
new IstioFlux(ambient, 'Istio', {
  mesh: new IstioMesh(ambient, 'Mesh', { dataPlane: DataPlane.AMBIENT, rootNamespace: 'mesh', defaultConfig: { proxyMetadata: { EXAMPLE: 'yes' } } }),
  clusterName: 'west',
  network: 'vpc-west',
});

app.synth();
