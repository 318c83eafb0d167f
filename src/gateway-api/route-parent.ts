import { Service } from 'cdk8s-plus-28';
import { IGateway } from './gateway';
import { servicePort } from './service-port';
import { checkDnsSubdomain } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** Which listeners of a Gateway a route attaches to. */
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
   * The port of the Service.
   *
   * @default - every port
   */
  readonly port?: number;
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

/**
 * What a route attaches to: a Gateway, or for traffic within a mesh a Service.
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
    }, gateway);
  }

  /**
   * A Service, for the requests of the mesh's own workloads to it.
   *
   * @throws when the Service has no such port
   */
  public static service(service: Service, options: ServiceParentOptions = {}): RouteParent {
    return new RouteParent({
      group: '',
      kind: 'Service',
      name: service.name,
      namespace: service.metadata.namespace,
      port: options.port === undefined ? undefined : servicePort(service, options.port),
    });
  }

  /**
   * A parent of any kind; nothing is known of it.
   *
   * @throws when a part breaks Kubernetes' rules
   */
  public static of(reference: RouteParentReference): RouteParent {
    return new RouteParent({ ...reference });
  }

  private constructor(
    /** @internal */
    public readonly _reference: RouteParentReference,
    /** @internal */
    public readonly _gateway?: IGateway,
  ) {
    checkObjectReference(_reference, 'the parent');
    if (_reference.sectionName !== undefined) {
      checkDnsSubdomain(_reference.sectionName, 'section of the parent');
    }
  }
}
