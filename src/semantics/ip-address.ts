import { isIP } from 'net';

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
