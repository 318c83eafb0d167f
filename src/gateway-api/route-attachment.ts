import { IGateway } from './gateway';
import { Listener } from './listener';
import { IListenerSet } from './listener-set';
import { intersect } from '../semantics/hostname';

/** A route that wants to attach to listeners. */
export interface Attachment {
  /** The kind of the route. */
  readonly kind: string;
  /** The name of the route. */
  readonly name: string;
  /** The namespace of the route. */
  readonly namespace?: string;
  /** The hosts of the route; none means those of the listener. */
  readonly hostnames: readonly string[];
  /** What has the listeners. A route on a Gateway is not on those of its ListenerSets, and the other way round. */
  readonly owner: IGateway | IListenerSet;
  /** What a reader calls the owner. */
  readonly ownerKind: string;
  /** The name of the listener; without one any listener will do. */
  readonly listener?: string;
  readonly port?: number;
}

/** Refuses a route that no listener would take, and says which of them do; nothing where listeners are not known. */
export function checkAttachment(attachment: Attachment): string[] | undefined {
  const { kind, name: route, ownerKind, owner: { name, listeners } } = attachment;
  if (listeners === undefined) {
    return undefined;
  }
  if (listeners.length === 0) {
    throw new Error(`${ownerKind} '${name}' has no listeners yet, so ${kind} '${route}' cannot attach to it: declare its listeners before routes attach`);
  }
  const asked = candidates(attachment, listeners).map(listener => ({ name: listener.name, why: refusal(listener, attachment) }));
  if (asked.every(({ why }) => why !== undefined)) {
    throw new Error(`${kind} '${route}' cannot attach to ${ownerKind} '${name}': ${asked.map(({ why }) => why).join('; ')}`);
  }
  return asked.filter(({ why }) => why === undefined).map(listener => listener.name);
}

function candidates({ kind, name, owner, ownerKind, listener, port }: Attachment, listeners: Listener[]): Listener[] {
  const found = listeners.filter(l => (listener ?? l.name) === l.name && (port ?? l.port) === l.port);
  if (found.length === 0) {
    const wanted = [listener === undefined ? 'listener' : `listener '${listener}'`, ...port === undefined ? [] : [`port ${port}`]];
    const known = listeners.map(l => `'${l.name}' on port ${l.port}`);
    throw new Error(`${ownerKind} '${owner.name}' has no ${wanted.join(' on ')} for ${kind} '${name}': it has ${known.join(', ')}`);
  }
  return found;
}

function refusal(listener: Listener, { kind, namespace, hostnames, owner }: Attachment): string | undefined {
  const { name, protocol, hostname } = listener;
  if (!listener._admitsKind(kind)) {
    return `listener '${name}' with protocol ${protocol} admits no ${kind}, use another listener or its kinds`;
  }
  const namespaces = listener._namespaces();
  // An owner whose namespace is not said is in that of the route.
  if (!namespaces._admits(namespace, owner.namespace ?? namespace)) {
    const [who, remedy] = namespace === undefined ? ['one without namespace', 'set metadata.namespace of the route'] :
      [`of namespace '${namespace}'`, `add '${namespace}' to the namespaces that the listener admits with routes (RouteNamespaces.named)`];
    return `listener '${name}' admits routes of ${namespaces._describe()} and not ${who}, ${remedy}`;
  }
  if (hostnames.length > 0 && !hostnames.some(host => intersect(host, hostname))) {
    return `listener '${name}' serves ${hostname} and none of ${hostnames.join(', ')}, use a host that the listener serves`;
  }
  return undefined;
}
