/**
 * Whether a value has all that a part of it asks for: of an object the named fields, of a list another item for each that is wanted, of a text its
 * beginning where the wanted one ends with an ellipsis. `null` asks for nothing to be there.
 */
export function matches(actual: unknown, wanted: unknown): boolean {
  if (wanted === null) {
    return actual === undefined || actual === null;
  }
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && hasEach(actual, wanted);
  }
  if (typeof wanted === 'object') {
    return typeof actual === 'object' && actual !== null
      && Object.entries(wanted as object).every(([key, value]) => matches((actual as { [key: string]: unknown })[key], value));
  }
  if (typeof wanted === 'string' && wanted.endsWith('…')) {
    return typeof actual === 'string' && actual.startsWith(wanted.slice(0, -1));
  }
  return actual === wanted;
}

function hasEach(actual: readonly unknown[], wanted: readonly unknown[]): boolean {
  const left = [...actual];
  return wanted.every(item => {
    const index = left.findIndex(one => matches(one, item));
    return index >= 0 && left.splice(index, 1).length === 1;
  });
}

/** By the name of a configuration, its virtual hosts. */
type RouteConfigs = { readonly [name: string]: readonly { readonly domains: readonly string[]; readonly routes: readonly object[] }[] };

/** Whether there is a route that has all that a part of it asks for; its domains are part of it too. */
export function routeMatches(configs: RouteConfigs, wanted: unknown): boolean {
  return Object.values(configs).flat().some(({ domains, routes }) => routes.some(route => matches({ domains, ...route }, wanted)));
}

/** The same of the first route of some hosts, which comes before all others. */
export function firstRouteMatches(configs: RouteConfigs, wanted: unknown): boolean {
  return Object.values(configs).flat().some(({ domains, routes }) => matches({ domains, ...routes[0] }, wanted));
}
