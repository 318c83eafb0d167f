import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BackendConfig, IBackend } from './backend';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { GRPC_RIVALRY } from './grpc-match-rivalry';
import { GrpcRouteFilter } from './grpc-route-filter';
import { GrpcRouteRule } from './grpc-route-rule';
import { checkRule } from './grpc-route-rule-checks';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import { RouteSplit } from './route-split';
import { RouteObjects, RouteSection } from './route-split-objects';
import { weightedRef } from './weighted-ref';
import type { GrpcRouteSpec, GrpcRouteSpecRules, GrpcRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { formatRule, within } from '../semantics/place';

/** Properties of a GRPCRoute. */
export interface GrpcRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, unless the route asks for default Gateways
   */
  readonly parents?: RouteParent[];

  /**
   * The hosts whose calls the route is about; they may start with `*.`. Meshes disregard them. One object takes 16 of them, more make more objects.
   *
   * @default - the hosts of the listeners
   */
  readonly hostnames?: string[];

  /**
   * What happens to which calls. One object takes 16 rules with 128 matches, more make more objects.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: GrpcRouteRule[];

  /**
   * Whether the route attaches to the Gateways that are defaults, too; experimental channel.
   *
   * @default - only to its parents
   */
  readonly useDefaultGateways?: DefaultGatewayScope;
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

const KIND = 'GRPCRoute';

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
export class GrpcRoute extends Resource implements IGrpcRoute {
  /**
   * A GRPCRoute that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromGrpcRouteName(name: string, options: FromGrpcRouteNameOptions = {}): IGrpcRoute {
    return checkNamed(KIND, { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'grpcroutes';

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, KIND);
  private readonly objects: RouteObjects;
  private hostnames: readonly string[] = [];
  /** As they are written, with all of their matches. */
  private rules: readonly Manifest<GrpcRouteSpecRules>[] = [];
  private split = RouteSplit.empty(GRPC_RIVALRY);
  private readonly useDefaultGateways?: DefaultGatewayScope;

  constructor(scope: Construct, id: string, props: GrpcRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion(KIND),
      kind: KIND,
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    checkNamed(KIND, this);
    this.objects = new RouteObjects(this.apiObject, section => this._toKube(section));
    this.useDefaultGateways = props.useDefaultGateways;
    this.references.useDefaultGateways(props.useDefaultGateways);
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    props.parents?.forEach(parent => this.addParent(parent));
    props.rules?.forEach(rule => this.addRule(rule));
    this.node.addValidation({
      validate: () => [
        ...this.references.validate(),
        ...this.rules.length > 0 ? [] : [`a ${KIND} needs at least one rule: pass rules, or call addRule`],
      ],
    });
  }

  /** The namespace of the route. */
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
   * Adds a host. The first one narrows the route from every host of its listeners to this one.
   *
   * @throws when it is no hostname, when no listener of a parent serves any host of the route, or when the names of more objects would be too long
   */
  public addHostname(hostname: string): this {
    const hostnames = this.hostnames.concat(checkHostname(hostname, `hostname of ${this.references.named}`));
    this.objects.check(hostnames, this.split.objects.length);
    this.references.checkHostnames(hostnames);
    this.objects.resize(hostnames, this.split.objects.length);
    this.hostnames = hostnames;
    return this;
  }

  /**
   * Adds a rule. Among matches that are equally specific, the earlier rule wins.
   *
   * @throws when its name is taken, a list is too long, its parts contradict each other, or more rules tie with it than one object takes
   */
  public addRule(rule: GrpcRouteRule): this {
    const index = this.rules.length;
    const { split, bound, written } = within(`${formatRule(index, rule.name)} of ${this.references.named}`, () => this.makeRule(rule));
    this.references.check(`rules[${index}]`, written);
    // From here on nothing throws: a rule that was refused leaves no grant and no object behind.
    this.references.addBackends(bound.values());
    this.objects.resize(this.hostnames, split.objects.length);
    this.split = split;
    this.rules = this.rules.concat(written);
    return this;
  }

  /**
   * The objects that the route is, with the names of their rules.
   *
   * @internal
   */
  public _objects(): { name: string; ruleNames: string[]; pieces: readonly { ruleName?: string; name?: string }[] }[] {
    return this.objects.list().map(({ name, section }) => {
      const pieces = this.split.objects[section.rules];
      return { name, ruleNames: pieces.flatMap(piece => piece.name ?? []), pieces };
    });
  }

  /** @internal */
  public _toKube({ rules, hostnames }: RouteSection = this.objects.section(0)): Manifest<GrpcRouteSpec> {
    return {
      parentRefs: this.references.parentRefs(),
      useDefaultGateways: this.useDefaultGateways,
      hostnames,
      rules: this.split.rulesOf(rules, this.rules),
    };
  }

  /** What the API server would put in is written here, because it replaces lists as a whole and tools that compare would see a difference. */
  private makeRule(rule: GrpcRouteRule) {
    checkRule(rule);
    const matches = rule.matches?.map(match => match._toKube());
    const split = this.split.with({ name: rule.name, matches, sessionPersistence: rule.sessionPersistence });
    this.objects.check(this.hostnames, split.objects.length);
    const bound = this.references.bind(backendsOf(rule));
    return { split, bound, written: this.ruleToKube(rule, matches, backend => this.references.backendRef(bound.get(backend)!)) };
  }

  private ruleToKube(
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
}

/** Every backend that a rule mentions, those of mirrors included. */
function backendsOf({ backends = [], filters = [] }: GrpcRouteRule): IBackend[] {
  const mirrors = [...filters, ...backends.flatMap(backend => backend.filters ?? [])].flatMap(filter => filter._backend ?? []);
  return [...backends.map(({ backend }) => backend), ...mirrors];
}
