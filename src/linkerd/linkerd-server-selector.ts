import { LabelExpression, Workload } from 'cdk8s-plus-28';
import { withFlaggerCopy } from '../gateway-api/flagger-copy';
import { checkLabelValue, checkQualifiedName } from '../semantics/qualified-name';

/**
 * Labels and what else must be true of them, as Kubernetes writes it.
 *
 * @internal
 */
export interface SelectedLabels {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

type SelectorField = 'podSelector' | 'externalWorkloadSelector';

/**
 * The pods, or the machines, whose port a Server is: by labels in its own namespace.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#server
 */
export class LinkerdServerSelector {
  /**
   * The pods of a workload of this app: the labels that the workload itself selects by, and the pods of Flagger's copy of it.
   *
   * @throws when the workload selects by nothing
   */
  public static workload(workload: Workload): LinkerdServerSelector {
    const { matchLabels, matchExpressions } = workload;
    const expressions = matchExpressions.map(({ key, operator, values }) => ({ key, operator: operator as 'In', values }));
    if (Object.keys(matchLabels).length + expressions.length === 0) {
      throw new Error(`workload '${workload.name}' selects its pods by nothing: pass labels with LinkerdServerSelector.pods`);
    }
    return new LinkerdServerSelector('podSelector', {
      ...Object.keys(matchLabels).length > 0 && { matchLabels },
      ...expressions.length > 0 && { matchExpressions: expressions },
    }, workload);
  }

  /**
   * Pods with all of these labels, of which all expressions are true.
   *
   * @throws when there is neither a label nor an expression, a key or value is none, or an expression with values has none
   */
  public static pods(labels: { [key: string]: string }, ...expressions: LabelExpression[]): LinkerdServerSelector {
    return new LinkerdServerSelector('podSelector', select(labels, expressions, 'pods', 'allPods'));
  }

  /** Every pod of the namespace. */
  public static allPods(): LinkerdServerSelector {
    return new LinkerdServerSelector('podSelector', {});
  }

  /**
   * ExternalWorkloads with all of these labels, of which all expressions are true.
   *
   * @throws when there is neither a label nor an expression, a key or value is none, or an expression with values has none
   */
  public static externalWorkloads(labels: { [key: string]: string }, ...expressions: LabelExpression[]): LinkerdServerSelector {
    return new LinkerdServerSelector('externalWorkloadSelector', select(labels, expressions, 'ExternalWorkloads', 'allExternalWorkloads'));
  }

  /** Every ExternalWorkload of the namespace. */
  public static allExternalWorkloads(): LinkerdServerSelector {
    return new LinkerdServerSelector('externalWorkloadSelector', {});
  }

  private constructor(
    private readonly field: SelectorField,
    private readonly labels: SelectedLabels,
    /**
     * The workload, where it is of this app.
     *
     * @internal
     */
    public readonly _workload?: Workload,
  ) {}

  /**
   * Whether some pod, or machine, is selected by both for certain: as soon as one selects all, or what the other does and more.
   *
   * @internal
   */
  public _overlaps(other: LinkerdServerSelector): boolean {
    return this.field === other.field && (covers(this.labels, other.labels) || covers(other.labels, this.labels));
  }

  /** @internal */
  public _toKube(): { readonly [field in SelectorField]?: SelectedLabels } {
    return { [this.field]: this._workload === undefined ? this.labels : withFlaggerCopy(this.labels, this._workload) };
  }
}

function select(labels: { [key: string]: string }, expressions: LabelExpression[], what: string, all: string): SelectedLabels {
  const keys = Object.keys(labels);
  if (keys.length + expressions.length === 0) {
    throw new Error(`a selector of ${what} needs a label or an expression, got none: use LinkerdServerSelector.${all} to mean all`);
  }
  keys.forEach(key => checkLabelValue(labels[checkQualifiedName(key, `label of ${what}`)], `value of label '${key}' of ${what}`));
  expressions.forEach(({ key, values }) => {
    checkQualifiedName(key, `label of ${what}`);
    if (values?.length === 0) {
      throw new Error(`an expression about label '${key}' of ${what} needs at least one value, got none`);
    }
    values?.forEach(value => checkLabelValue(value, `value of label '${key}' of ${what}`));
  });
  return {
    ...keys.length > 0 && { matchLabels: { ...labels } },
    ...expressions.length > 0 && { matchExpressions: expressions.map(({ key, operator, values }) => ({ key, operator: operator as 'In', values })) },
  };
}

/** Whether all that the narrow one asks for is asked for by the wide one's labels as well, and nothing else. */
function covers({ matchLabels = {}, matchExpressions = [] }: SelectedLabels, narrow: SelectedLabels): boolean {
  const same = matchExpressions.every(one => narrow.matchExpressions?.some(other => JSON.stringify(other) === JSON.stringify(one)));
  return same && Object.entries(matchLabels).every(([key, value]) => narrow.matchLabels?.[key] === value);
}
