import { App, Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import { DataPlane } from '../../src/istio/data-plane';
import { ControlPlane, ManagedChannel } from '../../src/mesh/control-plane/control-plane';
import { IstioMesh } from '../../src/mesh/istio-mesh';
import { IstioDashboard } from '../../src/mesh/monitoring/istio-dashboard';
import { IstioGoldenSignals, IstioGoldenSignalsProps } from '../../src/mesh/monitoring/istio-golden-signals';
import { IstioMonitoring, IstioMonitoringProps } from '../../src/mesh/monitoring/istio-monitoring';
import { IstioScrapeConfig } from '../../src/mesh/monitoring/istio-scrape-config';
import { ProxyMetrics } from '../../src/mesh/monitoring/istio-scrape-options';

const RETRIES = { defaultConfig: { proxyStatsMatcher: { inclusionRegexps: ['.*upstream_rq_retry.*'] } } };

/** The objects that are made for a mesh. */
function made(dataPlane: DataPlane, make: (chart: Construct, mesh: IstioMesh) => void, more: object = {}): any[] {
  const chart = new Chart(new App(), 'test');
  make(chart, new IstioMesh(chart, 'Mesh', { dataPlane, ...more }));
  return Testing.synth(chart);
}

describe('monitors', () => {
  const monitors = (dataPlane: DataPlane, props: Omit<IstioMonitoringProps, 'mesh'> = {}, more: object = {}) =>
    made(dataPlane, (chart, mesh) => new IstioMonitoring(chart, 'Monitoring', { mesh, ...props }), more);

  test('of a mesh with sidecars', () => {
    const objects = monitors(DataPlane.SIDECAR, { selectedBy: { release: 'prometheus' } });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ServiceMonitor istio-system/istiod', 'PodMonitor istio-system/istio-proxies',
    ]);
    expect(objects.map(({ metadata }) => metadata.labels)).toEqual([
      expect.objectContaining({ 'release': 'prometheus', 'app.kubernetes.io/managed-by': 'cdk8s-mesh' }),
      expect.objectContaining({ 'release': 'prometheus', 'app.kubernetes.io/name': 'istio-proxies' }),
    ]);
    expect(objects[0].spec).toEqual({
      jobLabel: 'istio',
      targetLabels: ['app'],
      selector: { matchExpressions: [{ key: 'istio', operator: 'In', values: ['pilot'] }] },
      namespaceSelector: { matchNames: ['istio-system'] },
      endpoints: [{
        port: 'http-monitoring',
        interval: '15s',
        relabelings: [{ action: 'drop', sourceLabels: ['__meta_kubernetes_service_labelpresent_istio_io_tag'], regex: 'true' }],
      }],
    });
    expect(objects[1].spec.selector).toEqual({ matchExpressions: [{ key: 'istio-prometheus-ignore', operator: 'DoesNotExist' }] });
  });

  test('of an ambient mesh, where ztunnel is not scraped as a proxy too', () => {
    const [, proxies, ztunnel, cni] = monitors(DataPlane.AMBIENT);
    expect(proxies.spec.selector.matchExpressions).toContainEqual({ key: 'app', operator: 'NotIn', values: ['ztunnel'] });
    expect(ztunnel.spec).toMatchObject({ selector: { matchLabels: { app: 'ztunnel' } }, namespaceSelector: { any: true }, podMetricsEndpoints: [{ port: 'ztunnel-stats' }] });
    expect(cni.spec).toMatchObject({ selector: { matchLabels: { 'k8s-app': 'istio-cni-node' } }, podMetricsEndpoints: [{ port: 'metrics' }] });
  });

  test('of a managed control plane, which its provider runs elsewhere', () => {
    const controlPlane = ControlPlane.managed(ManagedChannel.REGULAR);
    const objects = monitors(DataPlane.SIDECAR, {}, { controlPlane });
    const [config] = made(DataPlane.SIDECAR, (chart, mesh) => new IstioScrapeConfig(chart, 'Scrape', { mesh }), { controlPlane });
    const [rules] = made(DataPlane.SIDECAR, (chart, mesh) => new IstioGoldenSignals(chart, 'Signals', { mesh }), { controlPlane });

    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['istio-proxies']);
    expect(parse(Object.values<string>(config.data)[0]).scrape_configs.map((job: any) => job.job_name)).toEqual(['istio-proxies']);
    expect(rules.spec.groups.flatMap((group: any) => group.rules).map((rule: any) => rule.alert)).not.toContain('IstiodAbsent');
  });

  test('with or without the CNI plugin', () => {
    expect(monitors(DataPlane.SIDECAR, { cni: true }).map(({ metadata }) => metadata.name)).toContain('istio-cni');
    expect(monitors(DataPlane.AMBIENT, { cni: false }).map(({ metadata }) => metadata.name)).not.toContain('istio-cni');
  });

  test('of Envoy alone, in some namespaces', () => {
    const [, proxies] = monitors(DataPlane.SIDECAR, { proxyMetrics: ProxyMetrics.ENVOY_ONLY, namespaces: ['shop'], interval: Duration.minutes(1), podLabel: 'pod_name' });
    expect(proxies.spec.namespaceSelector).toEqual({ matchNames: ['shop'] });
    expect(proxies.spec.podMetricsEndpoints).toEqual([{
      port: 'http-envoy-prom',
      path: '/stats/prometheus',
      interval: '1m',
      relabelings: [
        { action: 'replace', sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'namespace' },
        { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'pod_name' },
      ],
    }]);
  });

  test('of Envoy alone in a mesh that merges no metrics', () => {
    const [, proxies] = monitors(DataPlane.SIDECAR, {}, { enablePrometheusMerge: false });
    expect(proxies.spec.podMetricsEndpoints[0].port).toBe('http-envoy-prom');
    expect(() => monitors(DataPlane.SIDECAR, { proxyMetrics: ProxyMetrics.MERGED }, { enablePrometheusMerge: false }))
      .toThrow("proxyMetrics 'merged' needs a mesh that merges metrics, got enablePrometheusMerge: false: use ProxyMetrics.ENVOY_ONLY");
  });

  test('where the mesh and the reader say', () => {
    const objects = monitors(DataPlane.SIDECAR, { namespace: 'monitoring', istiodName: 'a', proxiesName: 'b' }, { rootNamespace: 'mesh' });
    expect(objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['monitoring/a', 'monitoring/b']);
    expect(objects[0].spec.namespaceSelector).toEqual({ matchNames: ['mesh'] });
  });
});

