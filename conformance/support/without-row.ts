/** What of the public API is in no row of its own, and why; a star stands for all members. */
export const WITHOUT_ROW: { readonly [reason: string]: readonly string[] } = {
  'it names or places what another row asks for': [
    'CanaryRouteProps.namespace', 'CanaryRouteProps.name', 'MeshNamespaceProps.name', 'MeshNamespaceProps.labels', 'MeshNamespaceProps.annotations',
    'VirtualMachine.writeNotes', 'ExternalContainers.writeNotes', 'MultiClusterMesh.synth', 'IstioChartRepository.OFFICIAL', 'NginxUpstream.*',
  ],
  'a row asks for one word of its kind, and the others are told in the same way': [
    'CloudLoadBalancer.*', 'ExternalTrafficPolicy.*', 'GatewayCanaryStage.*', 'GatewayHostProtocol.*', 'GatewayAddressType.*', 'NginxHostHeader.*', 'CaSecretFormat.*', 'IstioChart.*',
    'IstioPlatform.*', 'ProxyMetrics.*', 'LinkerdPortRange.*', 'LinkerdAccessLog.*', 'EnvoyLogLevel.*', 'IstioLogLevel.*', 'ProxyVolume.*', 'WaypointTraffic.NONE',
  ],
  'it is a field of the Gateway of Gateway API, written as it is told, and refused where there is no such Gateway': ['MeshedGatewayProps.admitsListeners'],
  'it is made by a MeshedGateway, an EgressGateway or an EastWestGateway': ['GatewayWorkload'],
};
