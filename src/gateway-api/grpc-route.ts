import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IBackend } from './backend';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { GrpcRouteFilter } from './grpc-route-filter';
import { GrpcRouteRule } from './grpc-route-rule';
import { checkRule } from './grpc-route-rule-checks';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import type { GrpcRouteSpec, GrpcRouteSpecRules } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel, checkDnsSubdomain } from '../semantics/names';

/** Properties of a GRPCRoute. */
export interface GrpcRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, unless the route asks for default Gateways
   */
  readonly parents?: RouteParent[];

  /**
   * The hosts whose calls the route is about, at most 16; they may start with `*.`. Meshes disregard them.
   *
   * @default - the hosts of the listeners
   */
  readonly hostnames?: string[];

  /**
   * What happens to which calls, 1 to 16 rules with at most 128 matches.
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
const MAX_RULES = 16;
const MAX_MATCHES = 128;
const MAX_HOSTNAMES = 16;

/**
 * Where gRPC calls go, and what happens to them on their way.
 *
 * A listener with protocol HTTP takes calls as HTTP/2 without TLS and without an upgrade (h2c); one with HTTPS negotiates HTTP/2 by ALPN. Calls that no
 * rule is about get status UNIMPLEMENTED. Implementations may refuse a GRPCRoute and an HTTPRoute that share a host on one listener: give each a host of its own.
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
    if (options.namespace !== undefined) {
      checkDnsLabel(options.namespace, `namespace of the ${KIND}`);
    }
    return { name: checkDnsSubdomain(name, `name of the ${KIND}`), ...options };
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'grpcroutes';

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, KIND);
  private readonly hostnames: string[] = [];
  private readonly rules: Manifest<GrpcRouteSpecRules>[] = [];
  private readonly useDefaultGateways?: DefaultGatewayScope;

  constructor(scope: Construct, id: string, props: GrpcRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion(KIND),
      kind: KIND,
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    this.useDefaultGateways = props.useDefaultGateways;
    this.references.check('', { useDefaultGateways: this.useDefaultGateways });
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    props.parents?.forEach(parent => this.addParent(parent));
    props.rules?.forEach(rule => this.addRule(rule));
    const hasParents = () => this.references.hasParents || this.useDefaultGateways === DefaultGatewayScope.ALL;
    this.node.addValidation({
      validate: () => [
        ...hasParents() ? [] : [`a ${KIND} needs at least one parent: pass parents, or call addParent`],
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
   * @throws when it is no hostname, when no listener of a parent serves any host of the route, or when there are 16 already
   */
  public addHostname(hostname: string): this {
    const hostnames = [...this.hostnames, checkHostname(hostname, `hostname of the ${KIND}`)];
    checkAtMost(MAX_HOSTNAMES, hostnames.length, `hostnames of the ${KIND}`, 'split the route');
    this.references.checkHostnames(hostnames);
    this.hostnames.push(hostname);
    return this;
  }

  /**
   * Adds a rule. Among matches that are equally specific, the earlier rule wins.
   *
   * @throws when its name is taken, a list is too long, or its parts contradict each other
   */
  public addRule(rule: GrpcRouteRule): this {
    checkRule(rule);
    const rules = [...this.rules, rule];
    checkAtMost(MAX_RULES, rules.length, `rules of the ${KIND}`, 'split the route');
    checkAtMost(MAX_MATCHES, rules.reduce((sum, { matches }) => sum + (matches?.length ?? 0), 0), `matches of the ${KIND}`, 'split the route');
    if (rule.name !== undefined && this.rules.some(({ name }) => name === rule.name)) {
      throw new Error(`rule name '${rule.name}' is taken: names are unique in a ${KIND}, pass another name`);
    }
    for (const backend of backendsOf(rule)) {
      this.references.addBackend(backend);
    }
    const rendered = this.ruleToKube(rule);
    this.references.check('rules[]', rendered);
    this.rules.push(rendered);
    return this;
  }

  /**
   * The objects that are made, each with the names of its rules.
   *
   * @internal
   */
  public _objects(): { name: string; ruleNames: string[] }[] {
    return [{ name: this.name, ruleNames: this.rules.flatMap(({ name }) => name ?? []) }];
  }

  /** @internal */
  public _toKube(): Manifest<GrpcRouteSpec> {
    return {
      parentRefs: this.references.hasParents ? this.references.parentRefs() : undefined,
      useDefaultGateways: this.useDefaultGateways,
      hostnames: this.hostnames.length > 0 ? this.hostnames : undefined,
      rules: this.rules,
    };
  }

  /** What the API server would put in is written here, because it replaces lists as a whole and tools that compare would see a difference. */
  private ruleToKube({ name, matches, filters, backends, sessionPersistence }: GrpcRouteRule): Manifest<GrpcRouteSpecRules> {
    const filtersToKube = (list: GrpcRouteFilter[]) => list.map(filter => filter._toKube(backend => this.references.backendRef(backend)));
    return {
      name,
      matches: matches?.map(match => match._toKube()),
      filters: filters && filtersToKube(filters),
      backendRefs: backends?.map(({ backend, weight = 1, filters: own }) =>
        ({ ...this.references.backendRef(backend), weight, filters: own && filtersToKube(own) })),
      sessionPersistence: sessionPersistence?._toKube(),
    };
  }
}

/** Every backend that a rule mentions, those of mirrors included. */
function backendsOf({ backends = [], filters = [] }: GrpcRouteRule): IBackend[] {
  const mirrors = [...filters, ...backends.flatMap(backend => backend.filters ?? [])].flatMap(filter => filter._backend ?? []);
  return [...backends.map(({ backend }) => backend), ...mirrors];
}
