import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BackendTlsValidation } from './backend-tls-validation';
import { validationToKube } from './backend-tls-validation-spec';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { PolicyTargetRef } from './policy-target-ref';
import { PolicyTargets, targetsBackends } from './policy-targets';
import type { BackendTlsPolicySpec } from '../imports/gateway.networking.k8s.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';
import { checkQualifiedName } from '../semantics/qualified-name';

/** Properties of a BackendTLSPolicy. */
export interface BackendTlsPolicyProps extends ResourceProps {
  /**
   * The Services, or ports of them, to which gateways speak TLS, 1 to 16; `PolicyTargetRef.of` for what else an implementation takes.
   *
   * @default - none; `addTarget` must be called before synthesis
   */
  readonly targets?: PolicyTargetRef[];

  /** How the certificate of the Services is judged. */
  readonly validation: BackendTlsValidation;

  /**
   * Settings of the implementation, at most 16, each with at most 4096 characters.
   *
   * @default - none
   */
  readonly options?: { [key: string]: string };
}

/** What is known of a BackendTLSPolicy that is in the cluster already. */
export interface FromBackendTlsPolicyNameOptions {
  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** A BackendTLSPolicy: one of this app, or one that is in the cluster already. */
export interface IBackendTlsPolicy {
  /** The name of the policy. */
  readonly name: string;

  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

const MAX_TARGETS = 16;
const MAX_OPTIONS = 16;
const MAX_OPTION = 4096;

/**
 * Makes gateways speak TLS to Services, and says which certificates of theirs are good ones. It is a direct policy: the one of a port goes before
 * the one of the whole Service; among equals the oldest holds.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
export class BackendTlsPolicy extends NamespacedConstruct implements IBackendTlsPolicy {
  /**
   * A BackendTLSPolicy that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromBackendTlsPolicyName(name: string, options: FromBackendTlsPolicyNameOptions = {}): IBackendTlsPolicy {
    return checkNamed('BackendTLSPolicy', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'backendtlspolicies';

  private readonly targets = new PolicyTargets(this, { kind: 'BackendTLSPolicy', max: MAX_TARGETS, refuse: targetsBackends });
  private readonly spec: Omit<Manifest<BackendTlsPolicySpec>, 'targetRefs'>;

  /**
   * @throws when a target is in another namespace or stands twice, the hostname is none, a CA certificate is in another namespace, or a list is too long
   */
  constructor(scope: Construct, id: string, props: BackendTlsPolicyProps) {
    super(scope, id, 'BackendTLSPolicy', props.metadata);
    const { validation, options } = props;
    this.spec = within(`BackendTLSPolicy '${this.name}'`, () => ({
      validation: validationToKube(validation, this.namespace),
      options: options && checkOptions(options),
    }));
    props.targets?.forEach(target => this.addTarget(target));
    GatewayApi._of(this)._check(this, '', this.spec);
  }

  /**
   * Attaches the policy to one more Service or port.
   *
   * @throws when it is in another namespace, is a target already, is no backend, or there are 16 already
   */
  public addTarget(target: PolicyTargetRef): this {
    this.targets.add(target);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<BackendTlsPolicySpec> {
    return { targetRefs: this.targets.toKube(), ...this.spec };
  }
}

function checkOptions(options: { [key: string]: string }): { [key: string]: string } {
  checkAtMost(MAX_OPTIONS, Object.keys(options).length, 'options', 'leave some out');
  Object.entries(options).forEach(([key, value]) => {
    checkQualifiedName(key, 'option');
    checkAtMost(MAX_OPTION, value.length, `characters of option '${key}'`, 'shorten it');
  });
  return options;
}
