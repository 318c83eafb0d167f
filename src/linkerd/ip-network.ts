import { BlockList, isIP } from 'net';

const BITS: { [family: number]: number } = { 4: 32, 6: 128 };

/** A range of IP addresses. */
export interface IpNetwork {
  readonly address: string;
  readonly length: number;

  /** Whether all addresses of another range are in this one. */
  covers(other: IpNetwork): boolean;
}

/** The range that a CIDR block or an address stands for. */
export function networkOf(value: string, what: string): IpNetwork {
  const [address, prefix, ...rest] = value.split('/');
  const family = isIP(address);
  const length = prefix === undefined ? BITS[family] : /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
  if (family === 0 || !(length <= BITS[family]) || rest.length > 0) {
    throw new Error(`${what} must be an IP address or a CIDR block such as 10.0.0.0/8, got '${value}'`);
  }
  const version = family === 4 ? 'ipv4' as const : 'ipv6' as const;
  const block = new BlockList();
  block.addSubnet(address, length, version);
  return {
    address,
    length,
    covers: other => isIP(other.address) === family && length <= other.length && block.check(other.address, version),
  };
}
