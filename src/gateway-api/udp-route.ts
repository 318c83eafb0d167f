import { Construct } from 'constructs';
import { RouteBackend } from './route-backend';
import { RouteParent } from './route-parent';
import { SingleRuleRoute, SingleRuleRouteProps } from './single-rule-route';
import { checkNamed } from '../semantics/names';

/** Properties of a UDPRoute. */
export interface UdpRouteProps extends SingleRuleRouteProps {}

/** What policies have to know of a UDPRoute. */
export interface IUdpRoute {
  /** The name of the UDPRoute. */
  readonly name: string;

  /**
   * The namespace of the UDPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of a UDPRoute that is in the cluster already. */
export interface FromUdpRouteNameOptions {
  /**
   * The namespace of the UDPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Where UDP datagrams go. A listener has room for one: of several, only the oldest gets datagrams.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#udproute
 */
export class UdpRoute extends SingleRuleRoute implements IUdpRoute {
  /**
   * A UDPRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromUdpRouteName(name: string, options: FromUdpRouteNameOptions = {}): IUdpRoute {
    return checkNamed('UDPRoute', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'udproutes';

  constructor(scope: Construct, id: string, props: UdpRouteProps = {}) {
    super(scope, id, 'UDPRoute', props);
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
   * Adds a backend, with a share of datagrams in proportion to its weight.
   *
   * @throws when the weight is none, or there are 16 backends already
   */
  public addBackend(backend: RouteBackend): this {
    return this._addBackend(backend);
  }
}
