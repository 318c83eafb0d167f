import { Construct } from 'constructs';
import { BackendConfig, IBackend } from './backend';
import { Route, RouteProps } from './route';
import { RouteParent } from './route-parent';
import { MatchRivalry, RouteSplit, SplitRule } from './route-split';
import { RouteObjects, RouteSection } from './route-split-objects';
import { RouteRule } from './rule-rewrites';
import type { HttpRouteSpec } from '../imports/gateway.networking.k8s.io';
import { checkHostname } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';
import { article } from '../semantics/names';
import { formatRule, within } from '../semantics/place';

/**
 * Properties of a route that may be several objects.
 *
 * @jsii ignore
 */
export interface SplitRouteProps extends RouteProps {
  /**
   * The hosts whose requests the route is about; they may start with `*.`. An object takes 16: more are written as several.
   *
   * @default - the hosts of the listeners
   */
  readonly hostnames?: string[];
}

/** A rule that was checked, before its backends are bound. */
export interface ReadRule {
  readonly matches?: readonly unknown[];
  /** Every backend that the rule mentions. */
  readonly backends: readonly IBackend[];
  /** The rule as it is written. */
  readonly write: (backendRef: (backend: IBackend) => BackendConfig) => SplitRule<unknown>;
}

/**
 * A route of requests, with rules that match some of them.
 *
 * @jsii ignore
 */
export abstract class SplitRoute extends Route {
  private readonly objects: RouteObjects;
  /** As they are written, with all of their matches. */
  private rules: readonly SplitRule<unknown>[] = [];
  private split: RouteSplit<unknown>;

  constructor(scope: Construct, id: string, rivalry: MatchRivalry<unknown>, props: SplitRouteProps) {
    super(scope, id, rivalry.kind, props);
    this.objects = new RouteObjects(this.apiObject, section => this._toKube(section));
    this.split = RouteSplit.empty(rivalry);
    this.node.addValidation({
      validate: () => [
        ...this._references.validate(),
        ...this.rules.length > 0 ? [] : [`${article(this.kind)} needs at least one rule: pass rules, or call addRule`],
      ],
    });
    props.hostnames?.forEach(hostname => this._addHostname(hostname));
    props.parents?.forEach(parent => this._addParent(parent));
  }

  /** @internal */
  protected _addHostname(hostname: string): this {
    const hostnames = this._hostnames.concat(checkHostname(hostname, `hostname of ${this._references.named}`));
    this.objects.check(hostnames, this.split.objects.length);
    this._references.checkHostnames(hostnames);
    this.objects.resize(hostnames, this.split.objects.length);
    this._hostnames = hostnames;
    return this;
  }

  /** @internal */
  protected override _addParent(parent: RouteParent): this {
    this.rules.forEach((rule, index) => within(this.placeOf(rule, index), () => this._references.rewritten(rule as RouteRule, [parent])));
    super._addParent(parent);
    this._references.accompany(this.rules as readonly RouteRule[]);
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
  public _toKube({ rules, hostnames }: RouteSection = this.objects.section(0)): Manifest<Omit<HttpRouteSpec, 'rules'>> & { rules: SplitRule<unknown>[] } {
    return { ...this._attachment(), hostnames, rules: this.split.rulesOf(rules, this._references.rewrittenAll(this.rules as readonly RouteRule[])) };
  }

  /**
   * Adds a rule.
   *
   * @param rule the rule as it is given
   * @param read checks it
   * @internal
   */
  protected _addRule(rule: SplitRule<unknown>, read: () => ReadRule): this {
    const index = this.rules.length;
    const { split, bound, written } = within(this.placeOf(rule, index), () => this.makeRule(rule, read()));
    const rewritten = within(this.placeOf(rule, index), () => this._references.rewritten(written as RouteRule));
    this._references.check(`rules[${index}]`, rewritten);
    // From here on nothing throws: a rule that was refused leaves no grant and no object behind.
    this._references.addBackends(bound.values());
    this.objects.resize(this._hostnames, split.objects.length);
    this.split = split;
    this.rules = this.rules.concat(written);
    this._references.accompany([written as RouteRule]);
    return this;
  }

  private placeOf({ name }: SplitRule<unknown>, index: number): string {
    return `${formatRule(index, name)} of ${this._references.named}`;
  }

  private makeRule({ name, sessionPersistence }: SplitRule<unknown>, { matches, backends, write }: ReadRule) {
    const split = this.split.with({ name, matches, sessionPersistence });
    this.objects.check(this._hostnames, split.objects.length);
    const bound = this._references.bind(backends);
    return { split, bound, written: write(backend => this._references.backendRef(bound.get(backend)!)) };
  }
}
