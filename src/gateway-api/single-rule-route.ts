import { Construct } from 'constructs';
import { Route, RouteProps } from './route';
import { RouteBackend } from './route-backend';
import { SingleRule } from './single-rule';
import type { TcpRouteSpec } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';

/**
 * Properties of a route with one rule.
 *
 * @jsii ignore
 */
export interface SingleRuleRouteProps extends RouteProps {
  /**
   * Where the traffic goes, 1 to 16.
   *
   * @default - none; `addBackend` must be called before synthesis
   */
  readonly backends?: RouteBackend[];

  /**
   * The name of the route's only rule, so that policies can refer to it.
   *
   * @default - no name
   */
  readonly ruleName?: string;
}

/**
 * A route of connections or datagrams, which has one rule for all of them.
 *
 * @jsii ignore
 */
export abstract class SingleRuleRoute extends Route {
  private readonly rule: SingleRule;

  constructor(scope: Construct, id: string, kind: string, props: SingleRuleRouteProps) {
    super(scope, id, kind, props);
    this.rule = new SingleRule(kind, this._references, props.ruleName);
    this.node.addValidation({ validate: () => [...this._references.validate(), ...this._missing()] });
  }

  /** @internal */
  protected _addBackend(backend: RouteBackend): this {
    this.rule.add(backend);
    return this;
  }

  /**
   * The objects that this route is, with the names of their rules.
   *
   * @internal
   */
  public _objects(): { name: string; ruleNames: string[] }[] {
    return [{ name: this.name, ruleNames: this.rule.names }];
  }

  /** @internal */
  public _toKube(): Manifest<TcpRouteSpec> {
    return { ...this._attachment(), rules: [this.rule.toKube()] };
  }

  /**
   * Adds what the properties name; hostnames must be there by then.
   *
   * @internal
   */
  protected _fill({ parents, backends }: SingleRuleRouteProps): void {
    parents?.forEach(parent => this._addParent(parent));
    this.rule.addAll(backends ?? []);
  }

  /**
   * What is missing at the end, beside parents.
   *
   * @internal
   */
  protected _missing(): string[] {
    return this.rule.validate();
  }
}
