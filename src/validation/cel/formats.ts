import { CelError } from './error';
import { toInt } from './int';
import { Bytes, Duration, Timestamp } from './value';

const SECOND = 1_000_000_000n;
const UNITS: { readonly [unit: string]: bigint | undefined } = {
  ns: 1n, us: 1_000n, µs: 1_000n, μs: 1_000n, ms: 1_000_000n, s: SECOND, m: 60n * SECOND, h: 3600n * SECOND,
};

/** A duration as Go writes it, such as `1h30m` or `-1.5s`; undefined when it is none. */
export function parseGoDuration(text: string): Duration | undefined {
  const [, sign, rest] = /^([-+]?)(.*)$/s.exec(text)!;
  if (rest === '0') {
    return new Duration(0);
  }
  const parts = [...rest.matchAll(/(\d*)(?:\.(\d*))?([a-zµμ]+)/gy)];
  if (parts.length === 0 || parts.reduce((length, [part]) => length + part.length, 0) !== rest.length) {
    return undefined;
  }
  let nanos = 0n;
  for (const [, whole, fraction = '', unit] of parts) {
    const scale = UNITS[unit];
    if (scale === undefined || whole + fraction === '') {
      return undefined;
    }
    // What is less than a nanosecond is cut off.
    const digits = fraction.slice(0, 18);
    nanos += BigInt(whole || 0) * scale + BigInt(digits || 0) * scale / 10n ** BigInt(digits.length);
  }
  const signed = sign === '-' ? -nanos : nanos;
  return signed >= -(2n ** 63n) && signed < 2n ** 63n ? new Duration(toInt(signed)) : undefined;
}

const WORDS: readonly [RegExp, bigint][] = [
  [/^(ns|nano.*)$/, 1n], [/^(us|µs|micro.*)$/, 1_000n], [/^(ms|milli.*)$/, 1_000_000n], [/^(s|sec.*)$/, SECOND], [/^(m|min.*)$/, 60n * SECOND],
  [/^(h|hr|hour.*)$/, 3600n * SECOND], [/^(d|day.*)$/, 86_400n * SECOND], [/^(w|wk|week.*)$/, 604_800n * SECOND],
];

/** A string of format `duration`: as Go writes it, or in words such as `2 weeks`. */
export function parseSchemaDuration(text: string): Duration {
  const duration = parseGoDuration(text);
  if (duration) {
    return duration;
  }
  let nanos: bigint | undefined;
  for (const [, factor, unit] of text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)) {
    const scale = WORDS.find(([word]) => word.test(unit.toLowerCase()))?.[1];
    nanos = scale === undefined ? nanos : (nanos ?? 0n) + BigInt(factor) * scale;
  }
  if (nanos === undefined) {
    throw new CelError(`Invalid duration ${text}: unable to parse ${text} as duration`);
  }
  return new Duration(toInt(nanos));
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?([Zz]|[-+]\d\d:?\d\d)$/;

/** A point in time by RFC 3339; undefined when it is none. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', zone] = DATE_TIME.exec(text) ?? [];
  if (zone === undefined) {
    return undefined;
  }
  const days = epochDays(Number(year), Number(month), Number(day));
  const offset = zoneMinutes(zone);
  if (days === undefined || offset === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset * 60;
  return new Timestamp(BigInt(seconds) * SECOND + BigInt(fraction.padEnd(9, '0')));
}

/** Days since 1970; undefined when the calendar has no such day. */
export function epochDays(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 86_400_000 : undefined;
}

/** Minutes east of Greenwich. */
export function zoneMinutes(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([-+]?)(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (hours === undefined) {
    return /^[Zz]$/.test(zone) ? 0 : undefined;
  }
  return Number(hours) > 24 || Number(minutes) > 60 ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

export function parseDateTime(text: string): Timestamp {
  const timestamp = parseTimestamp(text);
  if (!timestamp) {
    throw new CelError(`Invalid date-time formatted string ${text}`);
  }
  return timestamp;
}

export function parseDate(text: string): Timestamp {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const days = day === undefined ? undefined : epochDays(Number(year), Number(month), Number(day));
  if (days === undefined) {
    throw new CelError(`Invalid date formatted string ${text}`);
  }
  return new Timestamp(BigInt(days) * 86_400n * SECOND);
}

/** Whether a text is base64, in one line or several. The length is counted apart: groups of four would exhaust the stack of a long text. */
export function isBase64(text: string): boolean {
  const packed = text.replace(/[\r\n]/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}

export function decodeBase64(text: string): Bytes {
  if (!isBase64(text)) {
    throw new CelError(`Invalid byte formatted string ${text}: illegal base64 data`);
  }
  return new Bytes(Buffer.from(text, 'base64'));
}
