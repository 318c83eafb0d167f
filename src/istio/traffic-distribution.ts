/**
 * Which endpoints come first.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/#NetworkingTrafficDistribution
 */
export enum TrafficDistribution {
  /** Those in the client's zone, then in its region, then in its network. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** Those on the client's node, then in its zone, then in its region. */
  PREFER_SAME_NODE = 'PreferSameNode',
  /** The older word for PREFER_SAME_ZONE. */
  PREFER_CLOSE = 'PreferClose',
}