describe('the scrape configuration', () => {
  const jobs = (dataPlane: DataPlane, props: object = {}): any[] => {
    const [{ data }] = made(dataPlane, (chart, mesh) => new IstioScrapeConfig(chart, 'Config', { mesh, ...props }));
    return parse(Object.values(data as { [key: string]: string })[0]).scrape_configs;
  };

  test('has a job for each kind of target', () => {
    expect(jobs(DataPlane.SIDECAR).map(job => job.job_name)).toEqual(['istiod', 'istio-proxies']);
    expect(jobs(DataPlane.AMBIENT).map(job => job.job_name)).toEqual(['istiod', 'istio-proxies', 'ztunnel', 'istio-cni']);
    expect(jobs(DataPlane.SIDECAR, { cni: true }).map(job => job.job_name)).toEqual(['istiod', 'istio-proxies', 'istio-cni']);
  });

  test('finds istiod in its namespace, at the port of its metrics', () => {
    expect(jobs(DataPlane.SIDECAR)[0]).toMatchObject({
      kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: ['istio-system'] } }],
      relabel_configs: [
        { action: 'keep', source_labels: ['__meta_kubernetes_service_label_istio', '__meta_kubernetes_endpoint_port_name'], regex: 'pilot;http-monitoring' },
        { action: 'drop', source_labels: ['__meta_kubernetes_service_labelpresent_istio_io_tag'], regex: 'true' },
        { target_label: 'app' }, { target_label: 'namespace' }, { target_label: 'pod' },
      ],
    });
  });

  test('finds Envoy alone by the name of its port', () => {
    const [, proxies] = jobs(DataPlane.SIDECAR, { proxyMetrics: ProxyMetrics.ENVOY_ONLY, namespaces: ['shop'], key: 'a.yml', metadata: { name: 'a' } });
    expect(proxies.kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: ['shop'] } }]);
    expect(proxies.relabel_configs).toContainEqual({ action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: 'http-envoy-prom' });
  });
});

