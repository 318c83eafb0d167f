import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LinkerdAuthentication } from './linkerd-authentication';
import { LinkerdConstruct } from './linkerd-construct';
import { LinkerdPolicyTarget } from './linkerd-policy-target';
import type { AuthorizationPolicySpec } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/** Properties of an AuthorizationPolicy of Linkerd. */
export interface LinkerdAuthorizationPolicyProps extends ResourceProps {
  /** What clients are let in to. */
  readonly target: LinkerdPolicyTarget;

  /** Whom it lets in; several policies of one target let in whom one of them lets in. */
  readonly requiredAuthentication: LinkerdAuthentication;
}

/**
 * Lets clients in to what refuses everybody else: a Server, a route of one, or all Servers of the namespace.
 *
 * @see https://linkerd.io/2-edge/reference/authorization-policy/#authorizationpolicy
 */
export class LinkerdAuthorizationPolicy extends LinkerdConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'authorizationpolicies';

  private readonly props: LinkerdAuthorizationPolicyProps;

  /**
   * @throws when the target is of another namespace
   */
  constructor(scope: Construct, id: string, props: LinkerdAuthorizationPolicyProps) {
    super(scope, id, 'policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', props.metadata);
    this.props = props;
    props.target._checkIn(this.namespace, this._named);
    this.node.addValidation({ validate: () => props.target._validate(this._named) });
  }

  /** @internal */
  public _toKube(): Manifest<AuthorizationPolicySpec> {
    const { target, requiredAuthentication } = this.props;
    return { targetRef: target._toKube(this.namespace), requiredAuthenticationRefs: requiredAuthentication._toKube(this.namespace) };
  }
}
