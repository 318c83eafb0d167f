import { Workload } from 'cdk8s-plus-28';

/** The pods that an Istio object is about, by labels in its own namespace. */
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
   * @throws when there are none, a key is empty, a key or value has a `*`, or a value is longer than 63 characters
   */
  public static labels(labels: { [key: string]: string }): WorkloadSelector {
    const entries = Object.entries(labels);
    if (entries.length === 0) {
      throw new Error('a workload selector needs at least one label, got none: leave the selector out to mean every workload');
    }
    for (const [key, value] of entries) {
      if (key === '' || key.includes('*') || value.includes('*') || value.length > 63) {
        throw new Error(`a workload selector takes labels without '*' and values of at most 63 characters, got '${key}: ${value}'`);
      }
    }
    return new WorkloadSelector({ ...labels });
  }

  private constructor(
    /** The labels. */
    public readonly matchLabels: { [key: string]: string },
  ) {}
}
