import { positive } from './scrape-endpoint-spec';
import { ScrapeJob } from './scrape-job';
import { describeDuration } from '../semantics/duration';

/** A job as Prometheus reads it. */
export function jobToPrometheus({ jobName, role, namespaces, path, interval, scrapeTimeout, relabelings, metricRelabelings }: ScrapeJob): object {
  if (jobName === '') {
    throw new Error('jobName of a scrape job must not be empty');
  }
  if (interval && scrapeTimeout && scrapeTimeout.toMilliseconds() > interval.toMilliseconds()) {
    throw new Error(`scrapeTimeout of job '${jobName}' must not be more than its interval of ${describeDuration(interval)}, got ${describeDuration(scrapeTimeout)}`);
  }
  return {
    job_name: jobName,
    kubernetes_sd_configs: [{ role, namespaces: namespaces?._names && { names: namespaces._names } }],
    metrics_path: path,
    scrape_interval: positive(interval, `interval of job '${jobName}'`),
    scrape_timeout: positive(scrapeTimeout, `scrapeTimeout of job '${jobName}'`),
    relabel_configs: relabelings?.map(relabeling => relabeling._toPrometheus()),
    metric_relabel_configs: metricRelabelings?.map(relabeling => relabeling._toPrometheus()),
  };
}
