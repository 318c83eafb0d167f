import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { synth } from './synth';
import { MonitorNamespaces } from '../../src/monitoring/monitor-namespaces';
import { MonitorProps, ScrapeProtocol, SelectorMechanism } from '../../src/monitoring/monitor-props';
import { MonitorSelector } from '../../src/monitoring/monitor-selector';
import { PodMetricsEndpoint, PodMonitor, PodScrapePort } from '../../src/monitoring/pod-monitor';
import { Relabeling } from '../../src/monitoring/relabeling';
import { ScrapeAuth } from '../../src/monitoring/scrape-auth';
import { ScrapeEndpoint, ScrapeScheme } from '../../src/monitoring/scrape-endpoint';
import { ScrapeProxy } from '../../src/monitoring/scrape-proxy';
import { ScrapeSecret } from '../../src/monitoring/scrape-secret';
import { ServiceDiscoveryRole, ServiceMonitor, ServiceMonitorEndpoint, ServiceScrapePort } from '../../src/monitoring/service-monitor';

const web = { metadata: { name: 'web', namespace: 'shop' }, selector: MonitorSelector.labels({ app: 'web' }) };
const all = (token: ScrapeSecret): ScrapeEndpoint => ({
  path: '/stats',
  scheme: ScrapeScheme.HTTPS,
  params: { format: ['text'] },
  interval: Duration.seconds(30),
  scrapeTimeout: Duration.seconds(10),
  honorLabels: true,
  honorTimestamps: true,
  trackTimestampsStaleness: true,
  relabelings: [Relabeling.labelDrop('a')],
  metricRelabelings: [Relabeling.labelDrop('b')],
  filterRunning: false,
  auth: ScrapeAuth.bearer(token),
  proxy: ScrapeProxy.environment(),
  followRedirects: false,
  enableHttp2: false,
});
const ALL = {
  path: '/stats',
  scheme: 'https',
  params: { format: ['text'] },
  interval: '30s',
  scrapeTimeout: '10s',
  honorLabels: true,
  honorTimestamps: true,
  trackTimestampsStaleness: true,
  relabelings: [{ action: 'labeldrop', regex: 'a' }],
  metricRelabelings: [{ action: 'labeldrop', regex: 'b' }],
  filterRunning: false,
  authorization: { credentials: { name: 'scrape', key: 'token' } },
  proxyFromEnvironment: true,
  followRedirects: false,
  enableHttp2: false,
  tlsConfig: { serverName: 'web' },
};
const settings: Omit<MonitorProps, 'selector'> = {
  namespaces: MonitorNamespaces.named('shop', 'pay'),
  selectorMechanism: SelectorMechanism.ROLE_SELECTOR,
  jobLabel: 'app',
  podTargetLabels: ['version'],
  attachNodeMetadata: true,
  scrapeProtocols: [ScrapeProtocol.PROMETHEUS_PROTO, ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0],
  fallbackScrapeProtocol: ScrapeProtocol.PROMETHEUS_TEXT_0_0_4,
  extraScrapeMetrics: true,
  scrapeNativeHistograms: true,
  scrapeClassicHistograms: true,
  nativeHistogramBucketLimit: 160,
  nativeHistogramMinBucketFactor: 1.1,
  convertClassicHistogramsToNhcb: false,
  sampleLimit: 1000,
  targetLimit: 100,
  labelLimit: 50,
  labelNameLengthLimit: 200,
  labelValueLengthLimit: 300,
  keepDroppedTargets: 0,
  bodySizeLimit: Size.mebibytes(2),
  scrapeClass: 'mesh',
};
const SETTINGS = {
  selector: { matchLabels: { app: 'web' } },
  namespaceSelector: { matchNames: ['shop', 'pay'] },
  selectorMechanism: 'RoleSelector',
  jobLabel: 'app',
  podTargetLabels: ['version'],
  attachMetadata: { node: true },
  scrapeProtocols: ['PrometheusProto', 'OpenMetricsText1.0.0'],
  fallbackScrapeProtocol: 'PrometheusText0.0.4',
  extraScrapeMetrics: true,
  scrapeNativeHistograms: true,
  scrapeClassicHistograms: true,
  nativeHistogramBucketLimit: 160,
  nativeHistogramMinBucketFactor: '1.1',
  convertClassicHistogramsToNHCB: false,
  sampleLimit: 1000,
  targetLimit: 100,
  labelLimit: 50,
  labelNameLengthLimit: 200,
  labelValueLengthLimit: 300,
  keepDroppedTargets: 0,
  bodySizeLimit: '2048KiB',
  scrapeClass: 'mesh',
};

test('a ServiceMonitor with all that there is', () => {
  const [monitor] = synth(chart => {
    const token = ScrapeSecret.key(Secret.fromSecretName(chart, 'Secret', 'scrape'), 'token');
    new ServiceMonitor(chart, 'Monitor', {
      ...web,
      ...settings,
      targetLabels: ['team'],
      serviceDiscoveryRole: ServiceDiscoveryRole.ENDPOINT_SLICE,
      endpoints: [{ port: ServiceScrapePort.named('http-metrics'), ...all(token), tls: { serverName: 'web' } }],
    });
  });
  expect(monitor).toEqual({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ...SETTINGS, targetLabels: ['team'], serviceDiscoveryRole: 'EndpointSlice', endpoints: [{ port: 'http-metrics', ...ALL }] },
  });
});

