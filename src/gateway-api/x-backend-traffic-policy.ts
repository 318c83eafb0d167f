import { Duration } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { GatewayApi } from './gateway-api';
import { NamespacedConstruct } from './gateway-api-construct';
import { PolicyTargetRef } from './policy-target-ref';
import { PolicyTargets, targetsBackends } from './policy-targets';
import { SessionPersistence } from './session-persistence';
import type { XBackendTrafficPolicySpec, XBackendTrafficPolicySpecRetryConstraint } from '../imports/gateway.networking.x-k8s.io';
import { describeDuration, formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';

/** How many retries a backend gets at most; what is above is answered with 503. */
export interface XRetryConstraint {
  /**
   * The share of requests that may be retries.
   *
   * @default - 20 % within 10 seconds
   */
  readonly budget?: XRetryBudget;

  /**
   * How many retries are allowed however few requests there are.
   *
   * @default - 10 a second
   */
  readonly minRetryRate?: XMinRetryRate;
}

/** The share of requests that may be retries. */
export interface XRetryBudget {
  /**
   * The share, in percent, 0 to 100.
   *
   * @default 20
   */
  readonly percent?: number;

  /**
   * The time over which requests are counted, 1 second to 1 hour.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;
}

/** A rate of retries. */
export interface XMinRetryRate {
  /**
   * The number of retries, 1 to 1000000.
   *
   * @default 10
   */
  readonly count?: number;

  /**
   * The time in which they may be made, more than zero and at most 1 hour.
   *
   * @default Duration.seconds(1)
   */
  readonly interval?: Duration;
}

/** Properties of an XBackendTrafficPolicy. */
export interface XBackendTrafficPolicyProps extends ResourceProps {
  /**
   * The Services that the policy is about, as a whole, 1 to 16; `PolicyTargetRef.of` for what else an implementation takes.
   *
   * @default - none; `addTarget` must be called before synthesis
   */
  readonly targets?: PolicyTargetRef[];

  /**
   * How many retries the targets get at most.
   *
   * @default - as many as routes say
   */
  readonly retryConstraint?: XRetryConstraint;

  /**
   * Whether requests of one session stay with one pod. Deprecated upstream: say it at an XBackend, or at the rule of a route, which goes before this.
   *
   * @default - every request is on its own
   */
  readonly sessionPersistence?: SessionPersistence;
}

/** What is known of an XBackendTrafficPolicy that is in the cluster already. */
export interface FromXBackendTrafficPolicyNameOptions {
  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

/** An XBackendTrafficPolicy: one of this app, or one that is in the cluster already. */
export interface IXBackendTrafficPolicy {
  /** The name of the policy. */
  readonly name: string;

  /**
   * The namespace of the policy.
   *
   * @default - that of whoever refers to it
   */
  readonly namespace?: string;
}

const KIND = 'XBackendTrafficPolicy';
const MAX_TARGETS = 16;
const MAX_COUNT = 1000000;
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/**
 * How traffic to Services is held back: it is a direct policy, for every route to them.
 *
 * It is part of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-3388/
 */
export class XBackendTrafficPolicy extends NamespacedConstruct implements IXBackendTrafficPolicy {
  /**
   * An XBackendTrafficPolicy that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromXBackendTrafficPolicyName(name: string, options: FromXBackendTrafficPolicyNameOptions = {}): IXBackendTrafficPolicy {
    return checkNamed(KIND, { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'xbackendtrafficpolicies';

  private readonly targets = new PolicyTargets(this, { kind: KIND, max: MAX_TARGETS, wholeObjects: true, refuse: targetsBackends });
  private readonly spec: Omit<Manifest<XBackendTrafficPolicySpec>, 'targetRefs'>;

  /**
   * @throws when a target is in another namespace or stands twice, a number or interval is out of range, or the channel lacks the kind
   */
  constructor(scope: Construct, id: string, props: XBackendTrafficPolicyProps) {
    super(scope, id, KIND, props.metadata);
    this.spec = {
      retryConstraint: props.retryConstraint && within(`${KIND} '${this.name}'`, () => constraintToKube(props.retryConstraint!)),
      sessionPersistence: props.sessionPersistence?._toKube(),
    };
    props.targets?.forEach(target => this.addTarget(target));
    GatewayApi._of(this)._check(this, '', this.spec);
  }

  /**
   * Attaches the policy to one more Service.
   *
   * @throws when it is in another namespace, is a target already, is no backend or a part of one, or there are 16 already
   */
  public addTarget(target: PolicyTargetRef): this {
    this.targets.add(target);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<XBackendTrafficPolicySpec> {
    return { targetRefs: this.targets.toKube(), ...this.spec };
  }
}

function constraintToKube({ budget, minRetryRate }: XRetryConstraint): Manifest<XBackendTrafficPolicySpecRetryConstraint> {
  checkWhole(0, 100, budget?.percent, 'percent of a retry budget');
  checkWhole(1, MAX_COUNT, minRetryRate?.count, 'count of a minRetryRate');
  return {
    budget: budget && { percent: budget.percent, interval: interval(SECOND, budget.interval, 'interval of a retry budget') },
    minRetryRate: minRetryRate && {
      // The API server knows them for the whole, not for each.
      count: minRetryRate.count ?? 10,
      interval: interval(1, minRetryRate.interval, 'interval of a minRetryRate') ?? '1s',
    },
  };
}

function checkWhole(min: number, max: number, value: number | undefined, what: string): void {
  if (value !== undefined && (!Number.isInteger(value) || value < min || value > max)) {
    throw new Error(`${what} must be between ${min} and ${max}, got ${value}`);
  }
}

function interval(min: number, value: Duration | undefined, what: string): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const milliseconds = value.toMilliseconds({ integral: false });
  if (milliseconds < min || milliseconds > HOUR) {
    throw new Error(`${what} must be between ${min === SECOND ? '1s' : '1ms'} and 1h, got ${describeDuration(value)}`);
  }
  return formatDuration(value, what);
}
