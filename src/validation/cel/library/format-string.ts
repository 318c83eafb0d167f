import { CelError } from '../error';
import { Int } from '../int';
import { generic, Overload } from '../overload';
import { compareText, quoted } from '../text';
import { CelType, DYN, listOf, ListType, STRING, typeName } from '../type';
import { Bytes, CelMap, Double, Duration, mapEntry, mapKeys, Timestamp, toDyn, typeOfDyn, TypeValue, Uint } from '../value';
import { fixedDigits, formatDouble, formatDuration, formatTimestamp } from './formatting';

const utf8 = (bytes: Bytes) => Buffer.from(bytes.value).toString('utf8');

/** `%s`: any value, as `string` writes it. */
function text(value: unknown): string {
  if (value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)) {
    return String(value);
  }
  if (value instanceof Double) {
    return formatDouble(value.value);
  }
  if (value instanceof Uint) {
    return String(value.value);
  }
  if (value instanceof Duration) {
    return formatDuration(value);
  }
  if (value instanceof Timestamp) {
    return formatTimestamp(value);
  }
  if (value instanceof Bytes) {
    return utf8(value);
  }
  if (value instanceof TypeValue) {
    return value.name;
  }
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(', ')}]`;
  }
  if (value instanceof Map) {
    const entries = mapKeys(value as CelMap).map(key => [literal(key), literal(mapEntry(value, key))] as const);
    return `{${entries.sort(([a], [b]) => compareText(a, b)).map(entry => entry.join(':')).join(', ')}}`;
  }
  throw unfit('string', 'strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps', value);
}

/** What is in a list or map is written as CEL writes it. */
function literal(value: unknown): string {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (value instanceof Double) {
    return Number.isFinite(value.value) ? fixedDigits(value.value, 6) : quoted(formatDouble(value.value));
  }
  if (value instanceof Bytes) {
    return `b${quoted(utf8(value))}`;
  }
  if (value instanceof Duration || value instanceof Timestamp) {
    return `${value instanceof Duration ? 'duration' : 'timestamp'}(${quoted(text(value))})`;
  }
  return text(value);
}

function unfit(clause: string, takes: string, value: unknown): CelError {
  return new CelError(`error during formatting: ${clause} clause can only be used on ${takes}, was given ${typeName(typeOfDyn(value))}`);
}

/** `%d`. */
function decimal(value: unknown): string {
  return based('decimal', value, 10);
}

function whole(value: unknown): Int | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? value : value instanceof Uint ? value.value : undefined;
}

const SPECIAL: { readonly [text: string]: number } = { 'NaN': NaN, 'Infinity': Infinity, '-Infinity': -Infinity };

function double(clause: string, value: unknown): number {
  if (value instanceof Double) {
    return value.value;
  }
  if (typeof value === 'string' && Object.hasOwn(SPECIAL, value)) {
    return SPECIAL[value];
  }
  throw unfit(clause, 'doubles', value);
}

function special(value: number): string | undefined {
  return Number.isFinite(value) ? undefined : Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
}

/** `%f`, as English has it: with commas between thousands. */
function fixed(value: unknown, precision: number): string {
  const number = double('fixed-point', value);
  return special(number) ?? fixedDigits(number, precision).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

/** `%e`, with a power of ten. */
function scientific(value: unknown, precision: number): string {
  const number = double('scientific', value);
  const [, mantissa, sign, exponent] = /^(.*)e([-+])(\d+)$/.exec(number.toExponential(Math.min(precision, 100))) ?? [];
  return special(number) ?? `${mantissa}\u202f×\u202f10${sign === '-' ? '⁻' : ''}${exponent.padStart(2, '0').replace(/\d/g, digit => SUPERSCRIPTS[Number(digit)])}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

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
