import { Service, ServiceType } from 'cdk8s-plus-28';
import { IGateway } from './gateway';
import { IListenerSet } from './listener-set';
import { checkServicePort } from './service-port';
import { GatewayController } from '../semantics/gateway-controller';
import { checkDnsSubdomain } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** Which listeners of a Gateway or ListenerSet a route attaches to; given both, a listener must have the name and the port. */
export interface GatewayParentOptions {
  /**
   * The name of the listener.
   *
   * @default - every listener that admits the route
   */
  readonly listener?: string;

  /**
   * The port of the listener, 1 to 65535.
   *
   * @default - every port
   */
  readonly port?: number;
}

/** Which requests to a Service a route is about. */
export interface ServiceParentOptions {
  /**
   * The port of the Service, 1 to 65535.
   *
   * @default - every port
   */
  readonly port?: number;

  /**
   * The name of the port of the Service. With `port` as well, both must mean the same one.
   *
   * @default - every port
   */
  readonly portName?: string;
}

/** Which requests to a Service of another namespace a route is about. */
export interface ConsumedServiceOptions extends ServiceParentOptions {
  /** The namespace of the Service. */
  readonly namespace: string;
}

/** A reference to the parent of a route. */
export interface RouteParentReference {
  /** The API group of the parent; `''` is the core group. */
  readonly group: string;

  /** The kind of the parent. */
  readonly kind: string;

  /** The name of the parent. */
  readonly name: string;

  /**
   * The namespace of the parent.
   *
   * @default - that of the route
   */
  readonly namespace?: string;

  /**
   * The part of the parent: a listener of a Gateway, a named port of a Service.
   *
   * @default - the whole parent
   */
  readonly sectionName?: string;

  /**
   * The port of the parent, 1 to 65535.
   *
   * @default - every port
   */
  readonly port?: number;
}

type MeshRole = 'producer' | 'consumer';

/** A route that wants a parent. */
interface RouteOfParent {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What is known of a parent beside its name. */
interface Known {
  readonly owner?: IGateway | IListenerSet;
  readonly controller?: GatewayController;
  readonly role?: MeshRole;
  /** Refuses a route that the parent would not take. */
  readonly admit?: (route: RouteOfParent) => void;
}

/**
 * What a route attaches to: a Gateway, a ListenerSet, or for traffic within a mesh a Service.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#parentreference
 */
export class RouteParent {
  /**
   * A Gateway. Where its listeners are known, the route is checked against them when it attaches.
   *
   * @throws when the listener's name breaks DNS rules, or the port is none
   */
  public static gateway(gateway: IGateway, options: GatewayParentOptions = {}): RouteParent {
    return new RouteParent({
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: gateway.name,
      namespace: gateway.namespace,
      sectionName: options.listener,
      port: options.port,
    }, { owner: gateway, controller: gateway.gatewayClass?.controller });
  }

  /**
   * A ListenerSet, with its own listeners only: a route that is to attach to those of its Gateway as well names that as another parent. Where the listeners are
   * known, the route is checked against them when it attaches.
   *
   * @throws when the listener's name breaks DNS rules, or the port is none
   */
  public static listenerSet(set: IListenerSet, options: GatewayParentOptions = {}): RouteParent {
    return new RouteParent({
      group: 'gateway.networking.k8s.io',
      kind: 'ListenerSet',
      name: set.name,
      namespace: set.namespace,
      sectionName: options.listener,
      port: options.port,
    }, { owner: set, controller: set.gateway?.gatewayClass?.controller });
  }

  /**
   * A Service of the route's own namespace: the route counts for the requests of all clients in the mesh.
   *
   * @throws when the Service has no such port, no single address (ExternalName, headless), or another namespace than the route
   */
  public static producerService(service: Service, options: ServiceParentOptions = {}): RouteParent {
    return RouteParent.meshService({ name: service.name, namespace: service.metadata.namespace }, knownPort(service, options), 'producer');
  }

  /**
   * A Service of the route's own namespace, by name: the route counts for the requests of all clients in the mesh.
   *
   * @throws when the name or the port breaks Kubernetes' rules
   */
  public static producerServiceName(name: string, options: ServiceParentOptions = {}): RouteParent {
    return RouteParent.meshService({ name }, options, 'producer');
  }

