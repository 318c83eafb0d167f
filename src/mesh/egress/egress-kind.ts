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

/** Whether proxies answer names themselves, so that each host has an address of its own; those of nodes do unless they are told not to. */
export function capturesDns(sidecars: boolean, meshConfig: { [field: string]: any }): boolean {
  return !sidecars || meshConfig.defaultConfig?.proxyMetadata?.ISTIO_META_DNS_CAPTURE === 'true';
}
