import { ApiObjectMetadata, Yaml } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ScrapeJob } from './scrape-job';
import { jobToPrometheus } from './scrape-job-spec';
import { checkUnique } from '../semantics/lists';

/** Properties of a scrape configuration. */
export interface PrometheusScrapeConfigProps {
  /**
   * Metadata of the ConfigMap.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /** The jobs, in order; at least one. */
  readonly jobs: ScrapeJob[];

  /**
   * The key of the ConfigMap, which is the name of the file.
   *
   * @default 'prometheus.yml'
   */
  readonly key?: string;
}

/**
 * What a Prometheus without an operator scrapes: a ConfigMap with `scrape_configs`, either as its whole configuration or as a file that `scrape_config_files` names.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export class PrometheusScrapeConfig extends Construct {
  /** The ConfigMap. */
  public readonly configMap: ConfigMap;

  /**
   * @throws when there are no jobs, two have a name, or a duration is out of range
   */
  constructor(scope: Construct, id: string, props: PrometheusScrapeConfigProps) {
    super(scope, id);
    if (props.jobs.length === 0) {
      throw new Error('a scrape configuration needs at least one job, got none');
    }
    checkUnique(props.jobs.map(({ jobName }) => jobName), 'names of jobs', undefined, 'choose another name');
    this.configMap = new ConfigMap(this, 'ConfigMap', {
      metadata: props.metadata,
      data: { [props.key ?? 'prometheus.yml']: Yaml.stringify({ scrape_configs: written(props.jobs.map(jobToPrometheus)) }) },
    });
  }
}

/** Without what is undefined, which YAML would say as null, and Prometheus take for empty. */
function written(jobs: object[]): object[] {
  return JSON.parse(JSON.stringify(jobs)) as object[];
}
