import { Service, Workload } from 'cdk8s-plus-28';
import { IGateway } from '../../gateway-api/gateway';
import { ServiceEntry } from '../../istio/service-entry';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** What of the traffic to its consumers a waypoint takes. */
export enum WaypointTraffic {
  /** What is sent to Services. */
  SERVICE = 'service',
  /** What is sent to pods and machines by their own address. */
  WORKLOAD = 'workload',
  /** Both. */
  ALL = 'all',
  /** Nothing: the waypoint waits. */
  NONE = 'none',
}

/** How a namespace uses a waypoint. */
export interface WaypointServeOptions {
  /**
   * A second waypoint that takes a share of the connections. Istio 1.31 and later.
   *
   * @default - none
   */
  readonly canary?: IWaypoint;

  /**
   * The share of connections that go to `canary`, in percent, 0 to 100.
   *
   * @default 0
   */
  readonly canaryWeight?: number;

  /**
   * Whether ingress gateways send to the waypoint too, instead of straight to the pods.
   *
   * @default - as the namespace says; of a namespace, false
   */
  readonly ingress?: boolean;
}

/** A waypoint of an ambient mesh: of this app, or in the cluster already. It is itself a Gateway to whatever takes one, such as `PolicyTarget.gateway`. */
export interface IWaypoint extends IGateway, IMeshClient {
  /** What of the traffic to its consumers it takes. */
  readonly traffic: WaypointTraffic;

  /**
   * Whether it refuses what no policy of a Service, or of it, allows.
   *
   * @internal
   */
  readonly _closed: boolean;

  /**
   * Puts the waypoint before all that the namespace has: its Services, or its workloads, or both, as its traffic says.
   *
   * @throws when the namespace is of another mesh, is not of this app and not known to use it, is not admitted, or uses another waypoint
   */
  serve(namespace: IMeshNamespace, options?: WaypointServeOptions): IWaypoint;

  /**
   * Puts the waypoint before a Service.
   *
   * @throws when it takes no traffic of Services, the Service has no namespace or one that is not admitted, or uses another waypoint
   */
  serveService(service: Service, options?: WaypointServeOptions): IWaypoint;

  /**
   * Puts the waypoint before the hosts of a ServiceEntry.
   *
   * @throws when it takes no traffic of Services, the ServiceEntry has no namespace or one that is not admitted, or uses another waypoint
   */
  serveServiceEntry(entry: ServiceEntry, options?: WaypointServeOptions): IWaypoint;

  /**
   * Puts the waypoint before the pods of a workload.
   *
   * @throws when it takes no traffic of workloads, the workload has no namespace or one that is not admitted, or uses another waypoint
   */
  serveWorkload(workload: Workload): IWaypoint;

  /**
   * Puts the waypoint before the pods of every `MeshWorkload` that runs as a service account, be it made before or after.
   *
   * @param account the service account, such as `MeshClient.serviceAccount(namespace, account)`
   * @throws when it takes no traffic of workloads, the client is a whole namespace, or its namespace is not admitted
   */
  serveServiceAccount(account: IMeshClient): IWaypoint;

  /**
   * Leaves a Service out, whatever its namespace says.
   *
   * @throws when the Service uses a waypoint by itself
   */
  exceptService(service: Service): IWaypoint;

  /**
   * Leaves a ServiceEntry out, whatever its namespace says.
   *
   * @throws when the ServiceEntry uses a waypoint by itself
   */
  exceptServiceEntry(entry: ServiceEntry): IWaypoint;

  /**
   * Leaves the pods of a workload out, whatever its namespace says.
   *
   * @throws when the workload uses a waypoint by itself
   */
  exceptWorkload(workload: Workload): IWaypoint;

  /**
   * Refuses what no policy of a Service behind it, or of it, allows. It is closed with its own namespace; close one that is in a namespace of its own, so that
   * a Service of which nobody thought is no way in.
   *
   * @see https://istio.io/latest/docs/ambient/usage/l7-features/#layer-7-authorization-policy
   */
  close(): IWaypoint;

  /**
   * Refuses a namespace that the waypoint does not admit, or admits it.
   *
   * @internal
   */
  _admit(namespace: string): void;
}
