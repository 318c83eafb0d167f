import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DefaultGatewayScope } from './default-gateways';
import { GatewayApi } from './gateway-api';
import { HTTP_RIVALRY } from './http-match-rivalry';
import { HttpRouteRule } from './http-route-rule';
import { checkRetryAttempts, checkRule } from './http-route-rule-checks';
import { backendsOf, httpMatchesSpec, httpRuleSpec } from './http-route-rule-spec';
import { RouteParent } from './route-parent';
import { RouteReferences } from './route-references';
import { RouteSplit } from './route-split';
import { RouteObjects, RouteSection } from './route-split-objects';
import type { HttpRouteSpec, HttpRouteSpecRules } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { formatRule, within } from '../semantics/place';

/** Properties of an HTTPRoute. */
export interface HttpRouteProps extends ResourceProps {
  /**
   * What the route attaches to, 1 to 32.
   *
   * @default - none; `addParent` must be called before synthesis, or `useDefaultGateways` say otherwise
   */
  readonly parents?: RouteParent[];

  /**
   * The hosts whose requests the route is about; they may start with `*.`. An object takes 16: more are written as several.
   *
   * @default - the hosts of the listeners
   */
  readonly hostnames?: string[];

  /**
   * What happens to which requests. An object takes 16 rules with 128 matches: more are written as several.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: HttpRouteRule[];

  /**
   * Whether the route attaches to the default Gateways as well. Experimental channel.
   *
   * @default - it does not
   */
  readonly useDefaultGateways?: DefaultGatewayScope;
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
export class HttpRoute extends Resource implements IHttpRoute {
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

  protected readonly apiObject: ApiObject;

  private readonly references = new RouteReferences(this, 'HTTPRoute');
  private readonly objects: RouteObjects;
  private readonly useDefaultGateways?: DefaultGatewayScope;
  private rules: readonly Manifest<HttpRouteSpecRules>[] = [];
  private hostnames: readonly string[] = [];
  private split = RouteSplit.empty(HTTP_RIVALRY);

  constructor(scope: Construct, id: string, props: HttpRouteProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: GatewayApi._of(this)._apiVersion('HTTPRoute'),
      kind: 'HTTPRoute',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    checkNamed('HTTPRoute', this);
    this.objects = new RouteObjects(this.apiObject, section => this._toKube(section));
    this.useDefaultGateways = props.useDefaultGateways;
    this.references.useDefaultGateways(props.useDefaultGateways);
    props.hostnames?.forEach(hostname => this.addHostname(hostname));
    props.parents?.forEach(parent => this.addParent(parent));
    props.rules?.forEach(rule => this.addRule(rule));
    this.node.addValidation({
      validate: () => [
        ...this.references.validate(),
        ...this.rules.length > 0 ? [] : ['an HTTPRoute needs at least one rule: pass rules, or call addRule'],
      ],
    });
  }

  /** The namespace of the HTTPRoute. */
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
   * @throws when it is no hostname, or no listener of a parent serves any host of the route
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
   * @throws when its name is taken, a list is too long, its parts contradict each other, or more rules are equally specific than one object takes
   */
  public addRule(rule: HttpRouteRule): this {
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
   * The objects that this route is, with the names of their rules; a rule may be several pieces.
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
  public _toKube({ rules, hostnames }: RouteSection = this.objects.section(0)): Manifest<HttpRouteSpec> {
    return {
      parentRefs: this.references.parentRefs(),
      useDefaultGateways: this.useDefaultGateways,
      hostnames,
      rules: this.split.rulesOf(rules, this.rules),
    };
  }
  private makeRule(rule: HttpRouteRule) {
    checkRule(rule);
    checkRetryAttempts(rule, GatewayApi._of(this).bundle);
    const matches = httpMatchesSpec(rule);
    const split = this.split.with({ name: rule.name, matches, sessionPersistence: rule.sessionPersistence });
    this.objects.check(this.hostnames, split.objects.length);
    const bound = this.references.bind(backendsOf(rule));
    return { split, bound, written: httpRuleSpec(rule, matches, backend => this.references.backendRef(bound.get(backend)!)) };
  }
}
