import { EdgeScope } from './edge-hosts';
import { EdgeJwtOptions } from './edge-jwt';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { edgeRules } from './istio-edge-rules';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { AuthorizationRule } from '../../istio/authorization-rule';
import { RequestPrincipal } from '../../istio/authorization-source';
import { JwtRequirement } from '../../istio/jwt-requirement';
import { JwtRule } from '../../istio/jwt-rule';
import { RequestAuthentication } from '../../istio/request-authentication';
import { patternLabels } from '../pattern-labels';

const WHAT = 'ask for tokens';

/** The tokens of a gateway: valid ones of any issuer are known to the whole proxy, and each host takes only those of its own issuers. */
export class IstioEdgeTokens {
  private authentication?: RequestAuthentication;
  /** What was said of an issuer, by its name; `undefined` stands for any. */
  private readonly issuers = new Map<string | undefined, string>();
  private readonly written = new Set<string>();

  constructor(private readonly gateway: IstioEdgeGateway) {}

  public require(scope: EdgeScope, { rules, tokens = JwtRequirement.REQUIRED }: EdgeJwtOptions): void {
    const { gateway } = this;
    if (rules.length === 0) {
      throw new Error(`rules of tokens of gateway '${gateway.name}' must have at least one, got none: pass JwtRule.issuer(...)`);
    }
    if (tokens._denied?.operations?.some(({ ports }) => ports !== undefined)) {
      throw new Error(`tokens of gateway '${gateway.name}' are needed by host, got ports: pass hosts, and use JwtRequirement.requiredExcept`);
    }
    const issuers = this.agree(rules);
    this.authenticate(rules);
    const denied = this.deniedBy(scope, tokens, issuers);
    if (denied.length > 0) {
      const { scope: construct, name, namespace, policyScope } = gateway;
      const policy = new AuthorizationPolicy(construct, scope.id, {
        metadata: { name: `${scope.name}-required`, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
        ...policyScope,
        action: AuthorizationAction.DENY,
      });
      denied.forEach(rule => edgeRules(gateway, scope, WHAT, rule, each => policy.addRule(each)));
    }
  }

  /** The principals of the rules; `undefined` for all there are. Refuses what would let tokens of one host open another. */
  private agree(rules: JwtRule[]): RequestPrincipal[] | undefined {
    const said = new Map<string | undefined, string>();
    for (const { _rule } of rules) {
      said.set(_rule.issuer, [said.get(_rule.issuer) ?? '', JSON.stringify(_rule)].join());
    }
    if (this.issuers.size > 0 && (said.has(undefined) || this.issuers.has(undefined))) {
      throw new Error(`gateway '${this.gateway.name}' would take tokens of JwtRule.anyIssuer at hosts that ask for others: say it once for all hosts, or name the issuers`);
    }
    for (const [issuer, rule] of said) {
      if ((this.issuers.get(issuer) ?? rule) !== rule) {
        throw new Error(`issuer '${issuer}' has other rules at gateway '${this.gateway.name}' already, which hold for all of its hosts: ` +
          'pass the same rules for each host, or use a gateway of its own');
      }
      this.issuers.set(issuer, rule);
    }
    return said.has(undefined) ? undefined : [...said.keys()].map(issuer => RequestPrincipal.issuer(issuer!));
  }

  private authenticate(rules: JwtRule[]): void {
    const { scope, name, namespace, policyScope } = this.gateway;
    this.authentication ??= new RequestAuthentication(scope, 'Tokens', {
      metadata: { name: `${name}-jwt`, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
      ...policyScope,
      // Who needs one is said by host.
      tokens: JwtRequirement.OPTIONAL,
    });
    for (const rule of rules) {
      const text = JSON.stringify(rule._rule);
      if (!this.written.has(text)) {
        this.written.add(text);
        this.authentication.addRule(rule);
      }
    }
  }

  private deniedBy({ hosts }: EdgeScope, { _denied }: JwtRequirement, issuers: RequestPrincipal[] | undefined): AuthorizationRule[] {
    const own = hosts === undefined ? undefined : issuers;
    return [
      // Where no token is needed, one of another host's issuer is none either, and could write headers.
      ...own !== undefined && (_denied === undefined || _denied.operations !== undefined)
        ? [{ sources: [{ requestPrincipals: [RequestPrincipal.ANY], notRequestPrincipals: own }] }] : [],
      ..._denied === undefined ? [] : [{ ..._denied, sources: [{ notRequestPrincipals: own ?? [RequestPrincipal.ANY] }] }],
    ];
  }
}
