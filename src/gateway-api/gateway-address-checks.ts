import { GatewayAddress, GatewayAddressType } from './gateway-infrastructure';
import { checkHostname } from '../semantics/hostname';
import { checkIpAddress } from '../semantics/ip-address';
import { checkAtMost, checkUnique } from '../semantics/lists';

const MAX_ADDRESSES = 16;

/** Refuses addresses that the API server would refuse. */
export function checkAddresses(addresses: readonly GatewayAddress[]): void {
  checkAtMost(MAX_ADDRESSES, addresses.length, 'addresses of the Gateway', 'use a second Gateway');
  for (const [type, check] of [[GatewayAddressType.IP_ADDRESS, checkIpAddress], [GatewayAddressType.HOSTNAME, checkHostname]] as const) {
    const values = addresses.filter(address => (address.type ?? GatewayAddressType.IP_ADDRESS) === type).flatMap(({ value }) => value ?? []);
    values.forEach(value => check(value, `address of type ${type}`));
    checkUnique(values, `addresses of type ${type}`);
  }
}
