import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { BackendConfig } from './backend';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { bindBackend, bringGrant } from './granted-reference';
import { PolicyTargetRef } from './policy-target-ref';
import { PolicyTargets } from './policy-targets';
import { XTelemetryTracing } from './x-telemetry-tracing';
import type { XTelemetryPolicySpec } from '../imports/gateway.networking.x-k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of an XTelemetryPolicy. */
export interface XTelemetryPolicyProps extends ResourceProps {
  /**
   * The Gateways that the policy is about, as a whole, 1 to 16; `PolicyTargetRef.of` for what else an implementation takes.
   *
   * @default - none; `addTarget` must be called before synthesis
   */
  readonly targets?: PolicyTargetRef[];

  /** Whether requests are traced, and how. */
  readonly tracing: XTelemetryTracing;
}

/** What is known of an XTelemetryPolicy that is in the cluster already. */
export interface FromXTelemetryPolicyNameOptions {
  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** An XTelemetryPolicy: one of this app, or one that is in the cluster already. */
export interface IXTelemetryPolicy {
  /** The name of the policy. */
  readonly name: string;

  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

const KIND = 'XTelemetryPolicy';
const MAX_TARGETS = 16;

/**
 * Which requests through a Gateway are traced, and where the spans go: it is a direct policy, and the oldest one of a Gateway holds.
 *
 * It is part of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-5253/
 */
export class XTelemetryPolicy extends NamespacedConstruct implements IXTelemetryPolicy {
  /**
   * An XTelemetryPolicy that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromXTelemetryPolicyName(name: string, options: FromXTelemetryPolicyNameOptions = {}): IXTelemetryPolicy {
    return checkNamed(KIND, { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'xtelemetrypolicies';

  private readonly targets = new PolicyTargets(this, { kind: KIND, max: MAX_TARGETS, wholeObjects: true, refuse: targetsGateways });
  private readonly spec: Omit<Manifest<XTelemetryPolicySpec>, 'targetRefs'>;

  /**
   * A collector in another namespace brings its ReferenceGrant, into the chart of the Service where that is of this app.
   *
   * @throws when a target is in another namespace or stands twice, or the channel lacks the kind
   */
  constructor(scope: Construct, id: string, props: XTelemetryPolicyProps) {
    super(scope, id, KIND, props.metadata);
    const { tracing } = props;
    const collector = tracing._backend && bindBackend(this, tracing._backend);
    this.spec = { tracing: tracing._toKube(collector && this.backendRef(collector)) };
    GatewayApi._of(this)._check(this, '', this.spec);
    props.targets?.forEach(target => this.addTarget(target));
    if (collector !== undefined) {
      bringGrant(this, collector);
    }
  }

  /**
   * Attaches the policy to one more Gateway.
   *
   * @throws when it is in another namespace, is a target already, is a part of a Gateway, is one whose controller is known not to read the kind,
   * or there are 16 already
   */
  public addTarget(target: PolicyTargetRef): this {
    GatewayApi._of(this)._check(this, '', this.spec, target._controller);
    this.targets.add(target);
    return this;
  }

  private backendRef({ group, kind, name, namespace, port }: BackendConfig): BackendConfig {
    return { group, kind, name, namespace: namespace === this.namespace ? undefined : namespace, port };
  }

  /** @internal */
  public _toKube(): Manifest<XTelemetryPolicySpec> {
    return { targetRefs: this.targets.toKube(), ...this.spec };
  }
}

/** Routes and Services have no telemetry of their own there. */
function targetsGateways({ group, kind }: { group: string; kind: string }): string | undefined {
  return group === '' || (group === 'gateway.networking.k8s.io' && kind.endsWith('Route')) ? 'its targets are Gateways, use PolicyTargetRef.gateway' : undefined;
}
