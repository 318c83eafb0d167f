/** What carries the traffic of Istio's workloads. */
export enum DataPlane {
  /** A proxy in every pod. */
  SIDECAR = 'sidecar',
  /** A proxy on every node (ztunnel), and waypoints where HTTP is to be read. */
  AMBIENT = 'ambient',
}
