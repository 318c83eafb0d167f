import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Size, Testing } from 'cdk8s';
import {
  AccessLogFormat, ClientTls, ConnectionProfile, DataPlane, EntryVisibility, ExtensionProvider, ForwardClientCertDetails, HttpRetries,
  InboundTrafficMode, IstioMesh, IstioMeshProps, IstioVersion, MeshCaCertificate, MeshOutboundTraffic, OutlierDetection, PathNormalization,
  PrivateKeyProvider, ProviderService, ProxyServiceName, ProxyTracer, ServiceScope, TracingTag,
} from '../../src';

const mesh = (props: IstioMeshProps = {}) => new IstioMesh(Testing.chart(), 'Mesh', props);
const config = (props: IstioMeshProps) => mesh(props).meshConfig;
const proxy = (defaultConfig: IstioMeshProps['defaultConfig']) => config({ defaultConfig }).defaultConfig;
const service = ProviderService.serviceName('otel', 'observability', 4317);

test('a mesh that declares nothing says who it is only', () => {
  expect(config({})).toEqual({ trustDomain: 'cluster.local', rootNamespace: 'istio-system' });
});

test('istiod knows every field of MeshConfig from this library, but for these', () => {
  const verdict = JSON.parse(readFileSync(join(__dirname, '../../conformance/cases/mesh-settings/verdict.json'), 'utf8'));
  const { unset, releases } = verdict.engines.charts as {
    unset: string[]; releases: { error?: string; mesh?: { unknown?: string; error?: string; warning?: string } }[];
  };
  const reasons: [RegExp, string][] = [
    [/^defaultConfig\.extraStatTags$/, 'deprecated: not needed any more'],
    [/^defaultConfig\.readinessProbe\.(exec|grpc|httpGet\.scheme)/, 'other probes, shown in the tests of WorkloadProbe'],
    [/^defaultConfig\.tracing\.(lightstep|openCensusAgent|stackdriver)/, 'tracers that Envoy dropped'],
    [/^defaultHttpRetryPolicy\.perTryTimeout$/, 'Istio takes it on routes only'],
    [/includeRequestBodyInCheck\.packAsBytes$/, 'for gRPC only'],
    [/^meshMTLS\.ecdhCurves$/, 'istiod refuses it'],
  ];
  expect(unset.filter(path => !reasons.some(([pattern]) => pattern.test(path)))).toEqual([]);
  expect(releases.filter(({ error, mesh: read }) => error ?? read?.unknown ?? read?.error ?? read?.warning)).toEqual([]);
});

test.each<[string, IstioMeshProps, object]>([
  ['REGISTRY_ONLY', { outboundTrafficPolicy: MeshOutboundTraffic.REGISTRY_ONLY }, { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }],
  ['ALLOW_ANY_DYNAMIC_DNS', { outboundTrafficPolicy: MeshOutboundTraffic.allowAnyDynamicDns(ClientTls.simple()) },
    { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS', tls: { mode: 'SIMPLE' } } }],
  ['inbound', { inboundTrafficPolicy: InboundTrafficMode.LOCALHOST }, { inboundTrafficPolicy: { mode: 'LOCALHOST' } }],
  ['an access log', { accessLog: {} }, { accessLogFile: '/dev/stdout', accessLogEncoding: 'TEXT' }],
  ['an access log as text', { accessLog: { file: '/log', format: AccessLogFormat.text('%A%') } },
    { accessLogFile: '/log', accessLogEncoding: 'TEXT', accessLogFormat: '%A%' }],
  ['an access log as JSON', { accessLog: { format: AccessLogFormat.labels({ a: '%A%' }) } },
    { accessLogFile: '/dev/stdout', accessLogEncoding: 'JSON', accessLogFormat: '{"a":"%A%"}' }],
  ['no retries', { defaultHttpRetryPolicy: HttpRetries.none() }, { defaultHttpRetryPolicy: { attempts: 0 } }],
  ['a baseline', { defaultTrafficPolicy: { outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 3 }) } },
    { defaultTrafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } } }],
  ['paths', { pathNormalization: PathNormalization.NONE }, { pathNormalization: { normalization: 'NONE' } }],
  ['selectors', { discoverySelectors: [{ labels: { env: 'prod' } }] }, { discoverySelectors: [{ matchLabels: { env: 'prod' } }] }],
  ['services of one cluster', { serviceSettings: [{ clusterLocal: true, hosts: ['*.a.svc.cluster.local'] }] },
    { serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['*.a.svc.cluster.local'] }] }],
  ['scopes', { serviceScopeConfigs: [{ scope: ServiceScope.LOCAL }] }, { serviceScopeConfigs: [{ scope: 'LOCAL' }] }],
  ['visibility', { serviceEntryVisibility: { policies: [{ visibility: EntryVisibility.NONE, namespaceSelectors: [{ labels: { a: 'b' } }] }] } },
    { serviceEntryVisibility: { policies: [{ visibility: 'NONE', matchingRules: [{ namespaceSelector: { matchLabels: { a: 'b' } } }] }] } }],
  ['no metrics', { defaultProviders: { metrics: [] } }, { defaultProviders: { metrics: [] } }],
  ['no automatic mTLS', { enableAutoMtls: false }, { enableAutoMtls: false }],
  ['a ca', { ca: { address: 'ca.example.com:443' } }, { ca: { address: 'ca.example.com:443', istiodSide: true } }],
])('%s', (_, props, expected) => {
  expect(config(props)).toMatchObject(expected);
});

