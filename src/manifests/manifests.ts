import { LabelSelector, selects } from './label-selector';
import { ManifestObject, ManifestProblem } from './manifest-object';

/** What an object is called elsewhere. */
export interface ManifestReference {
  /** The group of its API; empty for the core. */
  readonly group: string;
  readonly kind: string;
  /** Nothing for an object that belongs to no namespace, and for one that does not say its namespace. */
  readonly namespace?: string;
  readonly name: string;
}

/** Rendered manifests, found by kind, name and labels. */
export class Manifests {
  private kinds: Map<string, ManifestObject[]> | undefined;
  private names: Map<string, ManifestObject> | undefined;

  /**
   * @param objects all objects, in the order in which they were found
   * @param problems what was found instead of objects
   */
  constructor(readonly objects: readonly ManifestObject[], readonly problems: readonly ManifestProblem[] = []) {
  }

  /** The objects of a kind, whatever their version. */
  ofKind(group: string, kind: string): readonly ManifestObject[] {
    this.kinds ??= groupBy(this.objects, object => kindKey(object.group, object.kind));
    return this.kinds.get(kindKey(group, kind)) ?? [];
  }

  /** The object that a reference means; the last one, if there are several, as it is the one that stays when all are applied. */
  find(reference: ManifestReference): ManifestObject | undefined {
    this.names ??= new Map(this.objects.map(object => [referenceKey(object), object]));
    return this.names.get(referenceKey(reference));
  }

  /** The objects of a kind that a selector selects, in a namespace or in all. */
  select(group: string, kind: string, selector: LabelSelector, namespace?: string): ManifestObject[] {
    return this.ofKind(group, kind).filter(object =>
      (namespace === undefined || object.namespace === namespace) && selects(selector, object.labels));
  }
}

function kindKey(group: string, kind: string): string {
  return `${kind}.${group}`;
}

function referenceKey({ group, kind, namespace, name }: ManifestReference): string {
  return `${kindKey(group, kind)}/${namespace ?? ''}/${name}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(keyOf(item), [item]);
    }
  }
  return groups;
}
