import { Duration } from 'cdk8s';
import { ScrapeEndpoint } from './scrape-endpoint';
import type { PodMonitorSpecPodMetricsEndpoints } from '../imports/monitoring.coreos.com';
import { describeDuration, formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

/** What the Prometheus Operator knows of an endpoint, whatever it belongs to. */
type EndpointSpec = Omit<Manifest<PodMonitorSpecPodMetricsEndpoints>, 'port' | 'portNumber' | 'targetPort' | 'tlsConfig'>;

/** What an endpoint says beside its port and its TLS. */
export function endpointToKube(endpoint: ScrapeEndpoint): EndpointSpec {
  const { path, scheme, params, interval, scrapeTimeout, honorLabels, honorTimestamps, trackTimestampsStaleness, filterRunning } = endpoint;
  if (path !== undefined && !path.startsWith('/')) {
    throw new Error(`path of an endpoint must start with '/', got '${path}'`);
  }
  if (trackTimestampsStaleness && honorTimestamps === false) {
    throw new Error('trackTimestampsStaleness does nothing without honorTimestamps, got honorTimestamps: false: leave one out');
  }
  if (interval && scrapeTimeout && scrapeTimeout.toMilliseconds() > interval.toMilliseconds()) {
    throw new Error(`scrapeTimeout must not be more than the interval of ${describeDuration(interval)}, got ${describeDuration(scrapeTimeout)}`);
  }
  return {
    path,
    scheme,
    params,
    interval: positive(interval, 'interval'),
    scrapeTimeout: positive(scrapeTimeout, 'scrapeTimeout'),
    honorLabels,
    honorTimestamps,
    trackTimestampsStaleness,
    relabelings: endpoint.relabelings?.map(relabeling => relabeling._toKube()),
    metricRelabelings: endpoint.metricRelabelings?.map(relabeling => relabeling._toKube()),
    filterRunning,
    ...endpoint.auth?._toKube(),
    ...endpoint.proxy?._toKube(),
    followRedirects: endpoint.followRedirects,
    enableHttp2: endpoint.enableHttp2,
  };
}

/** A duration as Prometheus reads it, of more than nothing. */
export function positive(duration: Duration | undefined, what: string): string | undefined {
  if (duration !== undefined && duration.toMilliseconds({ integral: false }) <= 0) {
    throw new Error(`${what} must be more than nothing, got ${describeDuration(duration)}`);
  }
  return duration && formatDuration(duration, what);
}