describe('golden signals', () => {
  const signals = (dataPlane: DataPlane, props: Omit<IstioGoldenSignalsProps, 'mesh'> = {}, more: object = {}) =>
    made(dataPlane, (chart, mesh) => new IstioGoldenSignals(chart, 'Signals', { mesh, ...props }), more)[0];
  const rules = (object: any): { [name: string]: any } => Object.fromEntries(object.spec.groups
    .flatMap((group: any) => group.rules).map((rule: any) => [rule.record ?? rule.alert, rule]));

  test('count requests at the sidecars of servers', () => {
    expect(rules(signals(DataPlane.SIDECAR))['workload:istio_requests:rate'].expr).toBe(
      'sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter="destination"}[5m]))');
  });

  test('count requests at waypoints where no sidecar does', () => {
    expect(rules(signals(DataPlane.AMBIENT))['workload:istio_requests:rate'].expr).toBe(
      '(sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter="destination"}[5m])) or ' +
      '(sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter="waypoint"}[5m])) ' +
      'unless on (destination_workload_namespace, destination_workload) sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter="destination"}[5m]))))');
  });

  test('of some workloads, over another time', () => {
    const { metadata, spec } = signals(DataPlane.SIDECAR, {
      metadata: { name: 'shop', namespace: 'shop', labels: { a: 'b' } },
      selectedBy: { release: 'prometheus' },
      namespaces: ['shop', 'pay'],
      workloads: ['web.v1'],
      window: Duration.minutes(2),
      interval: Duration.seconds(30),
    });
    expect(metadata).toMatchObject({ name: 'shop', namespace: 'shop', labels: { a: 'b', release: 'prometheus' } });
    expect(spec.groups.map(({ name, interval }: any) => [name, interval])).toEqual([['shop.records', '30s'], ['shop.alerts', '30s']]);
    expect(spec.groups[0].rules[0].expr).toContain(
      '{reporter="destination", destination_workload_namespace=~"shop|pay", destination_workload=~"web\\\\.v1"}[2m]');
  });

  test('count what met no server by service, in the namespaces that are meant', () => {
    const part = (reporter: string, flags: string) => ['', `, response_flags=~"${flags}"`].reverse().map(more =>
      'sum by (destination_service_namespace, destination_service_name) ' +
      `(rate(istio_requests_total{reporter="${reporter}", destination_service_namespace=~"shop"${more}}[5m]))`).join(' / ');
    expect(rules(signals(DataPlane.SIDECAR, { namespaces: ['shop'], workloads: ['web'] }))['service:istio_not_delivered:ratio'].expr)
      .toBe(part('source', '.*(UH|UF|NR|NC).*'));
    expect(rules(signals(DataPlane.AMBIENT, { namespaces: ['shop'] }))['service:istio_overflow:ratio'].expr)
      .toBe(`${part('waypoint', '.*UO.*')} > 0 or ${part('source', '.*UO.*')}`);
  });

  test('alert at the thresholds that are said', () => {
    const alerts = rules(signals(DataPlane.SIDECAR, {
      errorRatio: 0.2,
      latency: Duration.millis(250),
      minimumRate: 2,
      notDeliveredRatio: 0.3,
      overflowRatio: 0.4,
      memoryRatio: 0.5,
      retryOverflowRate: 3,
      retries: true,
      forDuration: Duration.minutes(3),
      criticalSeverity: 'page',
      warningSeverity: 'ticket',
      alertLabels: { team: 'mesh' },
      runbookUrl: 'https://runbooks.example.com/',
    }, RETRIES));
    expect(alerts.IstioWorkloadErrors).toMatchObject({
      expr: 'workload:istio_errors:ratio > 0.2 and workload:istio_requests:rate > 2',
      for: '3m',
      labels: { severity: 'page', team: 'mesh' },
      annotations: { runbook_url: 'https://runbooks.example.com/IstioWorkloadErrors' },
    });
    expect(alerts.IstioWorkloadSlow).toMatchObject({ expr: 'workload:istio_request_duration_milliseconds:p99 > 250 and workload:istio_requests:rate > 2', labels: { severity: 'ticket' } });
    expect(alerts.IstioRequestsNotDelivered.expr).toBe('service:istio_not_delivered:ratio > 0.3');
    expect(alerts.IstioConnectionPoolFull.expr).toBe('service:istio_overflow:ratio > 0.4');
    expect(alerts.IstioProxyMemory.expr).toMatch(/ > 0\.5$/);
    expect(alerts.IstioRetriesOverflow.expr).toBe('cluster:envoy_retries_overflowed:rate > 3');
    expect(alerts.IstioVersionsDiffer.for).toBe('24h');
  });

  test('record retries of the clients in the namespaces', () => {
    const recorded = rules(signals(DataPlane.SIDECAR, { retries: true, namespaces: ['shop'] }, RETRIES));
    expect(recorded['cluster:envoy_retries:rate'].expr).toBe('sum by (namespace, cluster_name) (rate(envoy_cluster_upstream_rq_retry{namespace=~"shop"}[5m]))');
    expect(rules(signals(DataPlane.SIDECAR, {}, RETRIES))['cluster:envoy_retries:rate']).toBeUndefined();
  });

  test.each([
    ['by the end', { inclusionSuffixes: ['upstream_rq_retry', 'upstream_rq_retry_success', 'upstream_rq_retry_overflow', 'upstream_rq_retry_limit_exceeded'] }],
    ['by the beginning', { inclusionPrefixes: ['cluster.outbound'] }],
  ])('know counters that the mesh includes %s', (_, proxyStatsMatcher) => {
    expect(() => signals(DataPlane.SIDECAR, { retries: true }, { defaultConfig: { proxyStatsMatcher } })).not.toThrow();
  });

  test.each([
    ['all', {}, 'upstream_rq_retry, upstream_rq_retry_success, upstream_rq_retry_overflow, upstream_rq_retry_limit_exceeded'],
    ['some', { defaultConfig: { proxyStatsMatcher: { inclusionSuffixes: ['upstream_rq_retry', 'upstream_rq_retry_success', 'retry_overflow'] } } }, 'upstream_rq_retry_limit_exceeded'],
  ])('refuse retries where proxies lack %s counters', (_, more, missing) => {
    const remedy = "pass proxyStatsMatcher: { inclusionRegexps: ['.*upstream_rq_retry.*'] } in defaultConfig of the mesh";
    expect(() => signals(DataPlane.SIDECAR, { retries: true }, more)).toThrow(
      new Error(`golden signals with retries: the proxies of the mesh do not have the counters ${missing}; ${remedy}`));
    expect(() => made(DataPlane.SIDECAR, (chart, mesh) => new IstioDashboard(chart, 'Dashboard', { mesh, retries: true }), more)).toThrow('a dashboard with retries: the proxies of the mesh');
  });

  test.each<[string, Omit<IstioGoldenSignalsProps, 'mesh'>, string]>([
    ['a window of one scrape', { window: Duration.seconds(30) }, 'window of golden signals must be at least 1m, got 30s: a rate needs several scrapes'],
    ['more than all', { errorRatio: 5 }, 'errorRatio of golden signals must be between 0 and 1, got 5'],
    ['less than nothing', { memoryRatio: -1 }, 'memoryRatio of golden signals must be between 0 and 1, got -1'],
    ['no time to answer', { latency: Duration.millis(0) }, 'latency of golden signals must be more than nothing, got 0s'],
    ['a negative rate', { minimumRate: -1 }, 'minimumRate of golden signals must be at least 0, got -1'],
    ['no namespaces', { namespaces: [] }, 'golden signals need at least one name for destination_workload_namespace, got none: leave the list out to mean all'],
    ['a workload twice', { workloads: ['a', 'a'] }, "names for destination_workload must differ from each other, got 'a' twice: leave one out"],
    ['a namespace that is none', { namespaces: ['a|b'] }, "namespace of golden signals must be a DNS label (lower case letters, digits and inner dashes), got 'a|b'"],
  ])('refuse %s', (_, props, message) => {
    expect(() => signals(DataPlane.SIDECAR, props)).toThrow(new Error(message));
  });
});

