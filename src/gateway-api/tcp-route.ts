import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { RouteBackend } from './route-backend';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import { SingleRule } from './single-rule';
import type { TcpRouteSpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a TCPRoute. */
export interface TcpRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, or `useDefaultGateways` say otherwise
   */
  readonly parents?: RouteParent[];

  /**
   * Where connections go, 1 to 16.
   *
   * @default - none; `addBackend` must be called before synthesis
   */
  readonly backends?: RouteBackend[];

  /**
   * The name of the route's only rule, so that policies can refer to it.
   *
   * @default - no name
   */
  readonly ruleName?: string;

  /**
   * Whether the route attaches to the default Gateways as well. Experimental channel.
   *
   * @default - it does not
   */
  readonly useDefaultGateways?: DefaultGatewayScope;
}

/** What policies have to know of a TCPRoute. */
export interface ITcpRoute {
  /** The name of the TCPRoute. */
  readonly name: string;

  /**
   * The namespace of the TCPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a TCPRoute that is in the cluster already. */
export interface FromTcpRouteNameOptions {
  /**
   * The namespace of the TCPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Where TCP connections go. A listener has room for one: of several, only the oldest gets connections.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#tcproute
 */
export class TcpRoute extends Resource implements ITcpRoute {
  /**
   * A TCPRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromTcpRouteName(name: string, options: FromTcpRouteNameOptions = {}): ITcpRoute {
    return checkNamed('TCPRoute', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'tcproutes';

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, 'TCPRoute');
  private readonly rule: SingleRule;

  constructor(scope: Construct, id: string, private readonly props: TcpRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion('TCPRoute'),
      kind: 'TCPRoute',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    checkNamed('TCPRoute', this);
    this.rule = new SingleRule('TCPRoute', this.references, props.ruleName);
    this.references.useDefaultGateways(props.useDefaultGateways);
    props.parents?.forEach(parent => this.addParent(parent));
    this.rule.addAll(props.backends ?? []);
    this.node.addValidation({
      validate: () => [
        ...this.references.validate(),
        ...this.rule.validate(),
      ],
    });
  }

  /** The namespace of the TCPRoute. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /**
   * Attaches the route to one more parent.
   *
   * @throws when it is a parent already, when its listeners are known and none of them takes the route, or when there are 32 already
   */
  public addParent(parent: RouteParent): this {
    this.references.addParent(parent);
    return this;
  }

  /**
   * Adds a backend, with a share of connections in proportion to its weight.
   *
   * @throws when the weight is none, or there are 16 backends already
   */
  public addBackend(backend: RouteBackend): this {
    this.rule.add(backend);
    return this;
  }

  /**
   * The objects that this route is, with the names of their rules.
   *
   * @internal
   */
  public _objects(): { name: string; ruleNames: string[] }[] {
    return [{ name: this.name, ruleNames: this.rule.names }];
  }

  /** @internal */
  public _toKube(): Manifest<TcpRouteSpec> {
    return {
      parentRefs: this.references.parentRefs(),
      useDefaultGateways: this.props.useDefaultGateways,
      rules: [this.rule.toKube()],
    };
  }
}
