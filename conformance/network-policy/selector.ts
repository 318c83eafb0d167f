export interface Labels {
  readonly [key: string]: string;
}

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** A selector of Kubernetes' metav1; an empty one selects all. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Requirement[];
}

function meets(labels: Labels, { key, operator, values = [] }: Requirement): boolean {
  switch (operator) {
    case 'In':
      return Object.hasOwn(labels, key) && values.includes(labels[key]);
    case 'NotIn':
      return !Object.hasOwn(labels, key) || !values.includes(labels[key]);
    case 'Exists':
      return Object.hasOwn(labels, key);
    case 'DoesNotExist':
      return !Object.hasOwn(labels, key);
    default:
      throw new Error(`an operator must be In, NotIn, Exists or DoesNotExist, got '${operator as string}'`);
  }
}

/** Whether a selector selects what has such labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(each => meets(labels, each));
}
