import { equality } from '../equality';
import { CelError } from '../error';
import { add, divide, Int, modulo, multiply, negate, subtract } from '../int';
import { fn, generic, Overload } from '../overload';
import { BYTES, CelType, DOUBLE, DURATION, DYN, INT, listOf, ListType, NONE, STRING, TIMESTAMP, UINT } from '../type';
import { Bytes, Duration, Timestamp, toDyn } from '../value';

const FIRST_NANO = -62135596800n * 1_000_000_000n;
const LAST_NANO = 253402300799n * 1_000_000_000n + 999_999_999n;

export function timestamp(nanos: bigint): Timestamp {
  if (nanos < FIRST_NANO || nanos > LAST_NANO) {
    throw new CelError('timestamp overflow');
  }
  return new Timestamp(nanos);
}

/** Either list, when the other one is empty; `dyn` when they differ. */
function listSum([a, b]: readonly CelType[]): CelType {
  const [left, right] = [a as ListType, b as ListType];
  if (right.item === NONE || sameItems(left, right)) {
    return left;
  }
  return left.item === NONE ? right : listOf(DYN);
}

function sameItems(a: ListType, b: ListType): boolean {
  return a.item === b.item || a.item.kind === b.item.kind && !['list', 'map', 'object', 'optional'].includes(a.item.kind);
}

function concatenation(types: readonly CelType[]): (a: unknown[], b: unknown[]) => unknown[] {
  const [a, b] = types as [ListType, ListType];
  if (a.unordered) {
    return union(a, equality(a.item, b.item));
  }
  return (listSum(types) as ListType).item === DYN && !sameItems(a, b)
    ? (left, right) => [...left.map(item => toDyn(a.item, item)), ...right.map(item => toDyn(b.item, item))]
    : (left, right) => [...left, ...right];
}

/** Items of the right replace those of the left that have their keys, or are the same. */
function union(list: ListType, same: (a: unknown, b: unknown) => boolean): (a: unknown[], b: unknown[]) => unknown[] {
  const keys = Array.isArray(list.unordered) ? list.unordered as readonly string[] : undefined;
  const matches = keys
    ? (a: unknown, b: unknown) => keys.every(key => (a as Record<string, unknown>)[key] === (b as Record<string, unknown>)[key])
    : same;
  return (left, right) => {
    const result = [...left];
    for (const item of right) {
      const at = result.findIndex(other => matches(other, item));
      result[at < 0 ? result.length : at] = item;
    }
    return result;
  };
}

export const ARITHMETIC: readonly Overload[] = [
  fn('+', [INT, INT], INT, (a: Int, b: Int) => add(a, b)),
  fn('+', [UINT, UINT], UINT, (a: Int, b: Int) => add(a, b, 'uint')),
  fn('+', [DOUBLE, DOUBLE], DOUBLE, (a: number, b: number) => a + b),
  fn('+', [STRING, STRING], STRING, (a: string, b: string) => a + b),
  fn('+', [BYTES, BYTES], BYTES, (a: Bytes, b: Bytes) => new Bytes(Buffer.concat([a.value, b.value]))),
  fn('+', [DURATION, DURATION], DURATION, (a: Duration, b: Duration) => new Duration(add(a.nanos, b.nanos))),
  fn('+', [TIMESTAMP, DURATION], TIMESTAMP, (a: Timestamp, b: Duration) => timestamp(a.nanos + BigInt(b.nanos))),
  fn('+', [DURATION, TIMESTAMP], TIMESTAMP, (a: Duration, b: Timestamp) => timestamp(BigInt(a.nanos) + b.nanos)),
  generic(false, '+', [listOf(DYN), listOf(DYN)], listSum, concatenation),
  fn('-', [INT, INT], INT, (a: Int, b: Int) => subtract(a, b)),
  fn('-', [UINT, UINT], UINT, (a: Int, b: Int) => subtract(a, b, 'uint')),
  fn('-', [DOUBLE, DOUBLE], DOUBLE, (a: number, b: number) => a - b),
  fn('-', [DURATION, DURATION], DURATION, (a: Duration, b: Duration) => new Duration(subtract(a.nanos, b.nanos))),
  fn('-', [TIMESTAMP, DURATION], TIMESTAMP, (a: Timestamp, b: Duration) => timestamp(a.nanos - BigInt(b.nanos))),
  fn('-', [TIMESTAMP, TIMESTAMP], DURATION, (a: Timestamp, b: Timestamp) => new Duration(subtract(a.nanos, b.nanos))),
  fn('*', [INT, INT], INT, (a: Int, b: Int) => multiply(a, b)),
  fn('*', [UINT, UINT], UINT, (a: Int, b: Int) => multiply(a, b, 'uint')),
  fn('*', [DOUBLE, DOUBLE], DOUBLE, (a: number, b: number) => a * b),
  fn('/', [INT, INT], INT, (a: Int, b: Int) => divide(a, b)),
  fn('/', [UINT, UINT], UINT, (a: Int, b: Int) => divide(a, b, 'uint')),
  fn('/', [DOUBLE, DOUBLE], DOUBLE, (a: number, b: number) => a / b),
  fn('%', [INT, INT], INT, (a: Int, b: Int) => modulo(a, b)),
  fn('%', [UINT, UINT], UINT, (a: Int, b: Int) => modulo(a, b, 'uint')),
  fn('negate', [INT], INT, (a: Int) => negate(a)),
  fn('negate', [DOUBLE], DOUBLE, (a: number) => -a),
];
