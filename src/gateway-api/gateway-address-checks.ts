import { GatewayAddress } from './gateway-address';
import { GatewayApiBundle } from '../semantics/gateway-api-bundle';
import { isLater } from '../semantics/gateway-api-version';
import { checkAtMost, checkUnique } from '../semantics/lists';

const MAX_ADDRESSES = 16;

/** The types whose values Gateway API itself compares. */
const COMPARED = ['IPAddress', 'Hostname'];

/** Refuses addresses that the API server would refuse together, or where a release is installed. */
export function checkAddresses(addresses: readonly GatewayAddress[], bundle: GatewayApiBundle): readonly GatewayAddress[] {
  checkAtMost(MAX_ADDRESSES, addresses.length, 'addresses', 'use a second Gateway');
  for (const { type } of addresses.filter(({ value }) => value === undefined)) {
    // In 1.3 the schema did not need a value any more, and the comparison still did.
    const since = COMPARED.includes(type) ? GatewayApiBundle.V1_4 : GatewayApiBundle.V1_3;
    if (isLater(since, bundle)) {
      throw new Error(`address of type ${type} must have a value before Gateway API ${since}, got none with ${bundle}: pass one, or leave the address out`);
    }
  }
  for (const type of COMPARED) {
    checkUnique(addresses.filter(address => address.type === type).flatMap(({ value }) => value ?? []), `addresses of type ${type}`);
  }
  return addresses;
}
