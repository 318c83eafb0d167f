import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { HTTP_RIVALRY } from './http-match-rivalry';
import { HttpRouteRule } from './http-route-rule';
import { checkRetryAttempts, checkRule } from './http-route-rule-checks';
import { httpMatchesSpec, httpRuleSpec } from './http-route-rule-spec';
import { RouteParent } from './route-parent';
import { backendsOf } from './rule-backends';
import { SplitRoute, SplitRouteProps } from './split-route';
import { checkNamed } from '../semantics/names';

/** Properties of an HTTPRoute. */
export interface HttpRouteProps extends SplitRouteProps {
  /**
   * What happens to which requests. An object takes 16 rules with 128 matches: more are written as several.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: HttpRouteRule[];
}

/** What policies have to know of an HTTPRoute. */
export interface IHttpRoute {
  /** The name of the HTTPRoute. */
  readonly name: string;

  /**
   * The namespace of the HTTPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** What is known of an HTTPRoute that is in the cluster already. */
export interface FromHttpRouteNameOptions {
  /**
   * The namespace of the HTTPRoute.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Where HTTP requests go, and what happens to them on their way.
 *
 * A route that is too large for one object is several: `<name>`, `<name>-2`, ... with the metadata of the first. Rules between whose matches only
 * their order decides stay together, as nobody promises an order among objects; a rule at the end changes nothing of the objects that were there.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HttpRoute extends SplitRoute implements IHttpRoute {
  /**
   * An HTTPRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromHttpRouteName(name: string, options: FromHttpRouteNameOptions = {}): IHttpRoute {
    return checkNamed('HTTPRoute', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'httproutes';

  constructor(scope: Construct, id: string, props: HttpRouteProps = {}) {
    super(scope, id, HTTP_RIVALRY, props);
    props.rules?.forEach(rule => this.addRule(rule));
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
   * Adds a host. The first one narrows the route from every host of its listeners to this one.
   *
   * @throws when it is no hostname, when no listener of a parent serves any host of the route, or when the names of more objects would be too long
   */
  public addHostname(hostname: string): this {
    return this._addHostname(hostname);
  }

  /**
   * Adds a rule. Among matches that are equally specific, the earlier rule wins.
   *
   * @throws when its name is taken, a list is too long, its parts contradict each other, or more rules are equally specific than one object takes
   */
  public addRule(rule: HttpRouteRule): this {
    return this._addRule(rule, () => {
      checkRule(rule);
      checkRetryAttempts(rule, GatewayApi._of(this).bundle);
      const matches = httpMatchesSpec(rule);
      return { matches, backends: backendsOf(rule), write: backendRef => httpRuleSpec(rule, matches, backendRef) };
    });
  }
}
