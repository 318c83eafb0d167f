import { Resource, Service } from 'cdk8s-plus-28';
import { Construct, IConstruct } from 'constructs';
import { checkServicePort, servicePort } from './service-port';
import { checkPreciseHostname } from '../semantics/hostname';
import { checkObjectReference } from '../semantics/object-reference';

/** What a route says of the object that it sends requests to. */
export interface BackendConfig {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object.
   *
   * @default - that of the route
   */
  readonly namespace?: string;

  /**
   * The port, 1 to 65535; for a Service its own port, not that of the pods.
   *
   * @default - none; a Service needs one, an XBackend says its own
   */
  readonly port?: number;

  /**
   * Whether the owner of the object permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** Something that a route can send requests to. */
export interface IBackend {
  /**
   * Says how a route refers to it.
   *
   * @param scope the route
   */
  bind(scope: Construct): BackendConfig;
}

/** Options of a backend that is a Service of this app. */
export interface BackendServiceOptions {
  /**
   * The port of the Service.
   *
   * @default - its only port of the route's transport: UDP for a UDPRoute, otherwise TCP
   */
  readonly port?: number;
}

/** Options of a backend that is a Service of the cluster. */
export interface BackendServiceNameOptions {
  /** The port of the Service, 1 to 65535. */
  readonly port: number;

  /**
   * The namespace of the Service.
   *
   * @default - that of the route
   */
  readonly namespace?: string;

  /**
   * Whether the owner of the Service permits the reference already.
   *
   * @default false: a reference from another namespace brings a ReferenceGrant
   */
  readonly granted?: boolean;
}

/** Options of a backend that is a host known to Istio. */
export interface BackendHostnameOptions {
  /** The port of the host, 1 to 65535. */
  readonly port: number;
}

/**
 * Where a route sends requests.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference
 */
export class Backend implements IBackend {
  /**
   * A Service of this app. To a route in another namespace it is its own chart that grants the reference.
   *
   * @param service the Service, whose ports are declared already
   * @param options which of its ports
   * @throws when the Service has no such port, or not just one and none is given; a route throws when the port is not of its transport
   */
  public static service(service: Service, options: BackendServiceOptions = {}): Backend {
    checkServicePort(service, options.port);
    const { name, metadata: { namespace } } = service;
    return new Backend({ group: '', kind: 'Service', name, namespace, port: options.port }, service);
  }

  /**
   * A Service that is in the cluster already.
   *
   * @param name the name of the Service
   * @param options its port and namespace, and whether the reference is granted
   * @throws when the name, the namespace or the port breaks Kubernetes' rules
   */
  public static serviceName(name: string, options: BackendServiceNameOptions): Backend {
    return new Backend({ group: '', kind: 'Service', name, ...options });
  }

  /**
   * A host of Istio's registry, such as one of a ServiceEntry; only Istio knows it.
   *
   * @param host fully qualified, without wildcard
   * @param options its port
   * @throws when the host is a wildcard or no DNS name, or the port is none
   */
  public static istioHostname(host: string, options: BackendHostnameOptions): Backend {
    return new Backend({ group: 'networking.istio.io', kind: 'Hostname', name: checkPreciseHostname(host), port: options.port });
  }

  /**
   * An object of any kind that the implementation takes.
   *
   * @throws when a part breaks Kubernetes' rules, a Service has no port, or an XBackend has one
   */
  public static of(config: BackendConfig): Backend {
    return new Backend({ ...config });
  }

  private constructor(private readonly config: BackendConfig, private readonly knownService?: Service) {
    const { group, kind, name, port } = checkObjectReference(config, 'the backend');
    if (group === '' && kind === 'Service' && port === undefined && knownService === undefined) {
      throw new Error(`backend Service '${name}' needs a port: pass port`);
    }
    if (group === 'gateway.networking.x-k8s.io' && kind === 'XBackend' && port !== undefined) {
      throw new Error(`backend XBackend '${name}' must have no port, got ${port}: the XBackend itself says it, leave port out`);
    }
  }

  /** Says how a route refers to it. */
  public bind(scope: Construct): BackendConfig {
    return this.knownService ? { ...this.config, port: portFor(scope, this.knownService, this.config.port) } : this.config;
  }

  /**
   * The object that is referred to, where it is of this app.
   *
   * @internal
   */
  public get _target(): IConstruct | undefined {
    return this.knownService;
  }
}

/** Of what refers to Services, only UDPRoutes send datagrams. */
function portFor(scope: Construct, service: Service, port?: number): number {
  const sender = scope instanceof Resource ? scope : undefined;
  return servicePort(service, sender?.kind === 'UDPRoute' ? 'UDP' : 'TCP', port, sender && `${sender.kind} '${sender.name}'`);
}
