import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GoldenSignals, ratio, SignalFilters } from './golden-signals';
import { AlertThresholds, signalAlerts } from './istio-golden-alerts';
import { requireRetryStats, RetrySignals } from './retry-stats';
import { MonitoringRule } from '../../monitoring/monitoring-rule';
import { PrometheusRule } from '../../monitoring/prometheus-rule';
import { describeDuration } from '../../semantics/duration';
import { checkUnique } from '../../semantics/lists';
import { checkDnsLabel, checkDnsSubdomain } from '../../semantics/names';
import { IstioMesh } from '../istio-mesh';
import { patternLabels } from '../pattern-labels';

/** Properties of the golden signals of a mesh. */
export interface IstioGoldenSignalsProps extends AlertThresholds {
  /** The mesh. */
  readonly mesh: IstioMesh;

  /**
   * Metadata of the PrometheusRule.
   *
   * @default - 'istio-golden-signals' in the root namespace of the mesh
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The labels by which the Prometheus object selects rules, such as `{ release: 'prometheus' }`.
   *
   * @default - none: it must select all
   */
  readonly selectedBy?: { [key: string]: string };

  /**
   * The namespaces of the servers.
   *
   * @default - all
   */
  readonly namespaces?: string[];

  /**
   * The servers, by the names of their workloads; `service:` series are of all services of the namespaces.
   *
   * @default - all
   */
  readonly workloads?: string[];

  /**
   * Over what time rates are taken; at least four scrapes, so that one may fail.
   *
   * @default Duration.minutes(5)
   */
  readonly window?: Duration;

  /**
   * What time is between evaluations.
   *
   * @default - that of Prometheus
   */
  readonly interval?: Duration;

  /**
   * Whether Envoy's counters of retries are recorded. Proxies have them only when the mesh asks for them.
   *
   * @default false
   */
  readonly retries?: boolean;
}

const LEAST_WINDOW = Duration.minutes(1);

/**
 * Traffic, errors, latency and saturation of the workloads of a mesh, recorded as series, and alerts about them. Each request is counted once: at the server's sidecar, or
 * at the waypoint where there is none.
 *
 * The series are `workload:istio_requests:rate`, `workload:istio_errors:rate`, `workload:istio_errors:ratio`, `workload:istio_request_duration_milliseconds:p50` (`p95`, `p99`),
 * `workload:istio_request_messages:rate`, `workload:istio_response_messages:rate`, `service:istio_not_delivered:ratio`, `service:istio_overflow:ratio`,
 * `component:istio_build:count`, and with retries `cluster:envoy_retries:rate`, `cluster:envoy_retries_succeeded:ratio`, `cluster:envoy_retries_overflowed:rate` and
 * `cluster:envoy_retries_spent:rate`.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export class IstioGoldenSignals extends Construct {
  /** The rules. */
  public readonly rule: PrometheusRule;

  /**
   * @throws when the window is too short, a name or threshold is out of range, or the proxies of the mesh do not count retries and these are asked for
   */
  constructor(scope: Construct, id: string, props: IstioGoldenSignalsProps) {
    super(scope, id);
    const { mesh, window = Duration.minutes(5), interval, selectedBy, retries = false, metadata } = props;
    if (window.toMilliseconds() < LEAST_WINDOW.toMilliseconds()) {
      throw new Error(`window of golden signals must be at least ${describeDuration(LEAST_WINDOW)}, got ${describeDuration(window)}: a rate needs several scrapes`);
    }
    if (retries) {
      requireRetryStats(mesh, 'golden signals with retries');
    }
    const name = metadata?.name ?? 'istio-golden-signals';
    const range = describeDuration(window);
    this.rule = new PrometheusRule(this, 'Rule', {
      metadata: {
        ...metadata,
        name,
        namespace: metadata?.namespace ?? mesh.rootNamespace,
        labels: { ...patternLabels('monitoring', name), ...selectedBy, ...metadata?.labels },
      },
      groups: [
        { name: `${name}.records`, interval, rules: records(new GoldenSignals(mesh.dataPlane, filtersOf(props), range)) },
        ...retries ? [{ name: `${name}.retries`, interval, rules: retryRecords(new RetrySignals(clientFilterOf(props), range)) }] : [],
        { name: `${name}.alerts`, interval, rules: signalAlerts(props) },
      ],
    });
  }
}

function records(signals: GoldenSignals): MonitoringRule[] {
  return [
    MonitoringRule.record('workload:istio_requests:rate', signals.requests()),
    MonitoringRule.record('workload:istio_errors:rate', signals.errors()),
    // Of what this group recorded just before.
    MonitoringRule.record('workload:istio_errors:ratio', ratio('workload:istio_errors:rate', 'workload:istio_requests:rate')),
    ...[50, 95, 99].map(percent => MonitoringRule.record(`workload:istio_request_duration_milliseconds:p${percent}`, signals.latency(percent / 100))),
    MonitoringRule.record('workload:istio_request_messages:rate', signals.requestMessages()),
    MonitoringRule.record('workload:istio_response_messages:rate', signals.responseMessages()),
    MonitoringRule.record('service:istio_not_delivered:ratio', signals.notDelivered()),
    MonitoringRule.record('service:istio_overflow:ratio', signals.overflow()),
    MonitoringRule.record('component:istio_build:count', 'count by (component, tag) (istio_build)'),
  ];
}

function retryRecords(signals: RetrySignals): MonitoringRule[] {
  return [
    MonitoringRule.record('cluster:envoy_retries:rate', signals.retries()),
    MonitoringRule.record('cluster:envoy_retries_succeeded:ratio', `${signals.successes()} / ${signals.retries()}`),
    MonitoringRule.record('cluster:envoy_retries_overflowed:rate', signals.overflows()),
    MonitoringRule.record('cluster:envoy_retries_spent:rate', signals.spent()),
  ];
}

/** The servers that are meant, as matchers. */
function filtersOf({ namespaces, workloads }: IstioGoldenSignalsProps): SignalFilters {
  return {
    workloads: [
      matcher('destination_workload_namespace', namespaces, name => checkDnsLabel(name, 'namespace of golden signals')),
      matcher('destination_workload', workloads, name => checkDnsSubdomain(name, 'workload of golden signals')),
    ].filter(text => text !== '').join(', '),
    services: matcher('destination_service_namespace', namespaces, name => name),
  };
}

/** The clients in the same namespaces, as matchers. */
function clientFilterOf({ namespaces }: IstioGoldenSignalsProps): string {
  return matcher('namespace', namespaces, name => name);
}

function matcher(label: string, names: string[] | undefined, check: (name: string) => string): string {
  if (names === undefined) {
    return '';
  }
  if (names.length === 0) {
    throw new Error(`golden signals need at least one name for ${label}, got none: leave the list out to mean all`);
  }
  checkUnique(names, `names for ${label}`);
  // In a string of PromQL a backslash is written twice.
  return `${label}=~"${names.map(name => check(name).replaceAll('.', '\\\\.')).join('|')}"`;
}
