import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioConstruct } from './istio-construct';
import { WorkloadTemplate } from './workload-endpoint';
import { checkWorkloadLabels, workloadTemplateManifest } from './workload-endpoint-manifest';
import { markLabels } from './workload-mark-labels';
import { WorkloadMarks } from './workload-marks';
import { WorkloadProbe } from './workload-probe';
import { WorkloadSelector } from './workload-selector';
import type { WorkloadGroupSpec } from '../imports/networking.istio.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';
import { checkQualifiedName } from '../semantics/qualified-name';

/** Properties of a WorkloadGroup: those of the group, and what the labels of its workloads say. */
export interface WorkloadGroupProps extends ResourceProps, WorkloadMarks {
  /**
   * Labels of the workloads, by which ServiceEntries, policies and subsets choose; at most 256.
   *
   * @default - no labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the workloads, at most 256.
   *
   * @default - no annotations
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What each workload is known by. Its address is the one from which its proxy connects.
   *
   * @default - nothing is known: it runs as the service account `default`, in the network of the cluster
   */
  readonly template?: WorkloadTemplate;

  /**
   * How the agent of a workload finds out whether it takes traffic.
   *
   * @default - it takes traffic as soon as its proxy is connected
   */
  readonly probe?: WorkloadProbe;
}

const MAX_ANNOTATIONS = 256;

/**
 * Workloads that are no pods and are alike, as a Deployment is for pods. Istio makes a WorkloadEntry of each one whose proxy connects.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-group/
 */
export class WorkloadGroup extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'workloadgroups';

  private readonly spec: Manifest<WorkloadGroupSpec>;

  /**
   * @throws when a label, an annotation or a part of the template is refused
   */
  constructor(scope: Construct, id: string, private readonly props: WorkloadGroupProps = {}) {
    super(scope, id, 'networking.istio.io', 'WorkloadGroup', props.metadata);
    const { annotations, template, probe } = props;
    const marks = markLabels(props, this._istio, this.namespace);
    const labels = Object.keys(marks).length > 0 ? { ...props.labels, ...marks } : props.labels;
    checkWorkloadLabels(labels, 'the WorkloadGroup');
    const keys = Object.keys(annotations ?? {});
    checkAtMost(MAX_ANNOTATIONS, keys.length, 'annotations of the WorkloadGroup', 'leave some out');
    keys.forEach(key => checkQualifiedName(key, 'annotation of the WorkloadGroup'));
    this.spec = {
      metadata: labels || annotations ? { labels, annotations } : undefined,
      template: workloadTemplateManifest(template ?? {}, 'the template of the WorkloadGroup', this.namespace),
      probe: probe?._toKube(),
    };
    this._check('', this.spec);
  }

  /**
   * Selects its workloads, and whatever else has all of its `labels`.
   *
   * @throws when it has no labels
   */
  public get selector(): WorkloadSelector {
    return WorkloadSelector.labels(this.props.labels ?? {});
  }

  /** @internal */
  public _toKube(): Manifest<WorkloadGroupSpec> {
    return this.spec;
  }
}
