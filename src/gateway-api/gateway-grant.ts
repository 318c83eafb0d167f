import { Resource } from 'cdk8s-plus-28';
import { ReferenceGrant } from './reference-grant';

/** An object that a Gateway or ListenerSet refers to. */
interface Referred {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Lets a Gateway or ListenerSet refer to an object; only one in another namespace needs it. */
export function bringGrant(owner: Resource, ownerKind: string, { group, kind, name, namespace: target }: Referred): void {
  const { namespace } = owner.metadata;
  if (target !== undefined && target !== namespace) {
    const from = { group: 'gateway.networking.k8s.io', kind: ownerKind, namespace: namespace ?? 'default' };
    ReferenceGrant._allow(owner, from, target, { group, kind, name });
  }
}
