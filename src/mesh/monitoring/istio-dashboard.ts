import { ApiObjectMetadata } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GoldenSignals } from './golden-signals';
import { requireRetryStats, RetrySignals } from './retry-stats';
import { GrafanaDashboard } from '../../monitoring/grafana-dashboard';
import { GrafanaPanelType, GrafanaRow, GrafanaUnit } from '../../monitoring/grafana-panel';
import { IstioMesh } from '../istio-mesh';
import { patternLabels } from '../pattern-labels';

/** Properties of the dashboard of a mesh. */
export interface IstioDashboardProps {
  /** The mesh. */
  readonly mesh: IstioMesh;

  /**
   * Metadata of the ConfigMap.
   *
   * @default - 'istio-golden-signals-dashboard' in the root namespace of the mesh
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * By which links find it.
   *
   * @default 'istio-golden-signals'
   */
  readonly uid?: string;

  /**
   * What stands above it.
   *
   * @default 'Istio: golden signals'
   */
  readonly title?: string;

  /**
   * The folder in Grafana.
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

  /**
   * Whether Envoy's counters of retries are shown. Proxies have them only when the mesh asks for them.
   *
   * @default false
   */
  readonly retries?: boolean;
}

const RANGE = '$__rate_interval';
const LEGEND = '{{destination_workload_namespace}}/{{destination_workload}}';
const SERVICE = '{{destination_service_namespace}}/{{destination_service_name}}';
const CLUSTER = '{{namespace}}: {{cluster_name}}';
const FILTERS = {
  workloads: 'destination_workload_namespace=~"$namespace", destination_workload=~"$workload"',
  services: 'destination_service_namespace=~"$namespace"',
};

/**
 * A dashboard of Grafana with traffic, errors, latency and saturation of the workloads of a mesh, by namespace and workload. Each request is counted once.
 *
 * @see https://istio.io/latest/docs/ops/integrations/grafana/
 */
export class IstioDashboard extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ConfigMap;

  /**
   * @throws when the uid is none, or the proxies of the mesh do not count retries and these are asked for
   */
  constructor(scope: Construct, id: string, props: IstioDashboardProps) {
    super(scope, id);
    const { mesh, metadata, uid = 'istio-golden-signals', title = 'Istio: golden signals', folder, labelValue, retries = false } = props;
    if (retries) {
      requireRetryStats(mesh, 'a dashboard with retries');
    }
    const name = metadata?.name ?? 'istio-golden-signals-dashboard';
    const signals = new GoldenSignals(mesh.dataPlane, FILTERS, RANGE);
    this.configMap = new GrafanaDashboard(this, 'Dashboard', {
      metadata: {
        ...metadata,
        name,
        namespace: metadata?.namespace ?? mesh.rootNamespace,
        labels: { ...patternLabels('monitoring', name), ...metadata?.labels },
      },
      uid,
      title,
      folder,
      labelValue,
      tags: ['istio'],
      variables: [
        { name: 'namespace', label: 'Namespace', query: 'label_values(istio_requests_total, destination_workload_namespace)' },
        { name: 'workload', label: 'Workload', query: 'label_values(istio_requests_total{destination_workload_namespace=~"$namespace"}, destination_workload)' },
      ],
      rows: [...signalRows(signals), ...retries ? [retryRow(new RetrySignals('namespace=~"$namespace"', RANGE))] : [], versionRow()],
    }).configMap;
  }
}

function signalRows(signals: GoldenSignals): GrafanaRow[] {
  return [
    {
      title: 'Traffic',
      panels: [
        { title: 'Requests', unit: GrafanaUnit.REQUESTS_PER_SECOND, queries: [{ expr: signals.requests(), legend: LEGEND }] },
        {
          title: 'gRPC messages',
          unit: GrafanaUnit.OPS_PER_SECOND,
          queries: [{ expr: signals.requestMessages(), legend: `${LEGEND} in` }, { expr: signals.responseMessages(), legend: `${LEGEND} out` }],
        },
      ],
    },
    {
      title: 'Errors',
      panels: [
        {
          title: 'Failed requests',
          description: '5xx, and statuses of gRPC that are the server\'s fault',
          unit: GrafanaUnit.PERCENT_UNIT,
          queries: [{ expr: signals.errorRatio(), legend: LEGEND }],
        },
        {
          title: 'Requests that got to no server',
          description: 'As the proxies before it report, of all services of the namespaces',
          unit: GrafanaUnit.PERCENT_UNIT,
          queries: [{ expr: signals.notDelivered(), legend: SERVICE }],
        },
      ],
    },
    {
      title: 'Latency',
      panels: [50, 95, 99].map(percent => (
        { title: `${percent} % of requests within`, unit: GrafanaUnit.MILLISECONDS, queries: [{ expr: signals.latency(percent / 100), legend: LEGEND }] })),
    },
    {
      title: 'Saturation',
      panels: [
        { title: 'Requests without room in a connection pool', unit: GrafanaUnit.PERCENT_UNIT, queries: [{ expr: signals.overflow(), legend: SERVICE }] },
        {
          title: 'Memory of proxies',
          unit: GrafanaUnit.BYTES,
          queries: [{ expr: 'sum by (namespace, pod) (container_memory_working_set_bytes{container="istio-proxy", namespace=~"$namespace"})', legend: '{{namespace}}/{{pod}}' }],
        },
      ],
    },
  ];
}

function retryRow(signals: RetrySignals): GrafanaRow {
  return {
    title: 'Retries',
    panels: [
      { title: 'Retries', unit: GrafanaUnit.OPS_PER_SECOND, queries: [{ expr: signals.retries(), legend: CLUSTER }] },
      { title: 'Retries that were answered', unit: GrafanaUnit.OPS_PER_SECOND, queries: [{ expr: signals.successes(), legend: CLUSTER }] },
      { title: 'Retries without room', unit: GrafanaUnit.OPS_PER_SECOND, queries: [{ expr: signals.overflows(), legend: CLUSTER }] },
      { title: 'Requests whose retries were spent', unit: GrafanaUnit.OPS_PER_SECOND, queries: [{ expr: signals.spent(), legend: CLUSTER }] },
    ],
  };
}

function versionRow(): GrafanaRow {
  const queries = [{ expr: 'count by (component, tag) (istio_build)', legend: '{{component}} {{tag}}' }];
  return { title: 'Versions', panels: [{ title: 'Istio', type: GrafanaPanelType.TABLE, queries }] };
}
