/** Which CustomResourceDefinitions of the Gateway API the cluster has. */
export enum GatewayApiChannel {
  /** What is stable: the default of most providers. */
  STANDARD = 'standard',
  /** The same with kinds and fields that may still change. */
  EXPERIMENTAL = 'experimental',
}
