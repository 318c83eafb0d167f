import { EdgeHosts } from './edge-hosts';

/** Which clients a gateway serves, by their addresses: at least one of both lists. */
export interface EdgeAddressOptions extends EdgeHosts {
  /**
   * The only IP addresses or CIDR blocks that may call, at least one.
   *
   * @default - any
   */
  readonly allowed?: string[];

  /**
   * IP addresses or CIDR blocks that may not call, at least one; also of those that are allowed.
   *
   * @default - none
   */
  readonly denied?: string[];
}
