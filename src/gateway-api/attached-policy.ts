import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PolicyTargetRef } from './policy-target-ref';
import { PolicyTargets } from './policy-targets';

/** How a kind of policy writes its targets. */
export enum PolicyTargetForm {
  /** A list: `targetRefs`. */
  TARGET_REFS = 'targetRefs',
  /** A single one: `targetRef`. */
  TARGET_REF = 'targetRef',
}

/** Properties of a policy of any kind. */
export interface AttachedPolicyProps extends ResourceProps {
  /** The API version of the kind, such as `gateway.envoyproxy.io/v1alpha1`. */
  readonly apiVersion: string;

  /** The kind, such as `BackendTrafficPolicy`. */
  readonly kind: string;

  /**
   * What the policy is attached to, in its own namespace.
   *
   * @default - none; `addTarget` must be called before synthesis
   */
  readonly targets?: PolicyTargetRef[];

  /**
   * How the kind writes its targets.
   *
   * @default PolicyTargetForm.TARGET_REFS
   */
  readonly form?: PolicyTargetForm;

  /**
   * The most targets that the kind takes.
   *
   * @default - 16, which is Gateway API's own limit; with `PolicyTargetForm.TARGET_REF` 1
   */
  readonly maxTargets?: number;

  /**
   * The rest of the spec, in the words of the kind and without the targets.
   *
   * @default - nothing else
   */
  readonly spec?: { [key: string]: any };
}

/** The most targets that a policy of Gateway API takes. */
const MAX_TARGETS = 16;

/**
 * A policy of any kind that is attached to objects of Gateway API: those of Envoy Gateway, of cloud providers, of your own controllers.
 * What is checked are the targets: their namespace, their sections, that none stands twice. The rest of the spec is the kind's own.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/policy-attachment/
 */
export class AttachedPolicy extends Resource {
  /** The plural name of the kind, by the custom that its policies follow. */
  public readonly resourceType: string;

  protected readonly apiObject: ApiObject;

  private readonly targets: PolicyTargets;

  /**
   * @throws when the spec holds targets, or a target is in another namespace, has no such section or stands twice
   */
  constructor(scope: Construct, id: string, private readonly props: AttachedPolicyProps) {
    super(scope, id);
    const form = Object.values(PolicyTargetForm).find(word => props.spec !== undefined && word in props.spec);
    if (form !== undefined) {
      throw new Error(`spec of ${props.kind} must not hold ${form}: pass targets, so that they are checked`);
    }
    this.resourceType = `${props.kind.toLowerCase().replace(/(?<=[^aeiou])y$/, 'ie')}s`;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: props.apiVersion,
      kind: props.kind,
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    const max = props.form === PolicyTargetForm.TARGET_REF ? 1 : props.maxTargets ?? MAX_TARGETS;
    this.targets = new PolicyTargets(this, { kind: props.kind, max });
    props.targets?.forEach(target => this.addTarget(target));
  }

  /**
   * Attaches the policy to one more object.
   *
   * @throws when it is in another namespace, is a target already, or the kind takes no more
   */
  public addTarget(target: PolicyTargetRef): this {
    this.targets.add(target);
    return this;
  }

  /** @internal */
  public _toKube(): { [key: string]: unknown } {
    const targets = this.targets.toKube();
    return { ...this.props.form === PolicyTargetForm.TARGET_REF ? { targetRef: targets[0] } : { targetRefs: targets }, ...this.props.spec };
  }
}
