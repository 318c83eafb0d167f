import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkLabels } from './label-names';
import { MonitoringRule } from './monitoring-rule';
import { positive } from './scrape-endpoint-spec';
import { SpecConstruct } from '../gateway-api/spec-construct';
import type { PrometheusRuleSpecGroups } from '../imports/monitoring.coreos.com';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';

/** A group as it is written, whose names are not those that are generated. */
type GroupSpec = Omit<Manifest<PrometheusRuleSpecGroups>, 'rules' | 'queryOffset' | 'partialResponseStrategy'> & {
  readonly rules: object[];
  readonly query_offset?: string;
  readonly partial_response_strategy?: string;
};

/** What Thanos Ruler does when a store does not answer; Prometheus ignores it. */
export enum PartialResponseStrategy {
  /** The evaluation fails. */
  ABORT = 'abort',
  /** It goes on with what there is. */
  WARN = 'warn',
}

/** Rules that are evaluated one after the other, so that later ones may use what earlier ones recorded. */
export interface PrometheusRuleGroup {
  /** The name, once in a PrometheusRule. */
  readonly name: string;

  /** The rules, in order; at least one. */
  readonly rules: MonitoringRule[];

  /**
   * What time is between evaluations; more than nothing.
   *
   * @default - that of Prometheus
   */
  readonly interval?: Duration;

  /**
   * Labels of all that the rules make; a rule's own win. Since Prometheus 3.0.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * How many alerts or series a rule may make before it fails; 0 is no limit. Since Prometheus 2.31.
   *
   * @default - no limit
   */
  readonly limit?: number;

  /**
   * How far in the past rules are evaluated, for samples that come late; since Prometheus 2.53.
   *
   * @default - that of Prometheus
   */
  readonly queryOffset?: Duration;

  /**
   * What Thanos Ruler does when a store does not answer.
   *
   * @default PartialResponseStrategy.ABORT
   */
  readonly partialResponseStrategy?: PartialResponseStrategy;
}

/** Properties of a PrometheusRule. */
export interface PrometheusRuleProps {
  /**
   * Metadata. The Prometheus object selects rules by labels, such as `release`: put them here.
   *
   * @default - a generated name
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * The groups to begin with.
   *
   * @default - none
   */
  readonly groups?: PrometheusRuleGroup[];
}

/**
 * Rules that Prometheus evaluates: series that it records, and alerts.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class PrometheusRule extends SpecConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'prometheusrules';

  private readonly groups: GroupSpec[] = [];

  /**
   * @throws when a group is refused
   */
  constructor(scope: Construct, id: string, props: PrometheusRuleProps = {}) {
    super(scope, id, 'monitoring.coreos.com/v1', 'PrometheusRule', props.metadata);
    checkNamed('PrometheusRule', { name: this.name, namespace: this.metadata.namespace });
    props.groups?.forEach(group => this.addGroup(group));
    this.node.addValidation({
      validate: () => this.groups.length > 0 ? [] : [`PrometheusRule '${this.name}' has no groups: pass groups, or use addGroup`],
    });
  }

  /**
   * Adds a group.
   *
   * @throws when its name is empty or there already, it has no rules, or a number or duration is out of range
   */
  public addGroup(group: PrometheusRuleGroup): this {
    within(`PrometheusRule '${this.name}'`, () => this.groups.push(this.render(group)));
    return this;
  }

  /** @internal */
  public _toKube(): object {
    return { groups: this.groups };
  }

  private render({ name, rules, interval, labels, limit, queryOffset, partialResponseStrategy }: PrometheusRuleGroup): GroupSpec {
    if (name === '') {
      throw new Error('name of a group must not be empty');
    }
    if (this.groups.some(group => group.name === name)) {
      throw new Error(`there is a group '${name}' already: choose another name`);
    }
    if (rules.length === 0) {
      throw new Error(`group '${name}' needs at least one rule, got none`);
    }
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new Error(`limit of group '${name}' must be a whole number of at least 0, got ${limit}`);
    }
    return {
      name,
      labels: checkLabels(labels, `labels of group '${name}'`),
      interval: positive(interval, `interval of group '${name}'`),
      query_offset: queryOffset && formatDuration(queryOffset, `queryOffset of group '${name}'`),
      partial_response_strategy: partialResponseStrategy,
      limit,
      rules: rules.map(rule => rule._toKube()),
    };
  }
}
