import { isIPv4, isIPv6 } from 'node:net';
import { CelError } from '../error';
import { fn, method, Overload } from '../overload';
import { quoted } from '../text';
import { BOOL, INT, opaque, STRING } from '../type';
import { Opaque } from '../value';

export const IP = opaque('net.IP');

/** An address as one number. */
export class Ip extends Opaque {
  public readonly type = IP;

  constructor(public readonly value: bigint, public readonly bits: 32 | 128) {
    super();
  }

  public equals(other: Ip): boolean {
    return this.value === other.value && this.bits === other.bits;
  }

  public toString(): string {
    return this.bits === 32 ? this.octets().join('.') : this.groups();
  }

  /** The first bits, as a number. */
  public prefix(length: number): bigint {
    return this.value / 2n ** BigInt(this.bits - length);
  }

  /** Whether it lies in a network of its family. */
  public within(network: Ip, length: number): boolean {
    return this.bits === network.bits && this.prefix(length) === network.prefix(length);
  }

  private octets(): number[] {
    return [24n, 16n, 8n, 0n].map(shift => Number(this.value / 2n ** shift % 256n));
  }

  /** The longest row of zeros, the first of equals, is left out; a single zero stays. */
  private groups(): string {
    const groups = Array.from({ length: 8 }, (_, at) => (this.value / 2n ** BigInt(112 - 16 * at) % 65536n).toString(16));
    const runs = groups.map((_, at) => groups.slice(at).findIndex(group => group !== '0')).map((run, at) => run < 0 ? 8 - at : run);
    const longest = Math.max(...runs);
    if (longest < 2) {
      return groups.join(':');
    }
    const start = runs.indexOf(longest);
    return `${groups.slice(0, start).join(':')}::${groups.slice(start + longest).join(':')}`;
  }
}

/** An address without a zone; undefined when it is none. */
export function parseIp(text: string): Ip | undefined {
  if (isIPv4(text)) {
    return new Ip(fromOctets(text), 32);
  }
  if (!isIPv6(text) || text.includes('%')) {
    return undefined;
  }
  const hexadecimal = text.replace(/[^:]*\.[^:]*$/, octets => {
    const value = fromOctets(octets);
    return `${(value / 65536n).toString(16)}:${(value % 65536n).toString(16)}`;
  });
  const [head, tail] = hexadecimal.split('::').map(part => part === '' ? [] : part.split(':'));
  const groups = tail ? [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return new Ip(groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n), 128);
}

function fromOctets(text: string): bigint {
  return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

/** IPv4 written as IPv6, which Kubernetes refuses. */
export function isMapped(ip: Ip): boolean {
  return ip.bits === 128 && ip.prefix(96) === 0xffffn;
}

export function toIp(text: string): Ip {
  const ip = parseIp(text);
  if (!ip) {
    throw new CelError(text.includes('%') && parseIp(text.split('%')[0])
      ? `IP address ${quoted(text)} with zone value is not allowed`
      : `IP Address ${quoted(text)} parse error during conversion from string: ParseAddr(${quoted(text)}): unable to parse IP`);
  }
  if (isMapped(ip)) {
    throw new CelError(`IPv4-mapped IPv6 address ${quoted(text)} is not allowed`);
  }
  return ip;
}

function isIp(text: string): boolean {
  const ip = parseIp(text);
  return ip !== undefined && !isMapped(ip);
}

/** Whether the address is in one of two networks, by its family. */
function among(v4: string, v4Length: number, v6: string, v6Length: number): (ip: Ip) => boolean {
  const [network4, network6] = [parseIp(v4)!, parseIp(v6)!];
  return ip => ip.within(network4, v4Length) || ip.within(network6, v6Length);
}

const isUnspecified = among('0.0.0.0', 32, '::', 128);
const isLoopback = among('127.0.0.0', 8, '::1', 128);
const isMulticast = among('224.0.0.0', 4, 'ff00::', 8);
const isLinkLocalUnicast = among('169.254.0.0', 16, 'fe80::', 10);
const BROADCAST = 0xffffffffn;

function isLinkLocalMulticast(ip: Ip): boolean {
  return ip.bits === 32 ? ip.prefix(24) === 0xe00000n : /^ff.2$/.test(ip.prefix(16).toString(16));
}

function isGlobalUnicast(ip: Ip): boolean {
  return !(ip.bits === 32 && ip.value === BROADCAST) && ![isUnspecified, isLoopback, isMulticast, isLinkLocalUnicast].some(is => is(ip));
}

export const IPS: readonly Overload[] = [
  fn('ip', [STRING], IP, toIp),
  fn('isIP', [STRING], BOOL, isIp),
  fn('ip.isCanonical', [STRING], BOOL, (text: string) => toIp(text).toString() === text),
  fn('string', [IP], STRING, (ip: Ip) => ip.toString()),
  method('family', [IP], INT, (ip: Ip) => ip.bits === 32 ? 4 : 6),
  method('isUnspecified', [IP], BOOL, isUnspecified),
  method('isLoopback', [IP], BOOL, isLoopback),
  method('isLinkLocalMulticast', [IP], BOOL, isLinkLocalMulticast),
  method('isLinkLocalUnicast', [IP], BOOL, isLinkLocalUnicast),
  method('isGlobalUnicast', [IP], BOOL, isGlobalUnicast),
];
