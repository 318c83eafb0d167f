/** How a proxy finds the addresses of a ServiceEntry's hosts. */
export enum ServiceEntryResolution {
  /** It does not: traffic goes on to the address that the client chose. */
  NONE = 'NONE',
  /** They are written in the endpoints. */
  STATIC = 'STATIC',
  /** The proxy asks DNS, and balances over all answers. */
  DNS = 'DNS',
  /** The proxy asks DNS, and takes the first answer for new connections. */
  DNS_ROUND_ROBIN = 'DNS_ROUND_ROBIN',
  /** The proxy asks DNS for the host that each request names; for wildcard hosts. */
  DYNAMIC_DNS = 'DYNAMIC_DNS',
}
