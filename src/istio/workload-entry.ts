import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioConstruct } from './istio-construct';
import { WorkloadEndpoint } from './workload-endpoint';
import { workloadEndpointManifest } from './workload-endpoint-manifest';
import { markLabels } from './workload-mark-labels';
import { WorkloadMarks } from './workload-marks';
import { WorkloadSelector } from './workload-selector';
import type { WorkloadEntrySpec } from '../imports/networking.istio.io';
import { IstioLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';
import { checkLabelValue } from '../semantics/qualified-name';

/** Properties of a WorkloadEntry: where it is, what is known of it, and what its labels say. */
export interface WorkloadEntryProps extends ResourceProps, WorkloadEndpoint, WorkloadMarks {
  /**
   * The name under which metrics and traces know the workload.
   *
   * @default - the name of the WorkloadEntry
   */
  readonly workloadName?: string;
}

/**
 * A workload that is no pod, such as a virtual machine or a bare-metal server. ServiceEntries and Services select it by its labels.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/workload-entry/
 */
export class WorkloadEntry extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'workloadentries';

  private readonly spec: Manifest<WorkloadEntrySpec>;

  /**
   * @throws when there is neither address nor network, or a part is refused
   */
  constructor(scope: Construct, id: string, props: WorkloadEntryProps) {
    super(scope, id, 'networking.istio.io', 'WorkloadEntry', props.metadata);
    this.spec = workloadEndpointManifest(props, 'the WorkloadEntry', this.namespace);
    this._check('', this.spec);
    const marks = markLabels(props, this._istio, this.namespace);
    // Istio reads the name of the workload from the labels of the object alone, and the others from here too.
    Object.entries(marks).forEach(([key, value]) => this.metadata.addLabel(key, value));
    if (props.workloadName !== undefined) {
      this.metadata.addLabel(IstioLabel.WORKLOAD_NAME, checkLabelValue(props.workloadName, 'workloadName'));
    }
  }

  /**
   * Selects it, and whatever else has all of its `labels`.
   *
   * @throws when it has no labels
   */
  public get selector(): WorkloadSelector {
    return WorkloadSelector.labels(this.spec.labels ?? {});
  }

  /** @internal */
  public _toKube(): Manifest<WorkloadEntrySpec> {
    return this.spec;
  }
}
