/** The ways out that there are. What a mesh can take of them, it says itself. */
export enum EgressKind {
  SELF_MANAGED = 'EgressForm.selfManaged',
  PROVISIONED = 'EgressForm.provisioned',
  WAYPOINT = 'EgressForm.waypoint',
  EGRESS_NETWORK = 'EgressForm.egressNetwork',
  WITHOUT_GATEWAY = 'EgressForm.withoutGateway',
}

/** The ways out of a mesh of Istio; the first is the usual one. */
export function istioEgressKinds(sidecars: boolean): EgressKind[] {
  return sidecars ? [EgressKind.SELF_MANAGED, EgressKind.PROVISIONED, EgressKind.WITHOUT_GATEWAY] : [EgressKind.WAYPOINT];
}
