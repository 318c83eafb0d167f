import { Service } from 'cdk8s-plus-28';
import { IGateway } from './gateway';
import { IGrpcRoute } from './grpc-route';
import { IHttpRoute } from './http-route';
import { IListenerSet } from './listener-set';
import { ITcpRoute } from './tcp-route';
import { ITlsRoute } from './tls-route';
import { IUdpRoute } from './udp-route';
import { IXBackend } from './x-backend';
import { GatewayController } from '../semantics/gateway-controller';
import { checkDnsSubdomain } from '../semantics/names';
import { checkObjectReference } from '../semantics/object-reference';

/** Which part of a Gateway or a ListenerSet a policy is about. */
export interface PolicyListenerOptions {
  /**
   * The name of the listener.
   *
   * @default - all listeners
   */
  readonly listener?: string;
}

/** Which part of a route a policy is about. */
export interface PolicyRuleOptions {
  /**
   * The name of the rule.
   *
   * @default - all rules
   */
  readonly rule?: string;
}

/** Which part of a Service a policy is about. */
export interface PolicyServiceOptions {
  /**
   * The name of the port, not its number.
   *
   * @default - all ports
   */
  readonly port?: string;
}

/** Which part of which Service of the cluster a policy is about. */
export interface PolicyServiceNameOptions extends PolicyServiceOptions {
  /**
   * The namespace of the Service.
   *
   * @default - that of the policy
   */
  readonly namespace?: string;
}

/** What a policy is attached to. */
export interface PolicyTargetReference {
  /** The API group of the object; `''` is the core group. */
  readonly group: string;

  /** The kind of the object. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object, which must be that of the policy; it is checked and not written.
   *
   * @default - that of the policy
   */
  readonly namespace?: string;

  /**
   * The part of the object: a listener, a rule, the name of a port.
   *
   * @default - the whole object
   */
  readonly sectionName?: string;
}

/** An object of a route, and its rules with a name. A rule that was split is known by the user's name, and written with a number after it. */
interface RouteObject {
  readonly name: string;
  readonly ruleNames: string[];
  readonly pieces?: readonly { readonly ruleName?: string; readonly name?: string }[];
}

/** A route that says into which objects it was split. */
interface SplitRoute {
  _objects?(): RouteObject[];
}

/** An object, or a part of it. */
interface PolicyTargetPart {
  readonly name: string;
  readonly sectionName?: string;
}

/** A route of any kind. */
interface AnyRoute {
  readonly name: string;
  readonly namespace?: string;
}

const GROUP = 'gateway.networking.k8s.io';

/**
 * What a policy is attached to: an object of the policy's own namespace, or a part of it.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/policy-attachment/
 */
export class PolicyTargetRef {
  /**
   * A Gateway, or one of its listeners.
   *
   * @throws when the Gateway's listeners are known and none has that name
   */
  public static gateway(gateway: IGateway, options: PolicyListenerOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.withListener('Gateway', gateway, options);
  }

  /**
   * A ListenerSet, or one of its listeners.
   *
   * @throws when the ListenerSet's listeners are known and none has that name
   */
  public static listenerSet(listenerSet: IListenerSet, options: PolicyListenerOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.withListener('ListenerSet', listenerSet, options);
  }

  /**
   * An HTTPRoute, or its rule of that name. A route that was split is meant with all its objects.
   *
   * @throws when the rules are known and none has that name
   */
  public static httpRoute(route: IHttpRoute, options: PolicyRuleOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.route('HTTPRoute', route, options);
  }

  /**
   * A GRPCRoute, or its rule of that name. A route that was split is meant with all its objects.
   *
   * @throws when the rules are known and none has that name
   */
  public static grpcRoute(route: IGrpcRoute, options: PolicyRuleOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.route('GRPCRoute', route, options);
  }

  /**
   * A TLSRoute, or its rule of that name.
   *
   * @throws when the rules are known and none has that name
   */
  public static tlsRoute(route: ITlsRoute, options: PolicyRuleOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.route('TLSRoute', route, options);
  }

  /**
   * A TCPRoute, or its rule of that name.
   *
   * @throws when the rules are known and none has that name
   */
  public static tcpRoute(route: ITcpRoute, options: PolicyRuleOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.route('TCPRoute', route, options);
  }

