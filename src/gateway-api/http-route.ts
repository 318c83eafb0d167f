import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IBackend } from './backend';
import { HttpRouteFilter } from './http-route-filter';
import { HttpRouteMatch } from './http-route-match';
import { HttpRouteRule } from './http-route-rule';
import { checkRule } from './http-route-rule-checks';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import type { HttpRouteSpec, HttpRouteSpecRules } from '../imports/gateway.networking.k8s.io';
import { formatDuration } from '../semantics/duration';
import { checkHostname } from '../semantics/hostname';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Properties of an HTTPRoute. */
export interface HttpRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis
   */
  readonly parents?: RouteParent[];

  /**
   * The hosts whose requests the route is about, at most 16; they may start with `*.`.
   *
   * @default - the hosts of the listeners
   */
  readonly hostnames?: string[];

  /**
   * What happens to which requests, 1 to 16 rules with at most 128 matches.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: HttpRouteRule[];
}

const MAX_RULES = 16;
const MAX_MATCHES = 128;
const MAX_HOSTNAMES = 16;

/**
 * Where HTTP requests go, and what happens to them on their way.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HttpRoute extends Resource {
  /** The plural name of the kind. */
  public readonly resourceType = 'httproutes';

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, 'HTTPRoute');
  private readonly hostnames: string[] = [];
  private readonly rules: HttpRouteRule[] = [];

  constructor(scope: Construct, id: string, props: HttpRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    props.parents?.forEach(parent => this.addParent(parent));
    props.rules?.forEach(rule => this.addRule(rule));
    this.node.addValidation({
      validate: () => [
        ...this.references.hasParents ? [] : ['an HTTPRoute needs at least one parent: pass parents, or call addParent'],
        ...this.rules.length > 0 ? [] : ['an HTTPRoute needs at least one rule: pass rules, or call addRule'],
      ],
    });
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
    const hostnames = [...this.hostnames, checkHostname(hostname, 'hostname of the HTTPRoute')];
    checkAtMost(MAX_HOSTNAMES, hostnames.length, 'hostnames of the HTTPRoute', 'split the route');
    this.references.checkHostnames(hostnames);
    this.hostnames.push(hostname);
    return this;
  }

  /**
   * Adds a rule. Among matches that are equally specific, the earlier rule wins.
   *
   * @throws when its name is taken, a list is too long, or its parts contradict each other
   */
  public addRule(rule: HttpRouteRule): this {
    checkRule(rule);
    const rules = [...this.rules, rule];
    checkAtMost(MAX_RULES, rules.length, 'rules of the HTTPRoute', 'split the route');
    checkAtMost(MAX_MATCHES, rules.reduce((sum, { matches }) => sum + (matches?.length ?? 1), 0), 'matches of the HTTPRoute', 'split the route');
    if (rule.name !== undefined && this.rules.some(({ name }) => name === rule.name)) {
      throw new Error(`rule name '${rule.name}' is taken: names are unique in an HTTPRoute, pass another name`);
    }
    for (const backend of backendsOf(rule)) {
      this.references.addBackend(backend);
    }
    this.rules.push(rule);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<HttpRouteSpec> {
    return {
      parentRefs: this.references.parentRefs(),
      hostnames: this.hostnames.length > 0 ? this.hostnames : undefined,
      rules: this.rules.map(rule => this.ruleToKube(rule)),
    };
  }

  /** What the API server would put in is written here, because it replaces lists as a whole and tools that compare would see a difference. */
  private ruleToKube({ name, matches, filters, backends, timeouts, retry }: HttpRouteRule): Manifest<HttpRouteSpecRules> {
    const filtersToKube = (list: HttpRouteFilter[]) => list.map(filter => filter._toKube(backend => this.references.backendRef(backend)));
    return {
      name,
      matches: (matches ?? [HttpRouteMatch.of({})]).map(match => match._toKube()),
      filters: filters && filtersToKube(filters),
      backendRefs: backends?.map(({ backend, weight = 1, filters: own }) =>
        ({ ...this.references.backendRef(backend), weight, filters: own && filtersToKube(own) })),
      timeouts: timeouts && {
        request: timeouts.request && formatDuration(timeouts.request),
        backendRequest: timeouts.backendRequest && formatDuration(timeouts.backendRequest),
      },
      retry: retry && {
        attempts: retry.attempts ?? 1,
        codes: retry.codes,
        backoff: retry.backoff && formatDuration(retry.backoff),
      },
    };
  }
}

/** Every backend that a rule mentions, those of mirrors included. */
function backendsOf({ backends = [], filters = [] }: HttpRouteRule): IBackend[] {
  const mirrors = [...filters, ...backends.flatMap(backend => backend.filters ?? [])].flatMap(filter => filter._backend ?? []);
  return [...backends.map(({ backend }) => backend), ...mirrors];
}
