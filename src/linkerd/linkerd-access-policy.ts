/**
 * Who may connect where no policy says it.
 *
 * @see https://linkerd.io/2-edge/features/server-policy/#default-policies
 */
export enum LinkerdAccessPolicy {
  /** Nobody. */
  DENY = 'deny',
  /** Everybody; what no policy allows is logged and counted. */
  AUDIT = 'audit',
  /** Everybody. */
  ALL_UNAUTHENTICATED = 'all-unauthenticated',
  /** Clients of the mesh, and of meshes that trust each other. */
  ALL_AUTHENTICATED = 'all-authenticated',
  /** Everybody in the networks of the cluster. */
  CLUSTER_UNAUTHENTICATED = 'cluster-unauthenticated',
  /** Clients of the mesh in the networks of the cluster. */
  CLUSTER_AUTHENTICATED = 'cluster-authenticated',
}
