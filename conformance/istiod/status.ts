import { Message, ObjectStatus } from './ask';

/** The conditions of an object, or of a part of it: `True`, or what is not as it should be. */
export type Conditions = { readonly [type: string]: string };

/** The status of a Gateway API object, without times. */
export interface StatusSummary {
  readonly conditions?: Conditions;
  /** By name, with how many routes are attached. */
  readonly listeners?: { readonly [listener: string]: Conditions };
  /** By the parent and, after a `#`, its section. */
  readonly parents?: { readonly [parent: string]: Conditions };
  /** Of a policy, in the same way. */
  readonly ancestors?: { readonly [ancestor: string]: Conditions };
}

/** By kind, namespace and name; of GatewayClasses nothing. */
export function summarizeStatus(all: readonly ObjectStatus[]): { [object: string]: StatusSummary } {
  return Object.fromEntries(all.filter(({ kind }) => kind !== 'GatewayClass').map(({ cluster, kind, namespace, name, status }) => [`${cluster === undefined ? '' : `${cluster}: `}${kind} ${namespace}/${name}`, {
    ...status.conditions && { conditions: summarize(status.conditions) },
    ...status.listeners && {
      listeners: Object.fromEntries(status.listeners.map((listener: Message) => [
        listener.name, { attachedRoutes: `${listener.attachedRoutes}`, ...summarize(listener.conditions) },
      ])),
    },
    ...status.parents && { parents: byReference(status.parents, 'parentRef', namespace) },
    ...status.ancestors && { ancestors: byReference(status.ancestors, 'ancestorRef', namespace) },
  }]));
}

/** The conditions that each of several objects causes. */
function byReference(list: readonly Message[], field: 'parentRef' | 'ancestorRef', ownNamespace?: string): { [reference: string]: Conditions } {
  return Object.fromEntries(list.map(({ [field]: { kind = 'Gateway', namespace = ownNamespace, name, sectionName }, conditions }) => [
    `${kind} ${namespace}/${name}${sectionName ? `#${sectionName}` : ''}`, summarize(conditions),
  ]));
}

function summarize(conditions: readonly Message[]): Conditions {
  return Object.fromEntries(conditions.map(({ type, status, reason, message }) => [type, isUsual(type, reason) ? status : `${status}, ${reason}: ${message}`]));
}

/** The reason of a condition that is well has its name. */
function isUsual(type: string, reason: string): boolean {
  return reason === type || (type === 'Conflicted' && reason === 'NoConflicts');
}