  /**
   * A UDPRoute, or its rule of that name.
   *
   * @throws when the rules are known and none has that name
   */
  public static udpRoute(route: IUdpRoute, options: PolicyRuleOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.route('UDPRoute', route, options);
  }

  /**
   * A Service of this app, or one of its ports.
   *
   * @throws when the Service has no port of that name so far
   */
  public static service(service: Service, options: PolicyServiceOptions = {}): PolicyTargetRef {
    checkSection(`Service '${service.name}'`, 'port', options.port, service.ports.flatMap(({ name }) => name ?? []));
    return PolicyTargetRef.serviceName(service.name, { namespace: service.metadata.namespace, port: options.port });
  }

  /**
   * A Service that is in the cluster already, or one of its ports.
   *
   * @throws when a name breaks Kubernetes' rules
   */
  public static serviceName(name: string, options: PolicyServiceNameOptions = {}): PolicyTargetRef {
    return PolicyTargetRef.of({ group: '', kind: 'Service', name, namespace: options.namespace, sectionName: options.port });
  }

  /** An XBackend. */
  public static xBackend(backend: IXBackend): PolicyTargetRef {
    return PolicyTargetRef.of({ group: 'gateway.networking.x-k8s.io', kind: 'XBackend', name: backend.name, namespace: backend.namespace });
  }

  /**
   * An object of any kind that the policy's controller takes.
   *
   * @throws when a part breaks Kubernetes' rules
   */
  public static of(reference: PolicyTargetReference): PolicyTargetRef {
    return new PolicyTargetRef(reference, () => [reference]);
  }

  private static withListener(kind: string, parent: IGateway | IListenerSet, { listener }: PolicyListenerOptions): PolicyTargetRef {
    const { name, namespace, listeners } = parent;
    const gateway: IGateway | undefined = 'gateway' in parent ? parent.gateway : parent;
    checkSection(`${kind} '${name}'`, 'listener', listener, listeners?.map(known => known.name));
    const reference = { group: GROUP, kind, name, namespace, sectionName: listener };
    return new PolicyTargetRef(reference, () => [reference], gateway?.gatewayClass?.controller);
  }

  private static route(kind: string, route: AnyRoute, { rule }: PolicyRuleOptions): PolicyTargetRef {
    const objects = () => (route as SplitRoute)._objects?.();
    checkSection(`${kind} '${route.name}'`, 'rule', rule, objects()?.flatMap(rulesOf).map(({ ruleName }) => ruleName));
    return new PolicyTargetRef({ group: GROUP, kind, name: route.name, namespace: route.namespace, sectionName: rule }, () =>
      objects()?.flatMap(object => rule === undefined ? [{ name: object.name }] : rulesOf(object).filter(({ ruleName }) => ruleName === rule))
        ?? [{ name: route.name, sectionName: rule }]);
  }

  private constructor(
    /** @internal */
    public readonly _reference: PolicyTargetReference,
    /**
     * What is meant: a route may be several objects by the time of synthesis, and a rule several rules.
     *
     * @internal
     */
    public readonly _parts: () => PolicyTargetPart[],
    /**
     * The controller that reads policies for it, as far as it is known.
     *
     * @internal
     */
    public readonly _controller?: GatewayController,
  ) {
    checkObjectReference(_reference, 'the policy target');
    if (_reference.sectionName !== undefined) {
      checkDnsSubdomain(_reference.sectionName, 'section of the policy target');
    }
  }
}

function rulesOf({ name, ruleNames, pieces = ruleNames.map(rule => ({ ruleName: rule, name: rule })) }: RouteObject) {
  return pieces.flatMap(piece => piece.ruleName === undefined ? [] : { ruleName: piece.ruleName, name, sectionName: piece.name });
}

function checkSection(object: string, what: string, section: string | undefined, known: string[] | undefined): void {
  if (section !== undefined && known !== undefined && !known.includes(section)) {
    const has = known.length > 0 ? `it has ${[...new Set(known)].join(', ')}` : 'it has none with a name so far: add it before the policy, with a name';
    throw new Error(`${object} has no ${what} '${section}': ${has}`);
  }
}
