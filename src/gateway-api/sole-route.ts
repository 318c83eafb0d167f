import { Chart } from 'cdk8s';
import { Resource } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { RouteParent } from './route-parent';

/** Kinds of which a listener serves one route only: nothing in their traffic tells several apart. */
const KINDS = ['TCPRoute', 'UDPRoute'];

/** Who has which listener, by what knows all routes of it: the Gateway or ListenerSet of this app, or else the chart of the route. */
const taken = new WeakMap<IConstruct, Map<string, Resource>>();

/** Refuses a route that would get no traffic, because another one of the app has the listener. */
export function takeListeners(route: Resource, kind: string, parent: RouteParent, listeners: readonly string[] | undefined): void {
  const { _owner: owner, _reference: { kind: what, name, namespace, sectionName, port } } = parent;
  if (owner === undefined || !KINDS.includes(kind)) {
    return;
  }
  // Where listeners are not known, a route that names none may have another one.
  const keys = listeners?.map(listener => `listener '${listener}'`) ??
    (sectionName !== undefined ? [`listener '${sectionName}'`] : port !== undefined ? [`port ${port}`] : []);
  const routes = takenOf(Construct.isConstruct(owner) ? owner : Chart.of(route));
  const idOf = (key: string) => [kind, what, namespace ?? route.metadata.namespace, name, key].join('/');
  for (const key of keys) {
    const first = routes.get(idOf(key));
    if (first !== undefined && first !== route) {
      throw new Error(`${key} of ${what} '${name}' must have one ${kind}, got '${nameOf(route)}' beside '${nameOf(first)}': only the oldest gets traffic; ` +
        'use another listener, or one route with several backends');
    }
  }
  keys.forEach(key => routes.set(idOf(key), route));
}

function nameOf({ name, metadata: { namespace } }: Resource): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function takenOf(scope: IConstruct): Map<string, Resource> {
  const known = taken.get(scope) ?? new Map<string, Resource>();
  taken.set(scope, known);
  return known;
}
