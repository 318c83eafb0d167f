import { Duration } from 'cdk8s';
import { MonitoringRule } from '../../monitoring/monitoring-rule';
import { describeDuration } from '../../semantics/duration';
import { isManaged } from '../control-plane/own-control-plane';
import { IstioMesh } from '../istio-mesh';

/** When alerts fire, and what they say. */
export interface AlertThresholds {
  /**
   * The part of requests to a workload that may fail, from 0 to 1.
   *
   * @default 0.05
   */
  readonly errorRatio?: number;

  /**
   * The time within which 99 % of requests to a workload must be answered.
   *
   * @default Duration.seconds(1)
   */
  readonly latency?: Duration;

  /**
   * The requests a second below which a workload's errors and latency say nothing.
   *
   * @default 0.1
   */
  readonly minimumRate?: number;

  /**
   * The part of requests to a service that may not get to a server, from 0 to 1.
   *
   * @default 0.01
   */
  readonly notDeliveredRatio?: number;

  /**
   * The part of requests to a service for which connection pools may have no room, from 0 to 1.
   *
   * @default 0.01
   */
  readonly overflowRatio?: number;

  /**
   * The part of its memory limit that a proxy may use, from 0 to 1. It needs the metrics of the kubelet (cAdvisor).
   *
   * @default 0.9
   */
  readonly memoryRatio?: number;

  /**
   * The retries a second from a namespace to a cluster for which there may be no room.
   *
   * @default 0
   */
  readonly retryOverflowRate?: number;

  /**
   * How long something must be wrong before an alert fires.
   *
   * @default Duration.minutes(10)
   */
  readonly forDuration?: Duration;

  /**
   * The label `severity` of what users notice: errors, requests that are not delivered, no istiod.
   *
   * @default 'critical'
   */
  readonly criticalSeverity?: string;

  /**
   * The label `severity` of the rest.
   *
   * @default 'warning'
   */
  readonly warningSeverity?: string;

  /**
   * More labels of all alerts, such as the team.
   *
   * @default - none
   */
  readonly alertLabels?: { [name: string]: string };

  /**
   * Where people read what to do; the name of the alert follows.
   *
   * @default - no annotation `runbook_url`
   */
  readonly runbookUrl?: string;
}

/** How long versions may differ: an upgrade is one. */
const UPGRADE = Duration.hours(24);
const WORKLOAD = '{{ $labels.destination_workload_namespace }}/{{ $labels.destination_workload }}';
const SERVICE = '{{ $labels.destination_service_namespace }}/{{ $labels.destination_service_name }}';
const MEMORY = 'sum by (namespace, pod) (container_memory_working_set_bytes{container="istio-proxy"})' +
  ' / sum by (namespace, pod) (container_spec_memory_limit_bytes{container="istio-proxy"} > 0)';

/** The alerts on what the golden signals record. */
export function signalAlerts(thresholds: AlertThresholds & { readonly mesh: IstioMesh; readonly retries?: boolean }): MonitoringRule[] {
  const { latency = Duration.seconds(1), minimumRate = 0.1, retryOverflowRate = 0, forDuration = Duration.minutes(10), retries } = thresholds;
  const { criticalSeverity = 'critical', warningSeverity = 'warning', alertLabels, runbookUrl } = thresholds;
  const errors = part(thresholds.errorRatio ?? 0.05, 'errorRatio');
  const undelivered = part(thresholds.notDeliveredRatio ?? 0.01, 'notDeliveredRatio');
  const overflow = part(thresholds.overflowRatio ?? 0.01, 'overflowRatio');
  const memory = part(thresholds.memoryRatio ?? 0.9, 'memoryRatio');
  const busy = `workload:istio_requests:rate > ${amount(minimumRate, 'minimumRate')}`;
  if (latency.toMilliseconds() <= 0) {
    throw new Error(`latency of golden signals must be more than nothing, got ${describeDuration(latency)}`);
  }
  const alert = (name: string, severity: string, expr: string, summary: string, description: string, wait = forDuration) =>
    MonitoringRule.alert(name, expr, {
      forDuration: wait,
      labels: { ...alertLabels, severity },
      annotations: { summary, description, ...runbookUrl !== undefined && { runbook_url: `${runbookUrl}${name}` } },
    });
  return [
    alert('IstioWorkloadErrors', criticalSeverity, `workload:istio_errors:ratio > ${errors} and ${busy}`,
      `${WORKLOAD} fails requests`, `{{ $value | humanizePercentage }} of the requests to ${WORKLOAD} fail with 5xx, or with a status of gRPC that is the server's fault.`),
    alert('IstioWorkloadSlow', warningSeverity, `workload:istio_request_duration_milliseconds:p99 > ${latency.toMilliseconds()} and ${busy}`,
      `${WORKLOAD} is slow`, `1 % of the requests to ${WORKLOAD} take longer than {{ $value | humanize }} ms.`),
    alert('IstioRequestsNotDelivered', criticalSeverity, `service:istio_not_delivered:ratio > ${undelivered}`,
      `Requests do not get to ${SERVICE}`, `{{ $value | humanizePercentage }} of the requests to ${SERVICE} find no healthy server, connection or route.`),
    alert('IstioConnectionPoolFull', warningSeverity, `service:istio_overflow:ratio > ${overflow}`,
      `Connection pools to ${SERVICE} are full`, `For {{ $value | humanizePercentage }} of the requests to ${SERVICE} clients' connection pools have no room.`),
    alert('IstioProxyMemory', warningSeverity, `${MEMORY} > ${memory}`,
      'The proxy of {{ $labels.namespace }}/{{ $labels.pod }} is short of memory', 'It uses {{ $value | humanizePercentage }} of its limit.'),
    // Nobody scrapes that of a provider.
    ...isManaged(thresholds.mesh) ? [] : [alert('IstiodAbsent', criticalSeverity, 'absent(istio_build{component="pilot"})',
      'There is no istiod', 'No istiod is scraped: proxies keep their configuration, but get no new one, nor new certificates.')],
    alert('IstioVersionsDiffer', warningSeverity, 'count by (component) (component:istio_build:count) > 1',
      'Versions of {{ $labels.component }} differ', '{{ $value }} versions run since a day: an upgrade is not finished.', UPGRADE),
    ...retries ? [
      alert('IstioRetriesOverflow', warningSeverity, `cluster:envoy_retries_overflowed:rate > ${amount(retryOverflowRate, 'retryOverflowRate')}`,
        'Retries to {{ $labels.cluster_name }} have no room', '{{ $value | humanize }} retries a second from {{ $labels.namespace }} are beyond the budget of retries.'),
    ] : [],
  ];
}

function part(value: number, what: string): number {
  if (!(value >= 0 && value <= 1)) {
    throw new Error(`${what} of golden signals must be between 0 and 1, got ${value}`);
  }
  return value;
}

function amount(value: number, what: string): number {
  if (!(value >= 0 && Number.isFinite(value))) {
    throw new Error(`${what} of golden signals must be at least 0, got ${value}`);
  }
  return value;
}
