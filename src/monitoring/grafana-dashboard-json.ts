import { GrafanaPanel, GrafanaPanelType, GrafanaRow, GrafanaUnit, GrafanaVariable } from './grafana-panel';

/** What a dashboard shows. */
interface Content {
  readonly uid: string;
  readonly title: string;
  readonly tags: string[];
  readonly variables: GrafanaVariable[];
  readonly rows: GrafanaRow[];
}

/** Grafana's grid is 24 wide. */
const WIDTH = 12;
const HEIGHT = 8;
/** The version of the model, which newer Grafanas migrate by themselves. */
const SCHEMA = 39;
const SOURCE = { type: 'prometheus', uid: '$datasource' };

/** A dashboard as Grafana reads it. */
export function dashboardJson({ uid, title, tags, variables, rows }: Content): object {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({ id: panels.length + 1, type: 'row', title: row.title, collapsed: false, panels: [], gridPos: { x: 0, y, w: 2 * WIDTH, h: 1 } });
    row.panels.forEach((panel, i) => panels.push({
      id: panels.length + 1,
      gridPos: { x: (i % 2) * WIDTH, y: y + 1 + Math.floor(i / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
      ...panelJson(panel),
    }));
    y += 1 + Math.ceil(row.panels.length / 2) * HEIGHT;
  }
  return {
    uid,
    title,
    tags,
    schemaVersion: SCHEMA,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', regex: '', current: {}, hide: 0 },
        ...variables.map(({ name, label, query }) => ({
          name,
          label: label ?? name,
          type: 'query',
          datasource: SOURCE,
          query: { query, refId: name },
          definition: query,
          refresh: 2,
          sort: 1,
          multi: true,
          includeAll: true,
          allValue: '.*',
          current: { text: 'All', value: '$__all' },
        })),
      ],
    },
    panels,
  };
}

function panelJson({ title, description, type = GrafanaPanelType.TIME_SERIES, unit = GrafanaUnit.SHORT, queries }: GrafanaPanel): object {
  const instant = type === GrafanaPanelType.TABLE;
  return {
    type,
    title,
    description,
    datasource: SOURCE,
    fieldConfig: { defaults: { unit: unit.word }, overrides: [] },
    targets: queries.map(({ expr, legend }, i) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + i),
      datasource: SOURCE,
      expr,
      legendFormat: legend ?? '__auto',
      ...instant && { instant: true, format: 'table' },
    })),
  };
}
