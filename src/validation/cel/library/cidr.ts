import { CelError, noSuchOverload } from '../error';
import { fn, method, Overload } from '../overload';
import { quoted } from '../text';
import { BOOL, INT, opaque, STRING } from '../type';
import { Opaque } from '../value';
import { Ip, IP, isMapped, parseIp } from './ip';

const CIDR = opaque('net.CIDR');

/** A network: an address and how many of its bits are the network's. */
class Cidr extends Opaque {
  public readonly type = CIDR;

  constructor(public readonly ip: Ip, public readonly length: number) {
    super();
  }

  public equals(other: Cidr): boolean {
    return this.length === other.length && this.ip.equals(other.ip);
  }

  public containsIp(ip: Ip): boolean {
    return ip.within(this.ip, this.length);
  }

  public contains(other: Cidr): boolean {
    return this.length <= other.length && this.containsIp(other.ip);
  }

  public masked(): Cidr {
    const hosts = 2n ** BigInt(this.ip.bits - this.length);
    return new Cidr(new Ip(this.ip.value / hosts * hosts, this.ip.bits), this.length);
  }
}

function parseCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const [ip, length] = [parseIp(text.slice(0, Math.max(slash, 0))), text.slice(slash + 1)];
  return ip && !isMapped(ip) && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= ip.bits ? new Cidr(ip, Number(length)) : undefined;
}

function toCidr(text: string): Cidr {
  const cidr = parseCidr(text);
  if (!cidr) {
    throw new CelError(`network address parse error during conversion from string: netip.ParsePrefix(${quoted(text)}): invalid CIDR`);
  }
  return cidr;
}

/** A text that is no address makes the call one that no overload takes. */
function need<T>(value: T | undefined): T {
  if (value === undefined) {
    throw noSuchOverload();
  }
  return value;
}

function address(text: string): Ip | undefined {
  const ip = parseIp(text);
  return ip && !isMapped(ip) ? ip : undefined;
}

export const CIDRS: readonly Overload[] = [
  fn('cidr', [STRING], CIDR, toCidr),
  fn('isCIDR', [STRING], BOOL, (text: string) => parseCidr(text) !== undefined),
  fn('string', [CIDR], STRING, (cidr: Cidr) => `${cidr.ip.toString()}/${cidr.length}`),
  method('containsIP', [CIDR, STRING], BOOL, (cidr: Cidr, text: string) => cidr.containsIp(need(address(text)))),
  method('containsIP', [CIDR, IP], BOOL, (cidr: Cidr, ip: Ip) => cidr.containsIp(ip)),
  method('containsCIDR', [CIDR, STRING], BOOL, (cidr: Cidr, text: string) => cidr.contains(need(parseCidr(text)))),
  method('containsCIDR', [CIDR, CIDR], BOOL, (cidr: Cidr, other: Cidr) => cidr.contains(other)),
  method('ip', [CIDR], IP, (cidr: Cidr) => cidr.ip),
  method('prefixLength', [CIDR], INT, (cidr: Cidr) => cidr.length),
  method('masked', [CIDR], CIDR, (cidr: Cidr) => cidr.masked()),
];
