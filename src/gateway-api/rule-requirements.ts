import { IGateway } from './gateway';
import { IListenerSet } from './listener-set';

/** A rule of a route, as it is written. */
export interface WrittenRule {
  readonly filters?: readonly WrittenFilter[];
  readonly backendRefs?: readonly WrittenBackendRef[];
}

export interface WrittenFilter {
  readonly requestHeaderModifier?: { readonly set?: readonly { readonly name: string; readonly value: string }[] };
}

export interface WrittenBackendRef {
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly filters?: readonly WrittenFilter[];
}

/** Says what a rule lacks, if anything. */
export type RuleRequirement = (rule: WrittenRule, routeNamespace: string | undefined) => string | undefined;

const requirements = new WeakMap<object, RuleRequirement>();

/** Asks something of every rule of the routes of a Gateway, whoever makes them. */
export function requireOfRules(gateway: IGateway, requirement: RuleRequirement): void {
  requirements.set(gateway, requirement);
}

/** What is asked of the rules of routes that attach to a Gateway, or to a ListenerSet of it. */
export function requirementOf(owner: IGateway | IListenerSet | undefined): RuleRequirement | undefined {
  const gateway = owner !== undefined && 'gateway' in owner ? owner.gateway : owner;
  return gateway && requirements.get(gateway);
}
