import { Construct } from 'constructs';
import { RouteBackend } from './route-backend';
import { RouteParent } from './route-parent';
import { SingleRuleRoute, SingleRuleRouteProps } from './single-rule-route';
import { checkNamed } from '../semantics/names';

/** Properties of a TCPRoute. */
export interface TcpRouteProps extends SingleRuleRouteProps {}

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
export class TcpRoute extends SingleRuleRoute implements ITcpRoute {
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

  constructor(scope: Construct, id: string, props: TcpRouteProps = {}) {
    super(scope, id, 'TCPRoute', props);
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
   * Adds a backend, with a share of connections in proportion to its weight.
   *
   * @throws when the weight is none, or there are 16 backends already
   */
  public addBackend(backend: RouteBackend): this {
    return this._addBackend(backend);
  }
}
