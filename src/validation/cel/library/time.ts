import { CelError } from '../error';
import { zoneMinutes } from '../formats';
import { toInt } from '../int';
import { method, Overload } from '../overload';
import { DURATION, INT, STRING, TIMESTAMP } from '../type';
import { Duration, Timestamp } from '../value';

const MILLI = 1_000_000n;

/** By the UTC fields of a date that was moved to the zone. */
const PARTS: { readonly [name: string]: (date: Date) => number } = {
  getFullYear: date => date.getUTCFullYear(),
  getMonth: date => date.getUTCMonth(),
  getDate: date => date.getUTCDate(),
  getDayOfMonth: date => date.getUTCDate() - 1,
  getDayOfWeek: date => date.getUTCDay(),
  getDayOfYear: date => Math.floor((date.getTime() - yearStart(date)) / 86_400_000),
  getHours: date => date.getUTCHours(),
  getMinutes: date => date.getUTCMinutes(),
  getSeconds: date => date.getUTCSeconds(),
  getMilliseconds: date => date.getUTCMilliseconds(),
};

/** The same time of the first of January. */
function yearStart(date: Date): number {
  return new Date(date).setUTCMonth(0, 1);
}

const SPANS: { readonly [name: string]: bigint } = {
  getHours: 3_600_000n * MILLI,
  getMinutes: 60_000n * MILLI,
  getSeconds: 1_000n * MILLI,
};

function dateIn({ nanos }: Timestamp, zone: string): Date {
  const millis = Number((nanos - (nanos % MILLI + MILLI) % MILLI) / MILLI);
  return new Date(millis + offsetMinutes(zone, millis) * 60_000);
}

function offsetMinutes(zone: string, millis: number): number {
  const fixed = /^[-+]?\d\d:\d\d$/.test(zone) ? zoneMinutes(zone) : undefined;
  if (fixed !== undefined || zone === '' || zone === 'UTC') {
    return fixed ?? 0;
  }
  try {
    const local = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).format(millis);
    return zoneMinutes(/GMT([-+]\d\d:\d\d)?$/.exec(local)?.[1] ?? 'Z') ?? 0;
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
}

export const TIME: readonly Overload[] = [
  ...Object.entries(PARTS).flatMap(([name, part]) => [
    method(name, [TIMESTAMP], INT, (value: Timestamp) => part(dateIn(value, ''))),
    method(name, [TIMESTAMP, STRING], INT, (value: Timestamp, zone: string) => part(dateIn(value, zone))),
  ]),
  ...Object.entries(SPANS).map(([name, span]) => method(name, [DURATION], INT, (value: Duration) => toInt(BigInt(value.nanos) / span))),
  method('getMilliseconds', [DURATION], INT, (value: Duration) => toInt(BigInt(value.nanos) / MILLI)),
];
