import { ApiObject } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { leaveReplicas } from './left-replicas';
import type { RolloutSpec } from '../imports/argoproj.io';
import { Manifest } from '../semantics/manifest';
import { checkDnsSubdomain } from '../semantics/names';

/** What cdk8s-plus writes into a Deployment that says no number. */
const REPLICAS = 2;

/** When the pods of a Deployment go whose template a Rollout uses. */
export enum RolloutScaleDown {
  /** Never. */
  NEVER = 'never',
  /** Once the Rollout's pods are ready. */
  ON_SUCCESS = 'onsuccess',
  /** As the Rollout's pods become ready. */
  PROGRESSIVELY = 'progressively',
}

/**
 * The pods of a Rollout.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/migrating/
 */
export class RolloutWorkload {
  /**
   * The template of a Deployment of this app, which stays: the Rollout makes the pods, and the Deployment has none. The Rollout has `replicas` and `minReady` of
   * the Deployment, which the controller would not take from it. A CanaryRoute leaves `replicas` of the Deployment out, which the controller owns.
   *
   * @param deployment the Deployment
   * @param scaleDown when its own pods go; default: once those of the Rollout are ready
   */
  public static deployment(deployment: Deployment, scaleDown = RolloutScaleDown.ON_SUCCESS): RolloutWorkload {
    return new RolloutWorkload(deployment.name, { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.name, scaleDown }, deployment);
  }

  /**
   * The template of a Deployment that is in the cluster already. Its number of pods is not known here: pass `replicas` to the Rollout, which has one pod otherwise.
   *
   * @throws when the name breaks DNS rules
   */
  public static deploymentName(name: string, scaleDown = RolloutScaleDown.ON_SUCCESS): RolloutWorkload {
    checkDnsSubdomain(name, 'name of the workload');
    return new RolloutWorkload(name, { apiVersion: 'apps/v1', kind: 'Deployment', name, scaleDown });
  }

  /**
   * The pods of a Deployment of this app, in its place: the Rollout has its name, selector and template, and the Deployment is not written. Whatever
   * scales the Deployment must scale the Rollout.
   */
  public static inPlaceOf(deployment: Deployment): RolloutWorkload {
    // What is taken out of the tree is not written, and renders as before.
    const object = ApiObject.of(deployment);
    deployment.node.tryRemoveChild(object.node.id);
    return new RolloutWorkload(deployment.name, undefined, deployment, object);
  }

  private constructor(
    /** The name of the workload. */
    public readonly name: string,
    private readonly reference?: { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly scaleDown: string },
    private readonly known?: Deployment,
    private readonly object?: ApiObject,
  ) {}

  /**
   * The namespace, where the Deployment is of this app.
   *
   * @internal
   */
  public get _namespace(): string | undefined {
    return this.known?.metadata.namespace;
  }

  /**
   * The Deployment whose number of pods the controller changes.
   *
   * @internal
   */
  public get _scaled(): string | undefined {
    return this.reference?.scaleDown === RolloutScaleDown.NEVER ? undefined : this.reference?.name;
  }

  /**
   * Leaves the number of pods to the controller.
   *
   * @internal
   */
  public _leaveReplicas(): void {
    if (this.known !== undefined && this._scaled !== undefined) {
      leaveReplicas(this.known);
    }
  }

  /** @internal */
  public _toKube(): Manifest<Pick<RolloutSpec, 'workloadRef' | 'selector' | 'template' | 'replicas' | 'minReadySeconds'>> {
    if (this.object === undefined) {
      return { workloadRef: this.reference, ...this.known && numbersOf(this.known) };
    }
    const { selector, template, replicas, minReadySeconds } = this.object.toJson().spec;
    return { replicas, minReadySeconds, selector, template };
  }
}

/** What the controller does not read from a Deployment to which a Rollout refers; whatever scales it owns its number of pods. */
function numbersOf({ hasAutoscaler, replicas, minReady }: Deployment): { replicas?: number; minReadySeconds?: number } {
  return { replicas: hasAutoscaler ? undefined : replicas ?? REPLICAS, minReadySeconds: minReady.toSeconds() || undefined };
}
