import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { RouteBackend } from './route-backend';
import { RouteParent } from './route-parent';
import { SingleRuleRoute, SingleRuleRouteProps } from './single-rule-route';
import type { TlsRouteSpec } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a TLSRoute. */
export interface TlsRouteProps extends SingleRuleRouteProps {
  /**
   * The server names (SNI) whose connections the route is about, 1 to 1024; they may start with `*.`.
   *
   * @default - none; `addHostname` must be called before synthesis
   */
  readonly hostnames?: string[];
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
export class TlsRoute extends SingleRuleRoute implements ITlsRoute {
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

  constructor(scope: Construct, id: string, props: TlsRouteProps = {}) {
    super(scope, id, 'TLSRoute', props);
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    this._fill(props);
  }

  /**
   * Attaches the route to one more parent.
   *
   * @throws when it is a parent already, when its listeners are known and none of them takes the route, or when there are 32 already
   */
  public addParent(parent: RouteParent): this {
    return this._addParent(parent);
  }

  /**
   * Adds a server name.
   *
   * @throws when it is no hostname, when no listener of a parent serves any host of the route, or when there are 1024 already
   */
  public addHostname(hostname: string): this {
    const hostnames = this._hostnames.concat(checkHostname(hostname, `hostname of ${this._references.named}`));
    checkAtMost(MAX_HOSTNAMES, hostnames.length, `hostnames of ${this._references.named}`, 'use a second TLSRoute');
    GatewayApi._of(this)._check(this, 'hostnames', hostnames);
    this._references.checkHostnames(hostnames);
    this._hostnames = hostnames;
    return this;
  }

  /**
   * Adds a backend, with a share of connections in proportion to its weight.
   *
   * @throws when the weight is none, or there are 16 backends already
   */
  public addBackend(backend: RouteBackend): this {
    return this._addBackend(backend);
  }

  /** @internal */
  public override _toKube(): Manifest<TlsRouteSpec> {
    return { ...super._toKube(), hostnames: this._hostnames };
  }

  /** @internal */
  protected override _missing(): string[] {
    return [
      ...this._hostnames.length > 0 ? [] : ['a TLSRoute needs at least one hostname: pass hostnames, or call addHostname'],
      ...super._missing(),
    ];
  }
}