describe('the dashboard', () => {
  const dashboard = (props: object = {}, more: object = {}) => made(DataPlane.SIDECAR, (chart, mesh) => new IstioDashboard(chart, 'Dashboard', { mesh, ...props }), more)[0];

  test('shows the golden signals of what the reader chooses', () => {
    const { metadata, data } = dashboard();
    const { uid, title, panels, templating } = JSON.parse(data['istio-golden-signals.json']);
    expect(metadata).toMatchObject({ name: 'istio-golden-signals-dashboard', namespace: 'istio-system', labels: { grafana_dashboard: '1' } });
    expect({ uid, title }).toEqual({ uid: 'istio-golden-signals', title: 'Istio: golden signals' });
    expect(templating.list.map(({ name }: any) => name)).toEqual(['datasource', 'namespace', 'workload']);
    expect(panels.filter(({ type }: any) => type === 'row').map((row: any) => row.title)).toEqual(['Traffic', 'Errors', 'Latency', 'Saturation', 'Versions']);
    expect(panels[1].targets[0].expr).toBe('sum by (destination_workload_namespace, destination_workload) (rate(istio_requests_total{reporter="destination", ' +
      'destination_workload_namespace=~"$namespace", destination_workload=~"$workload"}[$__rate_interval]))');
  });

  test('is as the reader says', () => {
    const { metadata, data } = dashboard({ metadata: { name: 'a', namespace: 'b', labels: { c: 'd' } }, uid: 'e', title: 'F', folder: 'G', labelValue: 'h', retries: true }, RETRIES);
    expect(metadata).toMatchObject({ name: 'a', namespace: 'b', labels: { c: 'd', grafana_dashboard: 'h' }, annotations: { grafana_folder: 'G' } });
    const { title, panels } = JSON.parse(data['e.json']);
    expect(title).toBe('F');
    expect(panels.filter(({ type }: any) => type === 'row').map((row: any) => row.title)).toContain('Retries');
  });
});
