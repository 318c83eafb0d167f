import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Backend, Gateway, IGateway, IListenerSet, ListenerSet, RouteBackend, RouteParent } from '../../../src';
import { parseDuration } from '../../../src/semantics/duration';

/** A part of a manifest; what it holds is for the constructs to judge. */
export type Json = ReturnType<typeof JSON.parse>;

/** A duration as it stands in a manifest. */
export function duration(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

export function backend({ group = '', kind = 'Service', name, namespace, port }: Json): Backend {
  return Backend.of({ group, kind, name, namespace, port });
}

export function weighted({ weight, ...ref }: Json): RouteBackend {
  return { backend: backend(ref), weight };
}

/** The parents of a route: those of the app, and else imported by name. */
export function parents(scope: IConstruct, { namespace }: Json, { parentRefs = [] }: Json): RouteParent[] {
  return parentRefs.map((ref: Json) => parent(scope, namespace, ref));
}

function parent(scope: IConstruct, own: string, ref: Json): RouteParent {
  const { group = 'gateway.networking.k8s.io', kind = 'Gateway', name, namespace = own, sectionName, port } = ref;
  switch (`${group}/${kind}`) {
    case 'gateway.networking.k8s.io/Gateway':
      return RouteParent.gateway(gateway(scope, name, namespace), { listener: sectionName, port });
    case 'gateway.networking.k8s.io/ListenerSet':
      return RouteParent.listenerSet(listenerSet(scope, name, namespace), { listener: sectionName, port });
    case '/Service':
      return sectionName !== undefined ? RouteParent.of({ group, kind, name, namespace, sectionName, port }) :
        namespace === own ? RouteParent.producerServiceName(name, { port }) : RouteParent.consumerServiceName(name, { namespace, port });
    default:
      return RouteParent.of({ group, kind, name, namespace, sectionName, port });
  }
}

/** A Gateway of the app, and else one that is imported by name. */
export function gateway(scope: IConstruct, name: string, namespace: string): IGateway {
  return all(scope).find(c => c instanceof Gateway && c.name === name && c.namespace === namespace) as Gateway | undefined
    ?? Gateway.fromGatewayName(name, { namespace });
}

function listenerSet(scope: IConstruct, name: string, namespace: string): IListenerSet {
  return all(scope).find(c => c instanceof ListenerSet && c.name === name && c.namespace === namespace) as ListenerSet | undefined
    ?? ListenerSet.fromListenerSetName(name, { namespace });
}

function all(scope: IConstruct): IConstruct[] {
  return scope.node.root.node.findAll();
}
