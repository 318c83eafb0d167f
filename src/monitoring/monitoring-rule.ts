import { Duration } from 'cdk8s';
import { checkLabels } from './label-names';
import type { PrometheusRuleSpecGroupsRules } from '../imports/monitoring.coreos.com';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

/** A rule as it is written, whose names are not those that are generated. */
type RuleSpec = Omit<Manifest<PrometheusRuleSpecGroupsRules>, 'expr' | 'keepFiringFor'> & { readonly expr: string; readonly keep_firing_for?: string };

/** What may be said of a recorded series. */
export interface RecordOptions {
  /**
   * Labels that its samples get.
   *
   * @default - those of the result
   */
  readonly labels?: { [name: string]: string };
}

/** What may be said of an alert. */
export interface AlertOptions {
  /**
   * How long the expression must have a result before the alert fires.
   *
   * @default - it fires at once
   */
  readonly forDuration?: Duration;

  /**
   * How long it goes on firing when the expression has no result any more; since Prometheus 2.42.
   *
   * @default - not at all
   */
  readonly keepFiringFor?: Duration;

  /**
   * Labels of the alert, such as `severity`, by which it is routed to people. Values may be templates.
   *
   * @default - those of the result
   */
  readonly labels?: { [name: string]: string };

  /**
   * What people read of it, such as `summary` and `description`. Values may be templates.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/**
 * A rule that Prometheus evaluates over and over: a series that is recorded, or an alert.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export class MonitoringRule {
  /**
   * Stores the result of an expression as a series.
   *
   * @param name the name of the series: letters, digits, `_` and `:`
   * @param expr the expression in PromQL
   * @throws when a name is none, or the expression is empty
   */
  public static record(name: string, expr: string, options: RecordOptions = {}): MonitoringRule {
    if (!METRIC.test(name)) {
      throw new Error(`name of a recorded series must be letters, digits, _ and :, got '${name}'`);
    }
    return new MonitoringRule(name, { record: name, expr: checkExpr(expr, name), labels: checkLabels(options.labels, `labels of '${name}'`) });
  }

  /**
   * Fires for each result of an expression.
   *
   * @param name the name of the alert
   * @param expr the expression in PromQL
   * @throws when a name is none, or the expression is empty
   */
  public static alert(name: string, expr: string, options: AlertOptions = {}): MonitoringRule {
    if (name === '') {
      throw new Error('name of an alert must not be empty');
    }
    const { forDuration, keepFiringFor } = options;
    return new MonitoringRule(name, {
      alert: name,
      expr: checkExpr(expr, name),
      for: forDuration && formatDuration(forDuration, `forDuration of '${name}'`),
      keep_firing_for: keepFiringFor && formatDuration(keepFiringFor, `keepFiringFor of '${name}'`),
      labels: checkLabels(options.labels, `labels of '${name}'`),
      annotations: checkLabels(options.annotations, `annotations of '${name}'`),
    });
  }

  private constructor(
    /** The name of the series or the alert. */
    public readonly name: string,
    private readonly spec: RuleSpec,
  ) {}

  /** @internal */
  public _toKube(): RuleSpec {
    return this.spec;
  }
}

function checkExpr(expr: string, name: string): string {
  if (expr.trim() === '') {
    throw new Error(`expression of '${name}' must not be empty`);
  }
  return expr;
}
