import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { RouteBackend } from './route-backend';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import { SingleRule } from './single-rule';
import type { TlsRouteSpec } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a TLSRoute. */
export interface TlsRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, or `useDefaultGateways` say otherwise
   */
  readonly parents?: RouteParent[];

  /**
   * The server names (SNI) whose connections the route is about, 1 to 1024; they may start with `*.`.
   *
   * @default - none; `addHostname` must be called before synthesis
   */
  readonly hostnames?: string[];

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

/** What policies have to know of a TLSRoute. */
export interface ITlsRoute {
  /** The name of the TLSRoute. */
  readonly name: string;

  /**
   * The namespace of the TLSRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a TLSRoute that is in the cluster already. */
export interface FromTlsRouteNameOptions {
  /**
   * The namespace of the TLSRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

const MAX_HOSTNAMES = 1024;

/**
 * Where TLS connections go, by their server name: passed through, or ended at the Gateway.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#tlsroute
 */
export class TlsRoute extends Resource implements ITlsRoute {
  /**
   * A TLSRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromTlsRouteName(name: string, options: FromTlsRouteNameOptions = {}): ITlsRoute {
    return checkNamed('TLSRoute', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'tlsroutes';

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, 'TLSRoute');
  private readonly hostnames: string[] = [];
  private readonly rule: SingleRule;

  constructor(scope: Construct, id: string, private readonly props: TlsRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion('TLSRoute'),
      kind: 'TLSRoute',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    checkNamed('TLSRoute', this);
    this.rule = new SingleRule('TLSRoute', this.references, props.ruleName);
    this.references.useDefaultGateways(props.useDefaultGateways);
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    props.parents?.forEach(parent => this.addParent(parent));
    this.rule.addAll(props.backends ?? []);
    this.node.addValidation({
      validate: () => [
        ...this.references.validate(),
        ...this.hostnames.length > 0 ? [] : ['a TLSRoute needs at least one hostname: pass hostnames, or call addHostname'],
        ...this.rule.validate(),
      ],
    });
  }

  /** The namespace of the TLSRoute. */
  public get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  /**
   * Attaches the route to one more parent.
   *
   * @throws when it is a parent already, when its listeners are known and none of them takes the route, or when there are 32 already
   */
  public addParent(parent: RouteParent): this {
    this.references.addParent(parent, this.hostnames);
    return this;
  }

  /**
   * Adds a server name.
   *
   * @throws when it is no hostname, when no listener of a parent serves any host of the route, or when there are 1024 already
   */
  public addHostname(hostname: string): this {
    const hostnames = this.hostnames.concat(checkHostname(hostname, `hostname of ${this.references.named}`));
    checkAtMost(MAX_HOSTNAMES, hostnames.length, `hostnames of ${this.references.named}`, 'use a second TLSRoute');
    GatewayApi._of(this)._check(this, 'hostnames', hostnames);
    this.references.checkHostnames(hostnames);
    this.hostnames.push(hostname);
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
  public _toKube(): Manifest<TlsRouteSpec> {
    return {
      parentRefs: this.references.parentRefs(),
      hostnames: this.hostnames,
      useDefaultGateways: this.props.useDefaultGateways,
      rules: [this.rule.toKube()],
    };
  }
}
