import { networkOf } from './ip-network';
import type { NetworkAuthenticationSpecNetworks } from '../imports/policy.linkerd.io';
import { Manifest } from '../semantics/manifest';

/** A range of addresses, without some in it. */
export interface LinkerdNetwork {
  /** The range, such as `10.0.0.0/8`, or one address. */
  readonly cidr: string;

  /**
   * Ranges or addresses within it that do not belong to it.
   *
   * @default - none
   */
  readonly exceptions?: string[];
}

/** @internal */
export function networksToKube(networks: LinkerdNetwork[], what: string, otherwise: string): Manifest<NetworkAuthenticationSpecNetworks[]> {
  if (networks.length === 0) {
    throw new Error(`networks of ${what} must have at least one, got none: ${otherwise}`);
  }
  return networks.map(({ cidr, exceptions }) => {
    const network = networkOf(cidr, `cidr of ${what}`);
    exceptions?.forEach(part => {
      const exception = networkOf(part, `exception of ${what}`);
      if (exception.covers(network)) {
        throw new Error(`network '${cidr}' of ${what} has nothing left without '${part}': leave the network out, or have fewer exceptions`);
      }
      if (!network.covers(exception)) {
        throw new Error(`exceptions of network '${cidr}' of ${what} must be within it, got '${part}'`);
      }
    });
    return { cidr, except: exceptions };
  });
}
