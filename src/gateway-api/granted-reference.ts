import { Resource } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { Backend, BackendConfig, IBackend } from './backend';
import { ReferenceGrant } from './reference-grant';

/** An object that is referred to, and who permits it. */
export interface GrantedReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Whether it is permitted already. */
  readonly granted?: boolean;
  /** The object, where it is of this app. */
  readonly target?: IConstruct;
}

/** A backend as its referrer sees it. */
export type BoundBackend = BackendConfig & GrantedReference;

/** What a backend says to its referrer; checks what somebody else's backend says, too. */
export function bindBackend(referrer: Resource, backend: IBackend): BoundBackend {
  const { group, kind, name, namespace, port, granted } = Backend.of(backend.bind(referrer)).bind(referrer);
  const target = backend instanceof Backend ? backend._target : Construct.isConstruct(backend) ? backend : undefined;
  return { group, kind, name, namespace, port, granted, target };
}

/** The namespace that a grant of a reference names; none where it needs no grant. Refuses one that needs it where that namespace is not said. */
export function granteeOf(referrer: Resource, { kind, name, namespace: to, granted = false }: GrantedReference): string | undefined {
  const { namespace } = referrer.metadata;
  if (to === undefined || to === namespace || granted) {
    return undefined;
  }
  if (namespace === undefined) {
    throw new Error(`metadata.namespace of ${referrer.kind} '${referrer.name}' must be set, got none: it refers to ${kind} '${name}' of namespace '${to}', ` +
      'and a ReferenceGrant names both namespaces; set it, or the namespace of the chart');
  }
  return namespace;
}

/** Lets an object refer to another one; only one in another namespace needs it. */
export function bringGrant(referrer: Resource, reference: GrantedReference): void {
  const from = granteeOf(referrer, reference);
  const { group, kind, name, namespace: to, target } = reference;
  if (from !== undefined && to !== undefined) {
    // Who owns the target permits it, in a chart of his own; one that this app does not write has no such chart.
    const scope = target?.node.root === referrer.node.root ? target : referrer;
    ReferenceGrant._allow(scope, { group: referrer.apiGroup, kind: referrer.kind, namespace: from }, to, { group, kind, name });
  }
}
