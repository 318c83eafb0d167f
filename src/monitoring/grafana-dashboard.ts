import { ApiObjectMetadata } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { dashboardJson } from './grafana-dashboard-json';
import { GrafanaRow, GrafanaVariable } from './grafana-panel';
import { GrafanaAnnotation, GrafanaLabel } from '../semantics/keys';
import { checkLabelValue } from '../semantics/qualified-name';

/** Properties of a dashboard. */
export interface GrafanaDashboardProps {
  /**
   * Metadata of the ConfigMap.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /** By which links find it, also when it is made anew: at most 40 letters, digits, `-` and `_`. */
  readonly uid: string;

  /** What stands above it. */
  readonly title: string;

  /** What it shows; at least one row. */
  readonly rows: GrafanaRow[];

  /**
   * What the reader chooses from, beside the data source.
   *
   * @default - nothing
   */
  readonly variables?: GrafanaVariable[];

  /**
   * By what it is found.
   *
   * @default - none
   */
  readonly tags?: string[];

  /**
   * The folder, which the sidecar of Grafana reads from an annotation.
   *
   * @default - the one that Grafana is told
   */
  readonly folder?: string;

  /**
   * The value of the label `grafana_dashboard`, by which the sidecar of Grafana finds it.
   *
   * @default '1'
   */
  readonly labelValue?: string;
}

const UID = /^[a-zA-Z0-9_-]{1,40}$/;
const VARIABLE = /^\w+$/;

/**
 * A dashboard in a ConfigMap, which the sidecar of Grafana loads. The reader chooses the Prometheus that it asks.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export class GrafanaDashboard extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ConfigMap;

  /**
   * @throws when the uid is none, a row or panel shows nothing, or a variable has no name
   */
  constructor(scope: Construct, id: string, props: GrafanaDashboardProps) {
    super(scope, id);
    const { uid, title, rows, variables = [], tags = [], folder, labelValue = '1' } = props;
    if (!UID.test(uid)) {
      throw new Error(`uid of a dashboard must be 1 to 40 letters, digits, - and _, got '${uid}'`);
    }
    if (rows.length === 0) {
      throw new Error(`dashboard '${title}' needs at least one row, got none`);
    }
    for (const row of rows) {
      const silent = row.panels.find(({ queries }) => queries.length === 0);
      if (row.panels.length === 0 || silent) {
        throw new Error(`row '${row.title}' of dashboard '${title}' needs panels that each show something, got ${silent ? `'${silent.title}' without queries` : 'none'}`);
      }
    }
    const bad = variables.find(({ name }) => !VARIABLE.test(name) || name === 'datasource');
    if (bad) {
      throw new Error(`name of a variable must be letters, digits and _, and not 'datasource', got '${bad.name}'`);
    }
    this.configMap = new ConfigMap(this, 'ConfigMap', {
      metadata: {
        ...props.metadata,
        labels: { ...props.metadata?.labels, [GrafanaLabel.DASHBOARD]: checkLabelValue(labelValue, 'labelValue of a dashboard') },
        annotations: { ...props.metadata?.annotations, ...folder !== undefined && { [GrafanaAnnotation.FOLDER]: folder } },
      },
      data: { [`${uid}.json`]: JSON.stringify(dashboardJson({ uid, title, tags, variables, rows }), undefined, 2) },
    });
  }
}
