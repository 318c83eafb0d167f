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
  const { _owner: owner, _isService: isService, _reference: { kind: what, name, namespace } } = parent;
  if ((owner === undefined && !isService) || !KINDS.includes(kind)) {
    return;
  }
  const keys = listeners?.map(listener => `listener '${listener}'`) ?? partsOf(parent);
  const routes = takenOf(Construct.isConstruct(owner) ? owner : Chart.of(route));
  // Routes of a Service that are in two namespaces have different clients.
  const clients = isService ? [route.metadata.namespace] : [];
  const idOf = (key: string) => [kind, what, namespace ?? route.metadata.namespace, name, key, ...clients].join('/');
  for (const key of keys) {
    const first = routes.get(idOf(key));
    if (first !== undefined && first !== route) {
      throw new Error(`${key} of ${what} '${name}' must have one ${kind}, got '${nameOf(route)}' beside '${nameOf(first)}': only the oldest gets traffic; ` +
        `use another ${isService ? 'port' : 'listener'}, or one route with several backends`);
    }
  }
  keys.forEach(key => routes.set(idOf(key), route));
}

/** What a route names of a parent whose listeners are not known; one of a Gateway that names nothing may have a listener of its own. */
function partsOf({ _isService, _reference: { sectionName, port } }: RouteParent): string[] {
  if (sectionName !== undefined) {
    return [`${_isService ? 'port' : 'listener'} '${sectionName}'`];
  }
  return port !== undefined ? [`port ${port}`] : _isService ? ['every port'] : [];
}

function nameOf({ name, metadata: { namespace } }: Resource): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function takenOf(scope: IConstruct): Map<string, Resource> {
  const known = taken.get(scope) ?? new Map<string, Resource>();
  taken.set(scope, known);
  return known;
}