test('a PodMonitor with all that there is', () => {
  const [monitor] = synth(chart => {
    const token = ScrapeSecret.key(Secret.fromSecretName(chart, 'Secret', 'scrape'), 'token');
    new PodMonitor(chart, 'Monitor', { ...web, ...settings, podMetricsEndpoints: [{ port: PodScrapePort.named('metrics'), ...all(token), tls: { serverName: 'web' } }] });
  });
  expect(monitor).toEqual({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ...SETTINGS, podMetricsEndpoints: [{ port: 'metrics', ...ALL }] },
  });
});

test('ports', () => {
  const [services, pods] = synth(chart => {
    new ServiceMonitor(chart, 'Services', { ...web, endpoints: [{ port: ServiceScrapePort.target(9090) }, { port: ServiceScrapePort.targetNamed('metrics') }] });
    new PodMonitor(chart, 'Pods', { ...web, podMetricsEndpoints: [{ port: PodScrapePort.all() }, { port: PodScrapePort.number(9090) }] });
  });
  expect(services.spec.endpoints).toEqual([{ targetPort: 9090 }, { targetPort: 'metrics' }]);
  expect(pods.spec.podMetricsEndpoints).toEqual([{}, { portNumber: 9090 }]);
});

test('a monitor of all that is in its namespace keeps its empty selector', () => {
  const [monitor] = synth(chart => new PodMonitor(chart, 'Pods', {
    selector: MonitorSelector.all(), namespaces: MonitorNamespaces.any(), podMetricsEndpoints: [{ port: PodScrapePort.number(9090) }],
  }));
  expect(monitor.spec).toEqual({ selector: {}, namespaceSelector: { any: true }, podMetricsEndpoints: [{ portNumber: 9090 }] });
});

describe.each([
  ['ServiceMonitor', (props: Partial<MonitorProps>, endpoints?: ServiceMonitorEndpoint[], endpoint: ScrapeEndpoint = {}) =>
    synth(chart => new ServiceMonitor(chart, 'M', { ...web, ...props, endpoints: endpoints ?? [{ port: ServiceScrapePort.named('a'), ...endpoint }] }))],
  ['PodMonitor', (props: Partial<MonitorProps>, endpoints?: PodMetricsEndpoint[], endpoint: ScrapeEndpoint = {}) =>
    synth(chart => new PodMonitor(chart, 'M', { ...web, ...props, podMetricsEndpoints: endpoints ?? [{ port: PodScrapePort.named('a'), ...endpoint }] }))],
] as const)('a %s refuses', (kind, make) => {
  test.each<[string, Partial<MonitorProps>, string]>([
    ['no formats', { scrapeProtocols: [] }, 'scrapeProtocols must name at least one format, got none: leave them out'],
    ['a format twice', { scrapeProtocols: [ScrapeProtocol.PROMETHEUS_PROTO, ScrapeProtocol.PROMETHEUS_PROTO] },
      "scrapeProtocols must differ from each other, got 'PrometheusProto' twice: leave one out"],
    ['a factor that does not grow', { nativeHistogramMinBucketFactor: 1 }, 'nativeHistogramMinBucketFactor must be more than 1, got 1'],
    ['a class without a name', { scrapeClass: '' }, 'scrapeClass must not be empty: leave it out to mean the default one'],
    ['a negative limit', { sampleLimit: -1 }, 'sampleLimit must be a whole number of at least 0, got -1'],
    ['part of a target', { targetLimit: 0.5 }, 'targetLimit must be a whole number of at least 0, got 0.5'],
  ])('%s', (_, props, message) => {
    expect(() => make(props)).toThrow(new Error(`${kind} 'web': ${message}`));
  });

  test.each<[string, ScrapeEndpoint, string]>([
    ['a path without a slash', { path: 'metrics' }, "path of an endpoint must start with '/', got 'metrics'"],
    ['no time between scrapes', { interval: Duration.seconds(0) }, 'interval must be more than nothing, got 0s'],
    ['a timeout beyond the interval', { interval: Duration.seconds(10), scrapeTimeout: Duration.seconds(11) }, 'scrapeTimeout must not be more than the interval of 10s, got 11s'],
    ['staleness of timestamps that are not taken', { honorTimestamps: false, trackTimestampsStaleness: true },
      'trackTimestampsStaleness does nothing without honorTimestamps, got honorTimestamps: false: leave one out'],
  ])('%s', (_, endpoint, message) => {
    expect(() => make({}, undefined, endpoint)).toThrow(new Error(`${kind} 'web': ${message}`));
  });

  test('no endpoints', () => {
    expect(() => make({}, [])).toThrow(`${kind} 'web': ${kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints'} must have at least one, got none: say where metrics are read`);
  });
});

test.each([
  ['a Service port without a name', () => ServiceScrapePort.named(''), 'name of a port must not be empty: it is the name in the Service or the container'],
  ['a container port without a name', () => PodScrapePort.named(''), 'name of a port must not be empty: it is the name in the container'],
  ['a target port that is none', () => ServiceScrapePort.target(0), 'target port of an endpoint must be between 1 and 65535, got 0'],
  ['a number that is no port', () => PodScrapePort.number(65536), 'port of an endpoint must be between 1 and 65535, got 65536'],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});
