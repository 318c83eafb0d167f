import { KubeObject } from './objects';

interface Selector {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}
interface Listener {
  readonly name: string;
  readonly allowedRoutes?: { readonly namespaces?: { readonly from?: string; readonly selector?: Selector } };
}
interface ParentReference { readonly kind?: string; readonly namespace?: string; readonly name: string; readonly sectionName?: string }

/**
 * A Gateway whose selectors of namespaces are decided: egctl forgets the labels of namespaces, so that it would admit no route by them.
 *
 * A listener that admits all routes that name it is open to all; one that admits none stays as it is; one that admits some cannot be said.
 */
export function decideSelectors(gateway: KubeObject, objects: readonly KubeObject[]): KubeObject {
  const labels = new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const spec = gateway.spec as { listeners: readonly Listener[] };
  const listeners = spec.listeners.map(listener => {
    const routes = objects.filter(object => isRouteOf(gateway, listener, object));
    return decide(listener, routes.map(({ metadata }) => labels.get(metadata.namespace ?? 'default') ?? {}));
  });
  return { ...gateway, spec: { ...spec, listeners } };
}

function decide(listener: Listener, candidates: readonly { readonly [key: string]: string }[]): Listener {
  const { from, selector = {} } = listener.allowedRoutes?.namespaces ?? {};
  const admitted = candidates.filter(labels => from === 'Selector' && matches(selector, labels)).length;
  if (admitted === 0) {
    return listener;
  }
  if (admitted < candidates.length) {
    throw new Error(`listener ${listener.name} admits ${admitted} of ${candidates.length} routes by labels of namespaces, which egctl forgets: let it admit all or none`);
  }
  return { ...listener, allowedRoutes: { ...listener.allowedRoutes, namespaces: { from: 'All' } } };
}

function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: { readonly [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every(({ key, operator, values = [] }) => {
      const has = key in labels;
      switch (operator) {
        case 'In': return has && values.includes(labels[key]);
        case 'NotIn': return !has || !values.includes(labels[key]);
        case 'Exists': return has;
        case 'DoesNotExist': return !has;
        default: throw new Error(`no operator is named ${operator}`);
      }
    });
}

/** Whether a route names the listener, or all listeners of its Gateway. */
function isRouteOf({ metadata: gateway }: KubeObject, listener: Listener, { metadata, spec }: KubeObject): boolean {
  const { parentRefs = [] } = (spec ?? {}) as { parentRefs?: readonly ParentReference[] };
  return parentRefs.some(({ kind = 'Gateway', name, namespace = metadata.namespace, sectionName = listener.name }) =>
    kind === 'Gateway' && name === gateway.name && namespace === gateway.namespace && sectionName === listener.name);
}
