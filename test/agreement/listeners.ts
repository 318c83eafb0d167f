import { ROUTES } from './references';
import { matches, World } from './world';
import { KubeObject, kindOf, nameOf, namespaceOf } from '../examples/kube-object';

type Part = KubeObject['spec'];

/** What protocols carry which routes. */
const CARRIES: { readonly [protocol: string]: readonly string[] } = {
  HTTP: ['HTTPRoute', 'GRPCRoute'], HTTPS: ['HTTPRoute', 'GRPCRoute'], TLS: ['TLSRoute', 'TCPRoute'], TCP: ['TCPRoute'], UDP: ['UDPRoute'],
};

/** Routes that a Gateway or a ListenerSet, which they name as their parent, does not take. */
export function unattached(world: World): string[] {
  return world.rendered.filter(object => ROUTES.includes(kindOf(object))).flatMap(route => (route.spec.parentRefs ?? []).flatMap((parent: Part) => {
    const kind = parent.kind ?? 'Gateway';
    if (!['Gateway', 'ListenerSet'].includes(kind)) {
      return [];
    }
    const gateway = world.find(kind, parent.name, parent.namespace ?? namespaceOf(route));
    return gateway === undefined ? [] : whyNot(world, route, parent, gateway).map(why => `${nameOf(route)}: ${nameOf(gateway)} does not take it: ${why}`);
  }));
}

function whyNot(world: World, route: KubeObject, { sectionName, port }: Part, gateway: KubeObject): string[] {
  const isNamed = (listener: Part) => (sectionName ?? listener.name) === listener.name && (port ?? listener.port) === listener.port;
  const named: Part[] = gateway.spec.listeners.filter(isNamed);
  const carrying = named.filter(({ protocol }) => CARRIES[protocol]?.includes(kindOf(route)));
  const admitting = carrying.filter(listener => admits(world, listener, namespaceOf(route), namespaceOf(gateway)));
  const meeting = admitting.filter(({ hostname }) => overlap(hostname, route.spec.hostnames));
  return named.length === 0 ? [`it has no listener ${sectionName ?? port}`] : carrying.length === 0 ? [`no listener carries ${kindOf(route)}`] :
    admitting.length === 0 ? [`no listener admits namespace ${namespaceOf(route)}`] :
      meeting.length === 0 ? [`no listener is for ${route.spec.hostnames.join(', ')}`] : [];
}

function admits(world: World, { allowedRoutes }: Part, namespace: string, own: string): boolean {
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  const labels = world.labelsOfNamespace(namespace);
  return from === 'All' || (from === 'Same' && namespace === own) || (from === 'Selector' && matches(labels, selector?.matchLabels ?? {}) &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values }: Part) => operator === 'In' ? values.includes(labels[key]) : operator === 'Exists' ? key in labels : false));
}

function overlap(hostname: string | undefined, hostnames: readonly string[] | undefined): boolean {
  return hostname === undefined || !hostnames?.length || hostnames.some(other => covers(hostname, other) || covers(other, hostname));
}

/** Whether a host is one, or one of those, that another stands for. */
export function covers(host: string, other: string): boolean {
  return host === '*' || host === other || (host.startsWith('*.') && other.endsWith(host.slice(1)));
}
