import { checkDnsLabel } from '../../semantics/names';

/** How far the trial of a canary with a Service of its own has come. */
export enum GatewayCanaryStage {
  /** Both revisions run. */
  TRIED = 'tried',
  /** The gateway runs the new revision, behind both Services. */
  PROMOTED = 'promoted',
  /** The gateway runs the old revision, behind both Services. */
  ROLLED_BACK = 'rolled-back',
}

/** Options of a canary that shares the gateway's Service. */
export interface GatewayCanaryReplicasOptions {
  /**
   * How many pods both Deployments have together while the canary runs. Their autoscalers hold them there, because any other number would be another share.
   *
   * @default - maxReplicas of the gateway
   */
  readonly replicas?: number;
}

/**
 * A revision that is tried beside that of a self-managed gateway, in a second Deployment `<name>-canary`.
 *
 * Promoting and rolling back are one change each: the weight, or the stage. What stays then – Deployment, autoscaler, Service, budget – has the names that it
 * had before; only objects of the canary go. After that, `revision` takes over what the canary said, which changes no object.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/#canary-upgrade-advanced
 */
export class GatewayCanary {
  /**
   * Behind the same Service: its share of the connections is its share of the pods.
   *
   * @param revision the revision of the canary
   * @param weight its share in percent, a whole number; 0 rolls the canary back, 100 promotes it
   * @param options how many pods there are meanwhile
   * @throws when the weight is no percentage; at the gateway, when it is no whole number of its pods
   */
  public static replicas(revision: string, weight: number, options: GatewayCanaryReplicasOptions = {}): GatewayCanary {
    if (!Number.isInteger(weight) || weight < 0 || weight > 100) {
      throw new Error(`weight of a canary must be between 0 and 100, got ${weight}`);
    }
    const stage = weight === 0 ? GatewayCanaryStage.ROLLED_BACK : weight === 100 ? GatewayCanaryStage.PROMOTED : GatewayCanaryStage.TRIED;
    return new GatewayCanary(revision, stage, { weight, total: options.replicas });
  }

  /**
   * Behind a Service of its own, `<name>-canary`, to which clients are moved by DNS or by a load balancer in front. Once it is promoted or rolled back, that
   * Service leads to the pods that stay, so that nobody is left behind; take the canary out when nobody comes through it any more.
   *
   * @param revision the revision of the canary
   * @param stage how far it has come
   */
  public static service(revision: string, stage: GatewayCanaryStage = GatewayCanaryStage.TRIED): GatewayCanary {
    return new GatewayCanary(revision, stage);
  }

  private constructor(
    /** The revision of the canary. */
    public readonly revision: string,
    /** How far it has come. */
    public readonly stage: GatewayCanaryStage,
    /** @internal */
    public readonly _shared?: { readonly weight: number; readonly total?: number },
  ) {
    checkDnsLabel(revision, 'revision of a canary');
  }

  /**
   * How many pods the canary and the other Deployment have.
   *
   * @internal
   */
  public _split(gateway: string, maxReplicas: number): { canary: number; stable: number } | undefined {
    if (this._shared === undefined) {
      return undefined;
    }
    const { weight, total = maxReplicas } = this._shared;
    if (!Number.isInteger(total) || total < 2) {
      throw new Error(`replicas of the canary of gateway '${gateway}' must be a whole number of at least 2, got ${total}: each revision has one at least`);
    }
    const pods = total * weight / 100;
    if (!Number.isInteger(pods)) {
      const step = 100 / gcd(weight, 100);
      throw new Error(`weight ${weight} of the canary of gateway '${gateway}' is ${pods} of ${total} pods, got no whole number: ` +
        `pass replicas that are a multiple of ${step}, or a weight that is a multiple of ${100 / gcd(total, 100)}`);
    }
    return { canary: pods, stable: total - pods };
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
