import { Workload, LabelExpression, Service } from 'cdk8s-plus-28';
import { withFlaggerCopy } from '../gateway-api/flagger-copy';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

/** What the labels of an object must be, as Kubernetes writes it. */
interface Selected {
  readonly matchLabels?: { [key: string]: string };
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values?: string[] }[];
}

/**
 * The Services or pods that a monitor is about, by their own labels.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class MonitorSelector {
  /** All that are in the namespaces of the monitor. */
  public static all(): MonitorSelector {
    return new MonitorSelector({});
  }

  /**
   * Those with all of these labels, of which all expressions are true.
   *
   * @throws when there is neither a label nor an expression, a key or value is none, or an expression with values has none
   */
  public static labels(labels: { [key: string]: string }, ...expressions: LabelExpression[]): MonitorSelector {
    const keys = Object.keys(labels);
    if (keys.length + expressions.length === 0) {
      throw new Error('a selector needs a label or an expression, got none: use MonitorSelector.all() to mean all');
    }
    keys.forEach(key => checkLabelValue(labels[checkQualifiedName(key, 'label of a selector')], `value of label '${key}' of a selector`));
    expressions.forEach(({ key, values }) => {
      checkQualifiedName(key, 'label of a selector');
      if (values?.length === 0) {
        throw new Error(`an expression about label '${key}' needs at least one value, got none`);
      }
      values?.forEach(value => checkLabelValue(value, `value of label '${key}' of a selector`));
    });
    return new MonitorSelector({
      matchLabels: keys.length > 0 ? { ...labels } : undefined,
      matchExpressions: expressions.length > 0 ? expressions.map(({ key, operator, values }) => ({ key, operator, values })) : undefined,
    });
  }

  /**
   * A Service of this app, by the labels of its metadata.
   *
   * @throws when it has no label
   */
  public static service(service: Service): MonitorSelector {
    const labels = service.metadata.toJson()?.labels as { [key: string]: string } | undefined;
    if (labels === undefined || Object.keys(labels).length === 0) {
      throw new Error(`Service '${service.name}' has no labels to select it by: pass labels in its metadata`);
    }
    return MonitorSelector.labels(labels);
  }

  /**
   * The pods of a workload of this app: what the workload itself selects by, and the pods of Flagger's copy of it.
   *
   * @throws when the workload selects by nothing
   */
  public static workload(workload: Workload): MonitorSelector {
    return new MonitorSelector(MonitorSelector.labels(workload.matchLabels).selected, workload);
  }

  private constructor(private readonly selected: Selected, private readonly workload?: Workload) {}

  /** @internal */
  public _toKube(): Selected {
    return this.workload === undefined ? this.selected : withFlaggerCopy(this.selected, this.workload);
  }
}
