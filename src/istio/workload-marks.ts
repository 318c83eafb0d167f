import { UseWaypoint } from './use-waypoint';

/** What labels say of workloads that are no pods. */
export interface WorkloadMarks {
  /**
   * The name under which metrics and traces know the service that the workload is of.
   *
   * @default - the label `app.kubernetes.io/name` or `app`, else the name of the workload
   */
  readonly canonicalName?: string;

  /**
   * The revision under which metrics and traces know it.
   *
   * @default - the label `app.kubernetes.io/version` or `version`, else `latest`
   */
  readonly canonicalRevision?: string;

  /**
   * Whether clients speak mTLS of the mesh to it; without a proxy of its own it cannot.
   *
   * @default - when there is a serviceAccount
   */
  readonly mtls?: boolean;

  /**
   * The waypoint for traffic to the workload itself, in ambient; it must be one for workloads, and has no canary.
   *
   * @default - what the namespace says
   */
  readonly useWaypoint?: UseWaypoint;
}
