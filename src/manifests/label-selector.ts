/** A selector of labels, as Kubernetes writes it. All that it says must hold. */
export interface LabelSelector {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly LabelExpression[];
}

/** What must hold for one label. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether labels are selected. An empty selector selects everything. */
export function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels.get(key) === value) &&
    (selector.matchExpressions ?? []).every(expression => holds(expression, labels));
}

function holds({ key, operator, values = [] }: LabelExpression, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    // A label that is not there is in no list.
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: throw new Error(`operator of a selector must be In, NotIn, Exists or DoesNotExist, got '${operator}'`);
  }
}
