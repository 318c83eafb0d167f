import { Workload } from 'cdk8s-plus-28';

/** What of an app is in a mesh: what has to follow when its control plane changes. */
export class MeshMembers {
  /** By namespace. */
  private readonly byNamespace = new Map<string, Workload[]>();

  public addWorkload(namespace: string, workload: Workload): void {
    this.byNamespace.set(namespace, [...this.workloadsOf(namespace), workload]);
  }

  public workloadsOf(namespace: string): readonly Workload[] {
    return this.byNamespace.get(namespace) ?? [];
  }
}
