import { CelError } from '../error';
import { parseGoDuration, parseTimestamp } from '../formats';
import { Int, toInt, truncate } from '../int';
import { fn, generic, Overload } from '../overload';
import { BOOL, BYTES, CelType, DOUBLE, DURATION, DYN, INT, STRING, TIMESTAMP, TYPE, typeName, UINT } from '../type';
import { Bytes, Duration, Timestamp, toDyn, typeOfDyn, TypeValue } from '../value';
import { timestamp } from './arithmetic';
import { formatDouble, formatDuration, formatTimestamp } from './formatting';

function unconverted(type: string): CelError {
  return new CelError(`type conversion error from 'string' to '${type}'`);
}

function parseInteger(text: string, bounds: 'int' | 'uint'): Int {
  if (!(bounds === 'int' ? /^[-+]?\d+$/ : /^\d+$/).test(text)) {
    throw unconverted(bounds);
  }
  return toInt(BigInt(text.replace('+', '')), bounds, unconverted(bounds).message);
}

function parseDouble(text: string): number {
  const special = /^([-+]?)(?:inf|infinity|(nan))$/i.exec(text);
  if (special) {
    return special[2] ? NaN : special[1] === '-' ? -Infinity : Infinity;
  }
  const value = Number(text);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
    throw unconverted('double');
  }
  return value;
}

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

function parseBool(text: string): boolean {
  if (!TRUE.includes(text) && !FALSE.includes(text)) {
    throw unconverted('bool');
  }
  return TRUE.includes(text);
}

function parseDuration(text: string): Duration {
  const duration = parseGoDuration(text);
  if (!duration) {
    throw unconverted(typeName(DURATION));
  }
  return duration;
}

function toTimestamp(text: string): Timestamp {
  const parsed = parseTimestamp(text);
  if (!parsed) {
    throw unconverted(typeName(TIMESTAMP));
  }
  return timestamp(parsed.nanos);
}

function decodeUtf8(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.value);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

function typeOf([type]: readonly CelType[]): (value: unknown) => TypeValue {
  return type.kind === 'dyn' ? value => new TypeValue(plainName(typeOfDyn(value))) : () => new TypeValue(plainName(type));
}

/** A type without its parameters. */
function plainName(type: CelType): string {
  return type.kind === 'list' || type.kind === 'map' ? type.kind : type.kind === 'object' ? 'map' : typeName(type).split('(')[0];
}

const SECOND = 1_000_000_000n;

export const CONVERSIONS: readonly Overload[] = [
  fn('int', [INT], INT, (value: Int) => value),
  fn('int', [UINT], INT, (value: Int) => toInt(BigInt(value))),
  fn('int', [DOUBLE], INT, (value: number) => truncate(value)),
  fn('int', [STRING], INT, (text: string) => parseInteger(text, 'int')),
  fn('int', [TIMESTAMP], INT, (value: Timestamp) => toInt(BigInt.asIntN(64, (value.nanos - mod(value.nanos, SECOND)) / SECOND))),
  fn('int', [DURATION], INT, (value: Duration) => value.nanos),
  fn('uint', [UINT], UINT, (value: Int) => value),
  fn('uint', [INT], UINT, (value: Int) => toInt(BigInt(value), 'uint')),
  fn('uint', [DOUBLE], UINT, (value: number) => truncate(value, 'uint')),
  fn('uint', [STRING], UINT, (text: string) => parseInteger(text, 'uint')),
  fn('double', [DOUBLE], DOUBLE, (value: number) => value),
  fn('double', [INT], DOUBLE, (value: Int) => Number(value)),
  fn('double', [UINT], DOUBLE, (value: Int) => Number(value)),
  fn('double', [STRING], DOUBLE, parseDouble),
  fn('bool', [BOOL], BOOL, (value: boolean) => value),
  fn('bool', [STRING], BOOL, parseBool),
  fn('string', [STRING], STRING, (value: string) => value),
  fn('string', [BOOL], STRING, (value: boolean) => String(value)),
  fn('string', [INT], STRING, (value: Int) => String(value)),
  fn('string', [UINT], STRING, (value: Int) => String(value)),
  fn('string', [DOUBLE], STRING, formatDouble),
  fn('string', [BYTES], STRING, decodeUtf8),
  fn('string', [DURATION], STRING, formatDuration),
  fn('string', [TIMESTAMP], STRING, formatTimestamp),
  fn('bytes', [BYTES], BYTES, (value: Bytes) => value),
  fn('bytes', [STRING], BYTES, (text: string) => new Bytes(Buffer.from(text))),
  fn('duration', [STRING], DURATION, parseDuration),
  fn('duration', [DURATION], DURATION, (value: Duration) => value),
  fn('duration', [INT], DURATION, (nanos: Int) => new Duration(nanos)),
  fn('timestamp', [STRING], TIMESTAMP, toTimestamp),
  fn('timestamp', [TIMESTAMP], TIMESTAMP, (value: Timestamp) => value),
  fn('timestamp', [INT], TIMESTAMP, (seconds: Int) => timestamp(BigInt(seconds) * SECOND)),
  generic(false, 'type', [DYN], TYPE, typeOf),
  generic(false, 'dyn', [DYN], DYN, ([type]) => (value: unknown) => toDyn(type, value)),
];

function mod(value: bigint, by: bigint): bigint {
  return (value % by + by) % by;
}
