import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkRule } from './authorization-checks';
import { AuthorizationRule } from './authorization-rule';
import { Istio } from './istio';
import { PolicyTarget } from './policy-target';
import { WorkloadSelector } from './workload-selector';
import type { AuthorizationPolicySpec } from '../imports/security.istio.io';
import { IstioAnnotation } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';

/** What an AuthorizationPolicy is about. */
export interface AuthorizationPolicyScopeProps extends ResourceProps {
  /**
   * The workloads, in its own namespace. Not with `targets`.
   *
   * @default - every workload of the namespace; of the mesh, in the root namespace
   */
  readonly selector?: WorkloadSelector;

  /**
   * The gateways, Services or ServiceEntries that it is attached to, 1 to 16. Not with `selector`.
   *
   * @default - it is about workloads
   */
  readonly targets?: PolicyTarget[];
}

/** Properties of an AuthorizationPolicy. */
export interface AuthorizationPolicyProps extends AuthorizationPolicyScopeProps {
  /**
   * What is done with what the rules match.
   *
   * @default AuthorizationAction.ALLOW
   */
  readonly action?: AuthorizationAction;

  /**
   * The rules, at most 512, of which one must match.
   *
   * @default - none: with ALLOW nothing matches, and nothing is allowed; with DENY and CUSTOM `addRule` must be called
   */
  readonly rules?: AuthorizationRule[];

  /**
   * The external authorizer, by its name in the mesh configuration; with action CUSTOM, and only then.
   *
   * @default - none
   */
  readonly provider?: string;

  /**
   * Whether the policy is evaluated and logged, but without effect; with ALLOW and DENY only.
   *
   * @default - it has effect
   */
  readonly dryRun?: boolean;
}

/** What is done with requests or connections that a policy matches. CUSTOM goes before DENY, DENY before ALLOW. */
export enum AuthorizationAction {
  /** They are allowed. What no ALLOW policy matches is denied, once a workload has such a policy. */
  ALLOW = 'ALLOW',
  /** They are denied. */
  DENY = 'DENY',
  /** They are marked for the audit log. */
  AUDIT = 'AUDIT',
  /** An external authorizer is asked. */
  CUSTOM = 'CUSTOM',
}

/** The most rules that a policy takes. */
const MAX_RULES = 512;

/**
 * Who may do what with workloads.
 *
 * A DENY rule with HTTP-only fields denies every other connection too: give its operations `ports`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends Resource {
  /** Allows nothing that another policy does not allow: an empty spec. */
  public static allowNothing(scope: Construct, id: string, props: AuthorizationPolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, props);
  }

  /** Allows everything that no policy denies: one empty rule. */
  public static allowAll(scope: Construct, id: string, props: AuthorizationPolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, { ...props, rules: [{}] });
  }

  /** Denies everything, whatever other policies allow. */
  public static denyAll(scope: Construct, id: string, props: AuthorizationPolicyScopeProps = {}): AuthorizationPolicy {
    return new AuthorizationPolicy(scope, id, { ...props, action: AuthorizationAction.DENY, rules: [{}] });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'authorizationpolicies';

  protected readonly apiObject: ApiObject;

  private readonly rules: AuthorizationRule[] = [];

  /**
   * @throws when selector and targets, or action and provider or dryRun, do not fit together, or a rule is refused
   */
  constructor(scope: Construct, id: string, private readonly props: AuthorizationPolicyProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    const { action = AuthorizationAction.ALLOW, provider, dryRun } = props;
    PolicyTarget._check('AuthorizationPolicy', this.metadata.namespace, props.selector, props.targets, Istio.of(this).declaration);
    if ((action === AuthorizationAction.CUSTOM) !== Boolean(provider)) {
      throw new Error(`provider of an AuthorizationPolicy goes with action CUSTOM, got ${provider ? `'${provider}'` : 'none'} with ${action}: ` +
        (provider ? 'leave provider out' : 'pass the name of an extension provider'));
    }
    const deciding = action === AuthorizationAction.ALLOW || action === AuthorizationAction.DENY;
    if (dryRun !== undefined) {
      if (!deciding) {
        throw new Error(`dryRun of an AuthorizationPolicy goes with action ALLOW or DENY, got ${action}: leave it out`);
      }
      this.metadata.addAnnotation(IstioAnnotation.DRY_RUN, String(dryRun));
    }
    props.rules?.forEach(rule => this.addRule(rule));
    if (action === AuthorizationAction.DENY || action === AuthorizationAction.CUSTOM) {
      this.node.addValidation({
        validate: () => this.rules.length > 0 ? [] :
          [`an AuthorizationPolicy with action ${action} needs at least one rule: pass rules, or call addRule; {} matches everything`],
      });
    }
  }

  /**
   * Adds a rule: the policy matches what one of its rules matches.
   *
   * @throws when the rule is refused, or there are 512 already
   */
  public addRule(rule: AuthorizationRule): this {
    if (this.rules.length >= MAX_RULES) {
      throw new Error(`an AuthorizationPolicy takes at most ${MAX_RULES} rules, got one more: use a second policy`);
    }
    checkRule(rule, this.props.action === AuthorizationAction.CUSTOM);
    this.rules.push(rule);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<AuthorizationPolicySpec> {
    const { selector, targets, action, provider } = this.props;
    return {
      selector: selector && { matchLabels: selector.matchLabels },
      targetRefs: targets?.map(target => target._toKube()),
      action,
      provider: provider === undefined ? undefined : { name: provider },
      rules: this.rules.length === 0 ? undefined : this.rules.map(({ sources, operations, conditions }) => ({
        from: sources?.map(source => ({ source })),
        to: operations?.map(operation => ({
          operation: { ...operation, ports: operation.ports?.map(String), notPorts: operation.notPorts?.map(String) },
        })),
        when: conditions?.map(({ key, values, notValues }) => ({ key, values, notValues })),
      })),
    };
  }
}
