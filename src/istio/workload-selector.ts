import { Workload } from 'cdk8s-plus-28';
import { checkLabels } from './label-map';

/**
 * The pods that an Istio object is about, by labels in its own namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#WorkloadSelector
 */
export class WorkloadSelector {
  /**
   * The pods of a workload of this app: the labels that the workload itself selects by.
   *
   * @throws when the workload selects by nothing
   */
  public static workload(workload: Workload): WorkloadSelector {
    return WorkloadSelector.labels(workload.matchLabels);
  }

  /**
   * Pods that have all of these labels.
   *
   * @throws when there are none, or what no workload could have
   */
  public static labels(labels: { [key: string]: string }): WorkloadSelector {
    if (Object.keys(labels).length === 0) {
      throw new Error('a workload selector needs at least one label, got none: leave the selector out to mean every workload');
    }
    return new WorkloadSelector({ ...checkLabels(labels, 'labels of a workload selector') });
  }

  private constructor(
    /** The labels. */
    public readonly matchLabels: { [key: string]: string },
  ) {}
}
