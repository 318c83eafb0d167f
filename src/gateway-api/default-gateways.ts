/** Which Gateways are meant where none is named. */
export enum DefaultGatewayScope {
  /** On a Gateway: routes of every namespace that ask for a default; on a route: every Gateway that is a default. */
  ALL = 'All',
  /** None. */
  NONE = 'None',
}
