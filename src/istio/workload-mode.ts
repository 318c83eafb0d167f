/**
 * From which side of the traffic a proxy is looked at. Gateways and waypoints count as clients.
 *
 * @see https://istio.io/latest/docs/reference/config/type/workload-selector/#WorkloadMode
 */
export enum WorkloadMode {
  /** What the workload sends, and all that passes a gateway. */
  CLIENT = 'CLIENT',
  /** What the workload receives. */
  SERVER = 'SERVER',
  /** Both. */
  CLIENT_AND_SERVER = 'CLIENT_AND_SERVER',
}
