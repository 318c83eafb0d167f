import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { synth } from './synth';
import { GrafanaDashboard, GrafanaDashboardProps } from '../../src/monitoring/grafana-dashboard';
import { GrafanaPanelType, GrafanaUnit } from '../../src/monitoring/grafana-panel';
import { MonitorNamespaces } from '../../src/monitoring/monitor-namespaces';
import { PrometheusScrapeConfig } from '../../src/monitoring/prometheus-scrape-config';
import { Relabeling } from '../../src/monitoring/relabeling';
import { ScrapeJob, ScrapeRole } from '../../src/monitoring/scrape-job';

describe('a scrape configuration', () => {
  const config = (...jobs: ScrapeJob[]) => synth(chart => new PrometheusScrapeConfig(chart, 'Config', { metadata: { name: 'scrape' }, jobs }))[0];

  test('with all that there is', () => {
    const { kind, data } = config(
      {
        jobName: 'web',
        role: ScrapeRole.POD,
        namespaces: MonitorNamespaces.named('shop'),
        path: '/stats',
        interval: Duration.seconds(30),
        scrapeTimeout: Duration.seconds(10),
        relabelings: [Relabeling.keep({ sourceLabels: ['a'], regex: 'b' })],
        metricRelabelings: [Relabeling.labelDrop('c')],
      },
      { jobName: 'nodes', role: ScrapeRole.NODE, namespaces: MonitorNamespaces.any() },
    );
    expect(kind).toBe('ConfigMap');
    expect(parse(data['prometheus.yml'])).toEqual({
      scrape_configs: [
        {
          job_name: 'web',
          kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['shop'] } }],
          metrics_path: '/stats',
          scrape_interval: '30s',
          scrape_timeout: '10s',
          relabel_configs: [{ action: 'keep', source_labels: ['a'], regex: 'b' }],
          metric_relabel_configs: [{ action: 'labeldrop', regex: 'c' }],
        },
        { job_name: 'nodes', kubernetes_sd_configs: [{ role: 'node' }] },
      ],
    });
  });

  test('in a file of another name', () => {
    const [{ data }] = synth(chart => new PrometheusScrapeConfig(chart, 'Config', { key: 'mesh.yml', jobs: [{ jobName: 'a', role: ScrapeRole.SERVICE }] }));
    expect(Object.keys(data)).toEqual(['mesh.yml']);
  });

  const job = { jobName: 'a', role: ScrapeRole.POD };
  test.each<[string, ScrapeJob[], string]>([
    ['no jobs', [], 'a scrape configuration needs at least one job, got none'],
    ['two jobs of a name', [job, job], "names of jobs must differ from each other, got 'a' twice: choose another name"],
    ['a job without a name', [{ ...job, jobName: '' }], 'jobName of a scrape job must not be empty'],
    ['no time between scrapes', [{ ...job, interval: Duration.seconds(0) }], "interval of job 'a' must be more than nothing, got 0s"],
    ['a timeout beyond the interval', [{ ...job, interval: Duration.seconds(1), scrapeTimeout: Duration.seconds(2) }],
      "scrapeTimeout of job 'a' must not be more than its interval of 1s, got 2s"],
  ])('%s are refused', (_, jobs, message) => {
    expect(() => config(...jobs)).toThrow(new Error(message));
  });
});

describe('a dashboard', () => {
  const panel = { title: 'Up', queries: [{ expr: 'up' }] };
  const dashboard = (props: Partial<GrafanaDashboardProps> = {}) =>
    synth(chart => new GrafanaDashboard(chart, 'Dashboard', { metadata: { name: 'up' }, uid: 'up', title: 'Up', rows: [{ title: 'All', panels: [panel] }], ...props }))[0];

  test('is found by the sidecar of Grafana', () => {
    expect(dashboard().metadata.labels).toEqual({ grafana_dashboard: '1' });
    expect(dashboard({ labelValue: 'yes', folder: 'Mesh', metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }).metadata).toMatchObject({
      labels: { a: 'b', grafana_dashboard: 'yes' }, annotations: { c: 'd', grafana_folder: 'Mesh' },
    });
  });

  test('has the data source, and its variables', () => {
    const { uid, title, tags, templating } = JSON.parse(dashboard({ tags: ['mesh'], variables: [{ name: 'namespace', query: 'label_values(up, namespace)' }] }).data['up.json']);
    expect({ uid, title, tags }).toEqual({ uid: 'up', title: 'Up', tags: ['mesh'] });
    expect(templating.list).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      { name: 'namespace', label: 'namespace', type: 'query', definition: 'label_values(up, namespace)', multi: true, includeAll: true, allValue: '.*' },
    ]);
  });

  test('has its panels beside and below each other', () => {
    const rows = [{ title: 'A', panels: [panel, panel, panel] }, { title: 'B', panels: [panel] }];
    const { panels } = JSON.parse(dashboard({ rows }).data['up.json']);
    expect(panels.map(({ id, type, gridPos: { x, y, w, h } }: any) => [id, type, x, y, w, h])).toEqual([
      [1, 'row', 0, 0, 24, 1], [2, 'timeseries', 0, 1, 12, 8], [3, 'timeseries', 12, 1, 12, 8], [4, 'timeseries', 0, 9, 12, 8],
      [5, 'row', 0, 17, 24, 1], [6, 'timeseries', 0, 18, 12, 8],
    ]);
  });

  test('says what a panel shows', () => {
    const rows = [{
      title: 'A',
      panels: [{
        title: 'Versions',
        description: 'What runs',
        type: GrafanaPanelType.TABLE,
        unit: GrafanaUnit.of('bool'),
        queries: [{ expr: 'a', legend: '{{tag}}' }, { expr: 'b' }],
      }],
    }];
    const [, shown] = JSON.parse(dashboard({ rows }).data['up.json']).panels;
    expect(shown).toMatchObject({
      title: 'Versions',
      description: 'What runs',
      type: 'table',
      datasource: { type: 'prometheus', uid: '$datasource' },
      fieldConfig: { defaults: { unit: 'bool' } },
      targets: [
        { refId: 'A', expr: 'a', legendFormat: '{{tag}}', instant: true, format: 'table', datasource: { uid: '$datasource' } },
        { refId: 'B', expr: 'b', legendFormat: '__auto' },
      ],
    });
  });

  test.each<[string, Partial<GrafanaDashboardProps>, string]>([
    ['a uid that is none', { uid: 'a b' }, "uid of a dashboard must be 1 to 40 letters, digits, - and _, got 'a b'"],
    ['no rows', { rows: [] }, "dashboard 'Up' needs at least one row, got none"],
    ['a row without panels', { rows: [{ title: 'A', panels: [] }] }, "row 'A' of dashboard 'Up' needs panels that each show something, got none"],
    ['a panel that shows nothing', { rows: [{ title: 'A', panels: [{ title: 'B', queries: [] }] }] },
      "row 'A' of dashboard 'Up' needs panels that each show something, got 'B' without queries"],
    ['a variable that is there already', { variables: [{ name: 'datasource', query: 'a' }] },
      "name of a variable must be letters, digits and _, and not 'datasource', got 'datasource'"],
    ['a label that is none', { labelValue: 'a b' }, "labelValue of a dashboard must be at most 63 letters, digits and inner -_., got 'a b'"],
  ])('%s is refused', (_, props, message) => {
    expect(() => dashboard(props)).toThrow(new Error(message));
  });
});
