import { GatewayAddress } from './gateway-address';
import { checkAtMost, checkUnique } from '../semantics/lists';

const MAX_ADDRESSES = 16;

/** Refuses addresses that the API server would refuse together. */
export function checkAddresses(addresses: readonly GatewayAddress[]): readonly GatewayAddress[] {
  checkAtMost(MAX_ADDRESSES, addresses.length, 'addresses', 'use a second Gateway');
  for (const type of ['IPAddress', 'Hostname']) {
    checkUnique(addresses.filter(address => address.type === type).flatMap(({ value }) => value ?? []), `addresses of type ${type}`);
  }
  return addresses;
}
