import { isIP } from 'net';

const BITS: { [family: number]: number } = { 4: 32, 6: 128 };

/** Refuses what is neither an IP address nor a CIDR block. */
export function checkIpSubnet(value: string, what: string): string {
  const [address, length, ...rest] = value.split('/');
  const family = isIP(address);
  const fits = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= BITS[family]);
  if (family === 0 || !fits || rest.length > 0) {
    throw new Error(`${what} must be an IP address or a CIDR block such as 10.0.0.0/8, got '${value}'`);
  }
  return value;
}
