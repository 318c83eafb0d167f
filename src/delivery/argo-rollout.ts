import { Duration } from 'cdk8s';
import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ArgoCdIgnoredDifference } from './argo-cd-application';
import { FluxIgnoredDrift } from './flux-helm-release';
import { RolloutStrategy } from './rollout-strategy';
import { strategyManifest } from './rollout-strategy-manifest';
import { RolloutWorkload } from './rollout-workload';
import { SpecConstruct } from '../gateway-api/spec-construct';
import type { RolloutSpec, RolloutSpecStrategy } from '../imports/argoproj.io';
import { RolloutsLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';
import { within } from '../semantics/place';

/** How many AnalysisRuns and Experiments are kept. */
export interface RolloutAnalysisHistory {
  /**
   * Of those that went well.
   *
   * @default 5
   */
  readonly successfulRunHistoryLimit?: number;

  /**
   * Of the others.
   *
   * @default 5
   */
  readonly unsuccessfulRunHistoryLimit?: number;
}

/** Properties of a Rollout. */
export interface ArgoRolloutProps extends ResourceProps {
  /** The pods. */
  readonly workload: RolloutWorkload;

  /** How a new version takes the place of the old one. */
  readonly strategy: RolloutStrategy;

  /**
   * How many pods; not together with an autoscaler, which owns the number.
   *
   * @default - as the Deployment of this app says, or its autoscaler; else 1
   */
  readonly replicas?: number;

  /**
   * How long a pod must be ready to count, in whole seconds.
   *
   * @default - as the Deployment of this app says, else 0
   */
  readonly minReady?: Duration;

  /**
   * How many old versions can be gone back to.
   *
   * @default 10
   */
  readonly revisionHistoryLimit?: number;

  /**
   * How many AnalysisRuns and Experiments are kept.
   *
   * @default - 5 of each
   */
  readonly analysis?: RolloutAnalysisHistory;

  /**
   * How long there may be no progress, in whole seconds; longer than minReady.
   *
   * @default - 10 minutes
   */
  readonly progressDeadline?: Duration;

  /**
   * Whether it goes back to the stable version after that.
   *
   * @default false
   */
  readonly progressDeadlineAbort?: boolean;

  /**
   * How many versions back may be gone to without steps.
   *
   * @default - none
   */
  readonly rollbackWindowRevisions?: number;

  /**
   * When all pods are made anew.
   *
   * @default - not at all
   */
  readonly restartAt?: Date;

  /**
   * Whether nothing goes on.
   *
   * @default false
   */
  readonly paused?: boolean;
}

/**
 * A Rollout of Argo Rollouts: pods of which a new version takes the place of the old one step by step.
 *
 * The controller writes weights into routes, and its own labels into selectors of Services and subsets: neither belongs in Git.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
export class ArgoRollout extends SpecConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'rollouts';

  private readonly props: ArgoRolloutProps;
  private readonly strategy: Manifest<RolloutSpecStrategy>;

  /**
   * @throws when the Deployment is of another namespace, or the controller would refuse the strategy
   */
  constructor(scope: Construct, id: string, props: ArgoRolloutProps) {
    super(scope, id, 'argoproj.io/v1alpha1', 'Rollout', props.metadata);
    this.props = props;
    const { namespace } = this.metadata;
    checkNamed('Rollout', { name: this.name, namespace });
    const { workload, progressDeadline, minReady } = props;
    this.strategy = within(`Rollout '${this.name}'`, () => {
      if (workload._namespace !== undefined && namespace !== undefined && workload._namespace !== namespace) {
        throw new Error(`workload '${workload.name}' must be in namespace '${namespace}' of the Rollout, got '${workload._namespace}'`);
      }
      if (progressDeadline !== undefined && progressDeadline.toSeconds() <= (minReady?.toSeconds() ?? 0)) {
        throw new Error(`progressDeadline must be longer than minReady, got ${progressDeadline.toSeconds()}s and ${minReady?.toSeconds() ?? 0}s`);
      }
      return strategyManifest(props.strategy, namespace);
    });
  }

  /**
   * What Argo CD must overlook: selectors of Services have a label of the controller, and a Deployment whose template is used has no pods. Weights of routes are
   * in `argoCdIgnoredDifferences` of a CanaryRoute.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#integrating-with-gitops
   */
  public get argoCdIgnoredDifferences(): ArgoCdIgnoredDifference[] {
    const { namespace } = this.metadata;
    const { _canary: canary, _blueGreen: blueGreen } = this.props.strategy;
    const services = [
      canary?.stableService, canary?.canaryService, canary?.pingPong?.pingService, canary?.pingPong?.pongService,
      blueGreen?.activeService, blueGreen?.previewService,
    ].filter(service => service !== undefined);
    const deployment = this.props.workload._scaled;
    return [
      ...services.map(name => ({ kind: 'Service', name, namespace, jsonPointers: [`/spec/selector/${RolloutsLabel.POD_TEMPLATE_HASH}`] })),
      ...deployment === undefined ? [] : [{ group: 'apps', kind: 'Deployment', name: deployment, namespace, jsonPointers: ['/spec/replicas'] }],
    ];
  }

  /**
   * What Flux must overlook, in `driftDetection` of a HelmRelease or `ignore` of a Kustomization.
   *
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
   */
  public get fluxIgnoredDrift(): FluxIgnoredDrift[] {
    return this.argoCdIgnoredDifferences.map(({ kind, name, jsonPointers }) => ({ kind, name, paths: jsonPointers! }));
  }

  /** @internal */
  public _toKube(): Manifest<RolloutSpec> {
    const { props } = this;
    const pods = props.workload._toKube();
    return {
      ...pods,
      replicas: props.replicas ?? pods.replicas,
      minReadySeconds: props.minReady?.toSeconds() ?? pods.minReadySeconds,
      revisionHistoryLimit: props.revisionHistoryLimit,
      analysis: props.analysis,
      progressDeadlineSeconds: props.progressDeadline?.toSeconds(),
      progressDeadlineAbort: props.progressDeadlineAbort,
      rollbackWindow: props.rollbackWindowRevisions === undefined ? undefined : { revisions: props.rollbackWindowRevisions },
      restartAt: props.restartAt?.toISOString(),
      paused: props.paused,
      strategy: this.strategy,
    } as Manifest<RolloutSpec>;
  }
}