test.each<[IstioMeshProps['defaultConfig'], object]>([
  [{ serviceName: ProxyServiceName.CANONICAL_NAME_ONLY }, { tracingServiceName: 'CANONICAL_NAME_ONLY' }],
  [{ tracing: { tracer: ProxyTracer.zipkin('$(HOST_IP):9411'), sampling: 0 } }, { tracing: { zipkin: { address: '$(HOST_IP):9411' }, sampling: 0 } }],
  [{ gatewayTopology: { proxyProtocol: true } }, { gatewayTopology: { proxyProtocol: {} } }],
  [{ gatewayTopology: { proxyProtocol: false, numTrustedProxies: 1 } }, { gatewayTopology: { numTrustedProxies: 1 } }],
  [{ proxyHeaders: { requestId: false, metadataExchangeInMeshOnly: false } },
    { proxyHeaders: { requestId: { disabled: true }, metadataExchangeHeaders: { mode: 'UNDEFINED' } } }],
  [{
    connectionSettings: {
      profile: ConnectionProfile.EDGE, httpIdleTimeout: Duration.seconds(90), listenerPerConnectionBufferLimit: Size.kibibytes(32),
    },
  },
  { connectionSettings: { profile: 'EDGE', httpIdleTimeout: '1m30s', listenerPerConnectionBufferLimitBytes: 32768 } }],
  [{ fileFlushMinSize: Size.kibibytes(32) }, { fileFlushMinSizeKb: 32 }],
])('settings of proxies %#', (settings, expected) => {
  expect(proxy(settings)).toEqual(expected);
});

