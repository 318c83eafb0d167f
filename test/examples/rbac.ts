import { kindOf, KubeObject } from './kube-object';

/** What somebody wants to do. */
export interface Deed {
  readonly verb: string;
  readonly apiGroup: string;
  /** The plural name of the kind. */
  readonly resource: string;
  /** Without it, the kind is cluster-scoped. */
  readonly namespace?: string;
  /** What is created has no name yet, as far as roles are concerned. */
  readonly name?: string;
}

interface Rule {
  readonly verbs: string[];
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly resourceNames?: string[];
}

/** Whether roles and bindings let the members of some groups do something; nobody may what no role says. */
export function may(objects: readonly KubeObject[], groups: readonly string[], deed: Deed): boolean {
  return objects.some(binding => reaches(binding, deed) && isFor(binding, groups) && rulesOf(objects, binding).some(rule => allows(rule, deed)));
}

function reaches(object: KubeObject, { namespace }: Deed): boolean {
  const kind = kindOf(object);
  return kind === 'ClusterRoleBinding' || (kind === 'RoleBinding' && namespace !== undefined && object.metadata.namespace === namespace);
}

function isFor({ subjects = [] }: KubeObject, groups: readonly string[]): boolean {
  return subjects.some(({ kind, name }: KubeObject) => kind === 'Group' && groups.includes(name));
}

function rulesOf(objects: readonly KubeObject[], { roleRef, metadata }: KubeObject): Rule[] {
  const role = objects.find(object => object.kind === roleRef.kind && object.metadata.name === roleRef.name
    && (object.kind === 'ClusterRole' || object.metadata.namespace === metadata.namespace));
  if (role === undefined || role.aggregationRule !== undefined) {
    throw new Error(`rules of ${roleRef.kind} ${roleRef.name}, which ${metadata.name} binds, are not known`);
  }
  return role.rules;
}

function allows({ verbs, apiGroups = [], resources = [], resourceNames = [] }: Rule, { verb, apiGroup, resource, name }: Deed): boolean {
  const has = (list: string[], wanted: string) => list.includes(wanted) || list.includes('*');
  return has(verbs, verb) && has(apiGroups, apiGroup) && has(resources, resource)
    && (resourceNames.length === 0 || (verb !== 'create' && name !== undefined && resourceNames.includes(name)));
}
