import { isIP } from 'net';

const BITS = /^(0|[1-9]\d{0,2})$/;

/** Whether the value is an IPv4 or IPv6 address. */
export function isIpAddress(value: string): boolean {
  return isIP(value) !== 0;
}

/** Refuses what is not an IPv4 or IPv6 address. */
export function checkIpAddress(value: string, what: string): string {
  if (!isIpAddress(value)) {
    throw new Error(`${what} must be an IP address such as 10.1.2.3 or 2001:db8::1, got '${value}'`);
  }
  return value;
}

/** Refuses what is neither an IP address nor a block of them in CIDR notation. */
export function checkIpBlock(value: string, what: string): string {
  const slash = value.indexOf('/');
  const version = isIP(slash < 0 ? value : value.slice(0, slash));
  const bits = slash < 0 ? '0' : value.slice(slash + 1);
  if (version === 0 || !BITS.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) {
    throw new Error(`${what} must be an IP address or a block such as 10.0.0.0/8, got '${value}'`);
  }
  return value;
}
