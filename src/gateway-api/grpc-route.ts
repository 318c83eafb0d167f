import { Construct } from 'constructs';
import { BackendConfig, IBackend } from './backend';
import { GRPC_RIVALRY } from './grpc-match-rivalry';
import { GrpcRouteFilter } from './grpc-route-filter';
import { GrpcRouteRule } from './grpc-route-rule';
import { checkRule } from './grpc-route-rule-checks';
import { RouteParent } from './route-parent';
import { backendsOf, weightedRef } from './rule-backends';
import { SplitRoute, SplitRouteProps } from './split-route';
import type { GrpcRouteSpecRules, GrpcRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a GRPCRoute. */
export interface GrpcRouteProps extends SplitRouteProps {
  /**
   * What happens to which calls. One object takes 16 rules with 128 matches, more make more objects.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: GrpcRouteRule[];
}

/** What others have to know of a GRPCRoute. */
export interface IGrpcRoute {
  /** The name of the route. */
  readonly name: string;

  /**
   * The namespace of the route.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** Where a GRPCRoute is that is in the cluster already. */
export interface FromGrpcRouteNameOptions {
  /**
   * The namespace of the route.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/**
 * Where gRPC calls go, and what happens to them on their way.
 *
 * A listener with protocol HTTP takes calls as HTTP/2 without TLS and without an upgrade (h2c); one with HTTPS negotiates HTTP/2 by ALPN. Calls that no
 * rule is about get status UNIMPLEMENTED. Implementations may refuse a GRPCRoute and an HTTPRoute that share a host on one listener: give each a host of its own.
 *
 * A route that is too large for one object is written as several, which are named `<name>-2` and so on. Rules between which only their order decides stay
 * in one object.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/grpcroute/
 */
export class GrpcRoute extends SplitRoute implements IGrpcRoute {
  /**
   * A GRPCRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromGrpcRouteName(name: string, options: FromGrpcRouteNameOptions = {}): IGrpcRoute {
    return checkNamed('GRPCRoute', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'grpcroutes';

  constructor(scope: Construct, id: string, props: GrpcRouteProps = {}) {
    super(scope, id, GRPC_RIVALRY, props);
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
   * @throws when its name is taken, a list is too long, its parts contradict each other, or more rules tie with it than one object takes
   */
  public addRule(rule: GrpcRouteRule): this {
    return this._addRule(rule, () => {
      checkRule(rule);
      const matches = rule.matches?.map(match => match._toKube());
      return { matches, backends: backendsOf(rule), write: backendRef => ruleSpec(rule, matches, backendRef) };
    });
  }
}

/** What the API server would put in is written here, because it replaces lists as a whole and tools that compare would see a difference. */
function ruleSpec(
  { name, filters, backends, sessionPersistence }: GrpcRouteRule,
  matches: Manifest<GrpcRouteSpecRulesMatches>[] | undefined,
  backendRef: (backend: IBackend) => BackendConfig,
): Manifest<GrpcRouteSpecRules> {
  const filtersToKube = (list: GrpcRouteFilter[]) => list.map(filter => filter._toKube(backendRef));
  return {
    name,
    matches,
    filters: filters && filtersToKube(filters),
    backendRefs: backends?.map(({ backend, weight = 1, filters: own }) => weightedRef(backendRef(backend), weight, own && filtersToKube(own))),
    sessionPersistence: sessionPersistence?._toKube(),
  };
}
