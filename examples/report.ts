/** What is read of an object here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: { readonly [key: string]: string } };
}

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const OWN = 'your own objects';

/** A line for each thing that objects were made for, in order of appearance; objects that no pattern made come last. */
export function linesByPurpose(objects: Manifest[]): string[] {
  const egress = objects.filter(({ metadata }) => metadata.labels?.[NAME] === 'egress-gateway').map(({ metadata }) => metadata.labels![INSTANCE]);
  const groups = new Map<string, string[]>();
  for (const { kind, metadata: { name, namespace, labels = {} } } of objects) {
    const title = titleOf(labels, egress);
    groups.set(title, [...groups.get(title) ?? [], `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`]);
  }
  return [...groups]
    .sort(([a], [b]) => Number(a === OWN) - Number(b === OWN))
    .map(([title, names]) => `${title}: ${names.join(', ')}`);
}

/** The pods of an egress gateway are labelled as those of any gateway. */
function titleOf({ [NAME]: name, [INSTANCE]: instance, [MANAGED_BY]: by }: { readonly [key: string]: string }, egress: string[]): string {
  if (by !== 'cdk8s-mesh') {
    return OWN;
  }
  const purpose = name !== 'gateway' ? name.replace(/-/g, ' ') : egress.includes(instance) ? 'egress gateway' : 'meshed gateway';
  return `${purpose} ${instance}`;
}