  /**
   * A Service of another namespace: the route counts only for clients in the namespace of the route, in place of the producer's routes.
   *
   * @throws when the Service has no such port, no single address (ExternalName, headless), no namespace, or that of the route
   */
  public static consumerService(service: Service, options: ServiceParentOptions = {}): RouteParent {
    const { name, metadata: { namespace } } = service;
    if (namespace === undefined) {
      throw new Error(`service '${name}' must say its namespace to be the parent of a consumer route, got none: set its metadata.namespace`);
    }
    return RouteParent.meshService({ name, namespace }, knownPort(service, options), 'consumer');
  }

  /**
   * A Service of another namespace, by name: the route counts only for clients in the namespace of the route, in place of the producer's routes.
   *
   * @throws when the name, the namespace or the port breaks Kubernetes' rules, or the namespace is that of the route
   */
  public static consumerServiceName(name: string, options: ConsumedServiceOptions): RouteParent {
    return RouteParent.meshService({ name, namespace: options.namespace }, options, 'consumer');
  }

  /**
   * A parent of any kind; nothing is known of it.
   *
   * @throws when a part breaks Kubernetes' rules
   */
  public static of(reference: RouteParentReference): RouteParent {
    return new RouteParent({ ...reference });
  }

  /**
   * A parent of a kind of one controller, which may refuse routes.
   *
   * @internal
   */
  public static _of(reference: RouteParentReference, controller: GatewayController, admit: (route: RouteOfParent) => void): RouteParent {
    return new RouteParent(reference, { controller, admit });
  }

  private static meshService({ name, namespace }: { name: string; namespace?: string }, options: ServiceParentOptions, role: MeshRole): RouteParent {
    return new RouteParent({ group: '', kind: 'Service', name, namespace, sectionName: options.portName, port: options.port }, { role });
  }

  /**
   * What has the listeners, as far as it is known.
   *
   * @internal
   */
  public readonly _owner?: IGateway | IListenerSet;

  private constructor(
    /** @internal */
    public readonly _reference: RouteParentReference,
    private readonly known: Known = {},
  ) {
    this._owner = known.owner;
    checkObjectReference(_reference, 'the parent');
    if (_reference.sectionName !== undefined) {
      checkDnsSubdomain(_reference.sectionName, 'section of the parent');
    }
  }

  /**
   * Whether it is a Service, whose routes a mesh reads.
   *
   * @internal
   */
  public get _isService(): boolean {
    return this._reference.group === '' && this._reference.kind === 'Service';
  }

  /**
   * The controller that reads routes of this parent, as far as it is known.
   *
   * @param mesh the one that reads routes of Services
   * @internal
   */
  public _reader(mesh: GatewayController | undefined): GatewayController | undefined {
    return this._isService ? mesh : this.known.controller;
  }

  /**
   * Refuses a route that the parent would not take, or that counts for other clients than its author says.
   *
   * @internal
   */
  public _checkRoute(route: RouteOfParent): void {
    this.known.admit?.(route);
    this.checkRole(route.namespace);
  }

  private checkRole(routeNamespace: string | undefined): void {
    const { name, namespace = routeNamespace } = this._reference;
    if (this.known.role === 'producer' && namespace !== routeNamespace) {
      throw new Error(`a producer route of Service '${name}' must be in its namespace '${namespace}', got ${routeNamespace === undefined ? 'none' : `'${routeNamespace}'`}: ` +
        'only there it counts for all clients; set metadata.namespace of the route, or use RouteParent.consumerService for clients in the route\'s namespace');
    }
    if (this.known.role === 'consumer' && namespace === routeNamespace) {
      throw new Error(`a consumer route of Service '${name}' must be outside of its namespace, got '${namespace}' for both: ` +
        'there it counts for all clients, which is RouteParent.producerService');
    }
  }
}

/** The port of a Service that a mesh can route: one with an address of its own. */
function knownPort(service: Service, { port, portName }: ServiceParentOptions): ServiceParentOptions {
  const { name, type, clusterIP, ports } = service;
  if (type === ServiceType.EXTERNAL_NAME || clusterIP === 'None') {
    const what = type === ServiceType.EXTERNAL_NAME ? 'of type ExternalName' : 'headless';
    throw new Error(`service '${name}' must have a cluster IP to be the parent of a route, got one that is ${what}: meshes route by that address`);
  }
  if (port !== undefined) {
    checkServicePort(service, port);
  }
  if (portName !== undefined && !ports.some(known => known.name === portName && (port ?? known.port) === known.port)) {
    const known = ports.map(p => `${p.port} ${p.name === undefined ? 'without a name' : `named '${p.name}'`}`).join(', ') || 'none so far';
    throw new Error(`service '${name}' has no port ${port === undefined ? '' : `${port} `}named '${portName}': it has ${known}`);
  }
  return { port, portName };
}
