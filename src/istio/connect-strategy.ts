/** How connections are opened to what DNS answers. */
export enum ConnectStrategy {
  /** To several addresses of IPv4 and IPv6 at once, of which the first that connects is taken (happy eyeballs). */
  RACE_FIRST_TCP_CONNECT = 'RACE_FIRST_TCP_CONNECT',
}
