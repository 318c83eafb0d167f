import { BlockList, isIP } from 'node:net';

function family(address: string): 'ipv4' | 'ipv6' {
  const version = isIP(address);
  if (version === 0) {
    throw new Error(`an address must be of IPv4 or IPv6, got '${address}'`);
  }
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** Whether an address lies in a block such as `10.0.0.0/8`. */
export function isIn(address: string, cidr: string): boolean {
  const [network, length] = cidr.split('/');
  if (!/^\d{1,3}$/.test(length ?? '')) {
    throw new Error(`a block must have a length, such as '10.0.0.0/8', got '${cidr}'`);
  }
  if (family(address) !== family(network)) {
    return false;
  }
  const block = new BlockList();
  block.addSubnet(network, Number(length), family(network));
  return block.check(address, family(address));
}
