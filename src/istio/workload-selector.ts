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
    return new WorkloadSelector(WorkloadSelector.labels(workload.matchLabels).matchLabels, workload);
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
    private readonly workload?: Workload,
  ) {}

  /**
   * Refuses an object in whose namespace the selected workload is not; objects of the root namespace select in every one.
   *
   * @param what the object, for messages
   * @param namespace the namespace of the object, as far as it is known
   * @internal
   */
  public _checkNamespace(what: string, namespace: string | undefined, rootNamespace: string): void {
    const { name, metadata } = this.workload ?? {};
    const own = metadata?.namespace;
    if (own !== undefined && namespace !== undefined && own !== namespace && namespace !== rootNamespace) {
      throw new Error(`${what} is in namespace '${namespace}', where it does not select workload '${name}' of namespace '${own}': put it there`);
    }
  }
}
