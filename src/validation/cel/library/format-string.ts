import { CelError } from '../error';
import { Int } from '../int';
import { generic, Overload } from '../overload';
import { compareText } from '../text';
import { CelType, DYN, listOf, ListType, STRING, typeName } from '../type';
import { Bytes, CelMap, Double, Duration, mapEntry, mapKeys, Timestamp, toDyn, typeOfDyn, TypeValue, Uint } from '../value';
import { formatDuration, formatTimestamp, plainDouble } from './formatting';

const utf8 = (bytes: Bytes) => Buffer.from(bytes.value).toString('utf8');

function special(value: number): string | undefined {
  return Number.isFinite(value) ? undefined : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** `%s`: any value. */
function text(value: unknown): string {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(text).join(', ')}]`;
  }
  if (value instanceof Map) {
    const entries = mapKeys(value as CelMap).map(key => [text(key), text(mapEntry(value, key))] as const);
    return `{${entries.sort(([a], [b]) => compareText(a, b)).map(entry => entry.join(': ')).join(', ')}}`;
  }
  if (value instanceof Double || value instanceof Uint) {
    return decimal(value);
  }
  if (value instanceof Duration) {
    return formatDuration(value);
  }
  if (value instanceof Timestamp) {
    return formatTimestamp(value);
  }
  if (value instanceof TypeValue) {
    return value.name;
  }
  if (value instanceof Bytes) {
    return utf8(value);
  }
  throw unfit('string', 'strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps', value);
}

function unfit(clause: string, takes: string, value: unknown): CelError {
  return new CelError(`error during formatting: ${clause} clause can only be used on ${takes}, was given ${typeName(typeOfDyn(value))}`);
}

/** `%d`. */
function decimal(value: unknown): string {
  if (value instanceof Double) {
    return special(value.value) ?? plainDouble(value.value);
  }
  const integer = whole(value);
  if (integer === undefined) {
    throw unfit('decimal', 'integers and doubles', value);
  }
  return String(integer);
}

function whole(value: unknown): Int | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? value : value instanceof Uint ? value.value : undefined;
}

function double(clause: string, value: unknown): number {
  const number = value instanceof Double ? value.value : whole(value);
  if (number === undefined) {
    throw unfit(clause, 'integers and doubles', value);
  }
  return Number(number);
}

/** `%f`, which JavaScript writes with an exponent from 10^21 on. */
function fixed(value: unknown, precision: number): string {
  const number = double('fixed-point', value);
  return special(number) ?? (Math.abs(number) < 1e21 ? number.toFixed(precision) : `${BigInt(number)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`);
}

/** `%e`. */
function scientific(value: unknown, precision: number): string {
  const number = double('scientific', value);
  return special(number) ?? number.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2');
}

function based(clause: string, value: unknown, base: number): string {
  const integer = whole(value);
  if (integer === undefined) {
    throw unfit(clause, 'integers', value);
  }
  return integer.toString(base);
}

function binary(value: unknown): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : based('binary', value, 2);
}

function hex(value: unknown): string {
  if (typeof value === 'string' || value instanceof Bytes) {
    return Buffer.from(typeof value === 'string' ? value : value.value as never).toString('hex');
  }
  return based('hex', value, 16);
}

const CLAUSES: { readonly [clause: string]: (value: unknown, precision: number) => string } = {
  s: text,
  d: decimal,
  f: fixed,
  e: scientific,
  b: binary,
  x: hex,
  X: value => hex(value).toUpperCase(),
  o: value => based('octal', value, 8),
};

function format(pattern: string, args: readonly unknown[]): string {
  let next = 0;
  return pattern.replace(/%(?:%|(?:\.(\d+))?(.?))/gs, (clause, precision: string | undefined, verb: string) => {
    if (clause === '%%') {
      return '%';
    }
    if (verb === '') {
      throw new CelError('could not parse formatting clause: unexpected end of string');
    }
    if (!Object.hasOwn(CLAUSES, verb)) {
      throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
    }
    if (next >= args.length) {
      throw new CelError(`index ${next} out of range`);
    }
    return CLAUSES[verb](args[next++], Number(precision ?? 6));
  });
}

export const FORMAT_STRING: readonly Overload[] = [
  generic(true, 'format', [STRING, listOf(DYN)], STRING, ([, list]: readonly CelType[]) => {
    const { item } = list as ListType;
    return (pattern: string, args: readonly unknown[]) => format(pattern, item.kind === 'dyn' ? args : args.map(arg => toDyn(item, arg)));
  }),
];
