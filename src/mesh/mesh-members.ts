import { Workload } from 'cdk8s-plus-28';

/** A namespace of a mesh, as far as an upgrade is concerned. */
export interface MemberNamespace {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** Whether its pods join by what stands on it. */
  readonly enrolled: boolean;
  /** Whether this app writes it. */
  readonly owned: boolean;
  readonly workloads: () => readonly Workload[];
}

/** A Deployment or DaemonSet of a gateway, and the revision or tag that its pods ask for. */
export interface MemberGateway {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly revision?: string;
}

/** A Gateway of which Istio's controller makes a Deployment, again and again. */
export interface MemberProvisioned {
  readonly namespace: string;
  readonly gateway: string;
  readonly deployment: string;
  /** The revision or tag of its label; that of its namespace when there is none. */
  readonly revision?: string;
  /** Whether that is its own, and not the mesh's. */
  readonly pinned: boolean;
}

/** What installs the control planes, other than people with helm. */
export interface MemberDelivery {
  /** The command that waits for a release. */
  readonly wait: (release: string) => string;
  /** The commands by which a control plane goes whose release is not in the app any more. */
  readonly remove: (release: string, revision: string | undefined) => string[];
}

/** What of an app is in a mesh: what has to follow when its control plane changes. */
export class MeshMembers {
  public readonly namespaces: MemberNamespace[] = [];
  public readonly gateways: MemberGateway[] = [];
  public readonly provisioned: MemberProvisioned[] = [];
  public delivery?: MemberDelivery;

  private readonly enrolled = new Map<string, Workload[]>();

  /** A workload that was enrolled by itself. */
  public addWorkload(namespace: string, workload: Workload): void {
    this.enrolled.set(namespace, [...this.workloadsOf(namespace), workload]);
  }

  public workloadsOf(namespace: string): readonly Workload[] {
    return this.enrolled.get(namespace) ?? [];
  }
}
