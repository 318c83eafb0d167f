import { Resource } from 'cdk8s-plus-28';
import { IGateway } from './gateway';
import { RouteParent } from './route-parent';
import type { HttpRouteSpecRules } from '../imports/gateway.networking.k8s.io';
import { GatewayController } from '../semantics/gateway-controller';
import { Manifest } from '../semantics/manifest';

/** A rule of an HTTPRoute or a GRPCRoute, as it is written. */
export type RouteRule = Manifest<HttpRouteSpecRules>;

/** The route that a rule is of. */
export interface RouteOfRule {
  readonly route: Resource;
  readonly kind: string;
  /** Who reads it, as far as that is known. */
  readonly readers: readonly GatewayController[];
}

/** What the proxies of a gateway need to have said in every rule, whoever makes the route. */
export interface RuleRewrite {
  /** The rule with what it needs; throws where no rule could say that. It may be asked again of what it gave. */
  write(rule: RouteRule, of: RouteOfRule): RouteRule;
  /** Makes what such a rule refers to. */
  accompany(rule: RouteRule, of: RouteOfRule): void;
}

const rewrites = new WeakMap<object, RuleRewrite>();

/** Has every rule of the routes of a Gateway written in another way, whoever makes them. */
export function rewriteRules(gateway: IGateway, rewrite: RuleRewrite): void {
  rewrites.set(gateway, rewrite);
}

/** What is done to the rules of a route with these parents, which may be Gateways, or ListenerSets of them. */
export function rewritesOf(parents: readonly RouteParent[]): RuleRewrite[] {
  return parents.flatMap(({ _owner: owner }) => {
    const gateway = owner !== undefined && 'gateway' in owner ? owner.gateway : owner;
    return (gateway && rewrites.get(gateway)) ?? [];
  });
}
