import { Construct } from 'constructs';
import { AuthorizationAction } from './authorization-action';
import { AuthorizationPolicy } from './authorization-policy';
import { IstioConstruct } from './istio-construct';
import { JwtRequirement } from './jwt-requirement';
import { JwtRule } from './jwt-rule';
import { PolicyEnforcement, PolicyScopeProps } from './policy-scope';
import { checkScope, ZTUNNEL_REMEDY } from './policy-scope-checks';
import type { RequestAuthenticationSpec, RequestAuthenticationSpecJwtRules } from '../imports/security.istio.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Properties of a RequestAuthentication. */
export interface RequestAuthenticationProps extends PolicyScopeProps {
  /**
   * Which tokens are valid, at most 4096 rules: a token must satisfy one of them.
   *
   * @default - none; `addRule` must be called before synthesis
   */
  readonly rules?: JwtRule[];

  /**
   * Which requests need a token.
   *
   * @default JwtRequirement.REQUIRED
   */
  readonly tokens?: JwtRequirement;
}

const MAX_RULES = 4096;

/**
 * Which tokens (JWT) of users are valid. By itself it refuses invalid tokens only, and lets requests without any through: it comes with the
 * AuthorizationPolicy `<name>-require-jwt` that refuses those, unless tokens are optional.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class RequestAuthentication extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'requestauthentications';

  /**
   * The policy that refuses requests without a token.
   *
   * @default - none: tokens are optional
   */
  public readonly requireJwt?: AuthorizationPolicy;

  private readonly rules: Manifest<RequestAuthenticationSpecJwtRules>[] = [];

  /**
   * @throws when selector, targets and enforcement do not fit together, ztunnel would have to read tokens, or the release lacks a field
   */
  constructor(scope: Construct, id: string, private readonly props: RequestAuthenticationProps = {}) {
    super(scope, id, 'security.istio.io', 'RequestAuthentication', props.metadata);
    if (checkScope(this.kind, this.namespace, props, this._istio.declaration) === PolicyEnforcement.ZTUNNEL) {
      throw new Error(`RequestAuthentication '${this.name}' is enforced by ztunnel, which does not read tokens: ${ZTUNNEL_REMEDY}`);
    }
    this._check('', this._toKube());
    props.rules?.forEach(rule => this.addRule(rule));
    this.node.addValidation({
      validate: () => this.rules.length > 0 ? [] : [`RequestAuthentication '${this.name}' needs at least one rule: pass rules, or call addRule`],
    });
    const { _denied } = props.tokens ?? JwtRequirement.REQUIRED;
    this.requireJwt = _denied && new AuthorizationPolicy(this, 'RequireJwt', {
      metadata: { name: `${this.name}-require-jwt`, namespace: this.namespace, labels: props.metadata?.labels },
      selector: props.selector,
      targets: props.targets,
      enforcement: props.enforcement,
      action: AuthorizationAction.DENY,
      rules: [_denied],
      deniesNonHttp: true,
    });
  }

  /**
   * Takes tokens of one more issuer.
   *
   * @throws when there are 4096 rules already, or the release lacks a field
   */
  public addRule(rule: JwtRule): this {
    checkAtMost(MAX_RULES, this.rules.length + 1, 'rules of a RequestAuthentication', 'use a second one');
    this._check(`jwtRules[${this.rules.length}]`, rule._rule);
    this.rules.push(rule._rule);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<RequestAuthenticationSpec> {
    const { selector, targets } = this.props;
    return {
      selector: selector && { matchLabels: selector.matchLabels },
      targetRefs: targets?.map(target => target._toKube()),
      jwtRules: this.rules.length === 0 ? undefined : this.rules,
    };
  }
}
