import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DefaultGatewayScope } from './default-gateways';
import { NamespacedConstruct } from './gateway-api-construct';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import type { HttpRouteSpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

/**
 * Properties that routes of all kinds have.
 *
 * @jsii ignore
 */
export interface RouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, unless the route asks for default Gateways
   */
  readonly parents?: RouteParent[];

  /**
   * Whether the route attaches to the default Gateways as well. Experimental channel.
   *
   * @default - it does not
   */
  readonly useDefaultGateways?: DefaultGatewayScope;
}

/**
 * A route of any kind.
 *
 * @jsii ignore
 */
export abstract class Route extends NamespacedConstruct {
  /** @internal */
  protected readonly _references: RouteReferences;
  /** @internal */
  protected _hostnames: readonly string[] = [];
  private readonly useDefaultGateways?: DefaultGatewayScope;

  constructor(scope: Construct, id: string, kind: string, { metadata, useDefaultGateways }: RouteProps) {
    super(scope, id, kind, metadata);
    this._references = new RouteReferences(this, kind);
    this._references.useDefaultGateways(useDefaultGateways);
    this.useDefaultGateways = useDefaultGateways;
  }

  /** @internal */
  protected _addParent(parent: RouteParent): this {
    this._references.addParent(parent, this._hostnames);
    return this;
  }

  /**
   * What the specs of all kinds have.
   *
   * @internal
   */
  protected _attachment(): Manifest<Pick<HttpRouteSpec, 'parentRefs' | 'useDefaultGateways'>> {
    return { parentRefs: this._references.parentRefs(), useDefaultGateways: this.useDefaultGateways };
  }
}
