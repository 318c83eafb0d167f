import { Construct } from 'constructs';
import { AuthorizationAction } from './authorization-action';
import { AuthorizationRule } from './authorization-rule';
import { renderRule, RulePolicy } from './authorization-rule-manifest';
import { ProviderUse } from './extension-provider';
import { IstioConstruct } from './istio-construct';
import { PolicyEnforcement, PolicyScopeProps } from './policy-scope';
import { checkScope, ZTUNNEL_REMEDY } from './policy-scope-checks';
import type { AuthorizationPolicySpec, AuthorizationPolicySpecRules } from '../imports/security.istio.io';
import { IstioAnnotation } from '../semantics/keys';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Properties of an AuthorizationPolicy. */
export interface AuthorizationPolicyProps extends PolicyScopeProps {
  /**
   * What is done with what the rules match.
   *
   * @default AuthorizationAction.ALLOW
   */
  readonly action?: AuthorizationAction;

  /**
   * The rules, at most 512, of which one must match; `{}` matches everything.
   *
   * @default - none: with ALLOW and AUDIT nothing matches, and nothing is allowed; with DENY and CUSTOM `addRule` must be called
   */
  readonly rules?: AuthorizationRule[];

  /**
   * Whether rules of DENY with HTTP attributes may leave ports out. Such a rule denies every connection that is not HTTP, whatever it carries:
   * say so where all is HTTP, or the rest is to be refused.
   *
   * @default - only for gateways all of whose listeners are known to be HTTP; other rules must name ports
   */
  readonly deniesNonHttp?: boolean;

  /**
   * Whether the policy is evaluated and logged, but without effect; with ALLOW and DENY only. ztunnel does so only when istiod has
   * `AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY`, and ignores the policy else.
   *
   * @default - it has effect
   */
  readonly dryRun?: boolean;
}

/** The most rules that a policy takes. */
const MAX_RULES = 512;

/** Where policies are, when no mesh is declared: sidecars take it for the mesh's own trust domain, whatever that is. */
const OWN_TRUST_DOMAIN = 'cluster.local';

/**
 * Who may do what with workloads.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends IstioConstruct {
  /** Allows nothing that another policy does not allow: an empty spec. */
  public static allowNothing(scope: Construct, id: string, props: PolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, props);
  }

  /** Allows everything that no policy denies: one empty rule. */
  public static allowAll(scope: Construct, id: string, props: PolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, { ...props, rules: [{}] });
  }

  /** Denies everything, whatever other policies allow. */
  public static denyAll(scope: Construct, id: string, props: PolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, { ...props, action: AuthorizationAction.DENY, rules: [{}] });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'authorizationpolicies';

  private readonly policy: RulePolicy;
  private readonly scopeSpec: Pick<Manifest<AuthorizationPolicySpec>, 'selector' | 'targetRefs' | 'action' | 'provider'>;
  private readonly rules: Manifest<AuthorizationPolicySpecRules>[] = [];

  /**
   * @throws when selector, targets and enforcement, or action and dryRun, do not fit together, when what enforces the policy cannot do what it says,
   * when a rule is refused, or the mesh lacks the provider or the release a field
   */
  constructor(scope: Construct, id: string, props: AuthorizationPolicyProps = {}) {
    super(scope, id, 'security.istio.io', 'AuthorizationPolicy', props.metadata);
    const { action = AuthorizationAction.ALLOW, selector, targets, dryRun } = props;
    const named = `AuthorizationPolicy '${this.name}'`;
    const mesh = this._istio.declaration;
    const ztunnel = checkScope(this.kind, this.namespace, props, mesh) === PolicyEnforcement.ZTUNNEL;
    const deciding = action.word === 'ALLOW' || action.word === 'DENY';
    if (ztunnel && !deciding) {
      throw new Error(`${named} is enforced by ztunnel, which does not know action ${action.word}: ${ZTUNNEL_REMEDY}`);
    }
    if (dryRun !== undefined) {
      if (!deciding) {
        throw new Error(`dryRun of an AuthorizationPolicy goes with action ALLOW or DENY, got ${action.word}: leave it out`);
      }
      this.metadata.addAnnotation(IstioAnnotation.DRY_RUN, String(dryRun));
    }
    if (action.provider) {
      this._istio.checkProvider(action.provider, ProviderUse.AUTHORIZATION, `action CUSTOM of ${named}`);
    }
    this.policy = {
      named,
      namespace: this.namespace,
      trustDomain: mesh?.trustDomain ?? OWN_TRUST_DOMAIN,
      custom: action.provider !== undefined,
      ztunnel,
      sparesNonHttp: action.word === 'DENY' && !props.deniesNonHttp && !targets?.every(({ _httpOnly }) => _httpOnly),
    };
    this.scopeSpec = {
      selector: selector && { matchLabels: selector.matchLabels },
      targetRefs: targets?.map(target => target._toKube()),
      action: props.action && action.word as Manifest<AuthorizationPolicySpec>['action'],
      provider: action.provider && { name: action.provider.name },
    };
    this._check('', this.scopeSpec);
    props.rules?.forEach(rule => this.addRule(rule));
    if (action.word === 'DENY' || action.word === 'CUSTOM') {
      this.node.addValidation({
        validate: () => this.rules.length > 0 ? [] :
          [`an AuthorizationPolicy with action ${action.word} needs at least one rule: pass rules, or call addRule; {} matches everything`],
      });
    }
  }

  /**
   * Adds a rule: the policy matches what one of its rules matches.
   *
   * @throws when the rule is refused, or there are 512 already
   */
  public addRule(rule: AuthorizationRule): this {
    checkAtMost(MAX_RULES, this.rules.length + 1, 'rules of an AuthorizationPolicy', 'use a second policy');
    const written = renderRule(rule, this.policy);
    this._check(`rules[${this.rules.length}]`, written);
    this.rules.push(written);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<AuthorizationPolicySpec> {
    const { selector, targetRefs, action, provider } = this.scopeSpec;
    return { selector, targetRefs, action, provider, rules: this.rules.length === 0 ? undefined : this.rules };
  }
}
