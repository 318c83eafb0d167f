/** What is read of an object here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: { readonly [key: string]: string } };
}

const OWN = 'your own objects';

/** Objects under what they were made for, in order of appearance; those that no pattern made come last. */
export function linesByPurpose(objects: Manifest[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { kind, metadata: { name, namespace, labels = {} } } of objects) {
    const made = labels['app.kubernetes.io/managed-by'] === 'cdk8s-mesh';
    const title = made ? `${labels['app.kubernetes.io/component'].replace('-', ' ')} ${labels['app.kubernetes.io/name']}` : OWN;
    groups.set(title, [...groups.get(title) ?? [], `  ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`]);
  }
  return [...groups]
    .sort(([a], [b]) => Number(a === OWN) - Number(b === OWN))
    .flatMap(([title, lines]) => [title, ...lines]);
}