test.each<[IstioMeshProps, string]>([
  [{ trustDomain: 'a b' }, "trust domain must be labels of letters, digits and '-' with dots between them, got 'a b'"],
  [{ trustDomainAliases: [''] }, "alias of the trust domain must be labels of letters, digits and '-' with dots between them, got ''"],
  [{ extensionProviders: [ExtensionProvider.named('a'), ExtensionProvider.named('a')] }, "names of extensionProviders must differ from each other, got 'a' twice"],
  [{ extensionProviders: [ExtensionProvider.sds('a', service), ExtensionProvider.sds('b', service)] }, 'a mesh uses the first one only'],
  [{ proxyListenPort: 0 }, 'proxyListenPort must be between 1 and 65535, got 0'],
  [{ connectTimeout: Duration.hours(2) }, 'connectTimeout of the mesh must be at most 1h, got 2h'],
  [{ connectTimeout: Duration.millis(0) }, 'connectTimeout of the mesh must be at least 1ms, got 0s'],
  [{ defaultHttpRetryPolicy: HttpRetries.attempts(2, { perTryTimeout: Duration.seconds(1) }) }, 'defaultHttpRetryPolicy takes no perTryTimeout, got 1s'],
  [{ defaultTrafficPolicy: {} }, 'defaultTrafficPolicy must say at least one thing, got none: leave it out'],
  [{ localityLbSetting: {}, zoneAwareLbSetting: {} }, 'a mesh takes either localityLbSetting or zoneAwareLbSetting, got both'],
  [{ dataPlane: DataPlane.AMBIENT, zoneAwareLbSetting: {} }, 'zoneAwareLbSetting is for sidecars only, got it in an ambient mesh: leave it out'],
  [{ serviceSettings: [{ clusterLocal: true, hosts: [] }] }, 'hosts of serviceSettings must have at least one host, got none'],
  [{ serviceEntryVisibility: { policies: [{ visibility: EntryVisibility.NONE, namespaceSelectors: [] }] } }, 'must have at least one selector, got none'],
  [{ discoverySelectors: [{ labels: { 'a b': 'c' } }] }, 'label in discoverySelectors must'],
  [{ discoverySelectors: [{ expressions: [{ key: 'a', operator: 'In', values: [] }] }] }, "expression on label 'a' in discoverySelectors must have at least one value"],
  [{ tlsDefaults: { ecdhCurves: ['P-512'] } }, "ecdhCurves must be P-256, P-384, P-521, X25519, X25519MLKEM768, got 'P-512'"],
  [{ ca: { address: 'ca' } }, "address of the ca must be host:port, got 'ca'"],
  [{ configSources: [{ address: 'mcp://a' }] }, "address of a source of configuration must start with xds://, k8s:// or fs:///, got 'mcp://a'"],
  [{ inboundClusterStatName: '%SUBSET_NAME%' }, 'inboundClusterStatName takes %SERVICE%'],
  [{ defaultProviders: { tracing: [ExtensionProvider.PROMETHEUS] } }, "tracing of defaultProviders needs providers for tracing, got 'prometheus', which is for metrics"],
  [{ defaultProviders: { tracing: [ExtensionProvider.datadog('d', { service })] } }, "tracing of defaultProviders names 'd', which the mesh does not have"],
  [{ defaultVirtualServiceExportTo: ['~'] }, "exportTo takes '~' on a ServiceEntry only"],
  [{ defaultConfig: { drainDuration: Duration.millis(1500) } }, 'drainDuration must be in whole seconds, at least 1, got 1s500ms'],
  [{ defaultConfig: { concurrency: -1 } }, 'concurrency must be between 0 and 2147483647, got -1'],
  [{ defaultConfig: { statusPort: 0 } }, 'statusPort must be between 1 and 65535, got 0'],
  [{ defaultConfig: { discoveryAddress: 'istiod' } }, "discoveryAddress must be host:port, got 'istiod'"],
  [{ defaultConfig: { tracing: { sampling: 101 } } }, 'sampling must be between 0 and 100, got 101'],
  [{ defaultConfig: { tracing: { tracer: ProxyTracer.datadog('agent') } } }, "address of a tracer must be host:port, got 'agent'"],
  [{ defaultConfig: { proxyStatsMatcher: { inclusionRegexps: ['('] } } }, 'inclusionRegexps of proxyStatsMatcher'],
  [{ defaultConfig: { proxyHeaders: { server: false, serverValue: 'a' } } }, "serverValue needs the header server, got 'a' and server: false"],
  [{ defaultConfig: { proxyHeaders: { forwardedClientCert: ForwardClientCertDetails.SANITIZE, setCurrentClientCertDetails: {} } } },
    'setCurrentClientCertDetails needs forwardedClientCert APPEND_FORWARD or SANITIZE_SET, got SANITIZE'],
  [{ defaultConfig: { connectionSettings: { http2InitialStreamWindowSize: 1 } } }, 'http2InitialStreamWindowSize must be between 65535 and 2147483647, got 1'],
  [{ defaultConfig: { privateKeyProvider: PrivateKeyProvider.qat({ pollDelay: Duration.millis(0) }) } }, 'pollDelay must be at least 1ms, got 0s'],
])('refuses %#', (props, message) => {
  expect(() => mesh(props)).toThrow(message);
});

test('values refuse what cannot be', () => {
  expect(() => MeshCaCertificate.pem('abc')).toThrow('an authority needs its certificates as PEM, got none');
  expect(() => MeshCaCertificate.spiffeBundleUrl('http://a')).toThrow("address of a SPIFFE bundle must start with https://, got 'http://a'");
  expect(() => ProxyServiceName.serviceCluster('')).toThrow('serviceCluster must not be empty: leave it out for the default');
});

test('a tag by a formatter is for a Telemetry', () => {
  expect(proxy({ tracing: { customTags: { a: TracingTag.literal('b') } } })).toEqual({ tracing: { customTags: { a: { literal: { value: 'b' } } } } });
  expect(() => proxy({ tracing: { customTags: { method: TracingTag.formatter('%REQ(:METHOD)%') } } }))
    .toThrow("tag 'method' of a mesh takes no formatter, got '%REQ(:METHOD)%': set it in a Telemetry in the root namespace");
});

test.each<[IstioVersion, IstioMeshProps, string]>([
  [IstioVersion.V1_30, { defaultConfig: { connectionSettings: {} } }, 'defaultConfig.connectionSettings of the mesh is not in Istio 1.30: it is there since 1.31; leave it out'],
  [IstioVersion.V1_29, { outboundTrafficPolicy: MeshOutboundTraffic.allowAnyDynamicDns() }, 'outboundTrafficPolicy.mode of the mesh is not in Istio 1.29: it is there since 1.30'],
  [IstioVersion.V1_26, { extensionProviders: [ExtensionProvider.sds('vault', service)] }, 'extensionProviders[0].sds of the mesh is not in Istio 1.26: it is there since 1.27'],
])('Istio %s refuses what came later', (version, props, message) => {
  expect(() => mesh({ ...props, version })).toThrow(message);
});
