import { ordering } from '../compare';
import { equality, Equals } from '../equality';
import { CelError } from '../error';
import { add, Int } from '../int';
import { fn, generic, method, Overload } from '../overload';
import { BOOL, BYTES, CelType, DOUBLE, DURATION, DYN, INT, listOf, ListType, optionalOf, STRING, TIMESTAMP, UINT } from '../type';
import { Duration, Optional, typeOfDyn } from '../value';

const ORDERED = [INT, UINT, DOUBLE, BOOL, DURATION, TIMESTAMP, STRING, BYTES];

const itemOf = ([list]: readonly CelType[]) => (list as ListType).item;

function equalItems(types: readonly CelType[]): Equals {
  return equality(itemOf(types), types[1] ?? itemOf(types));
}

function extreme(name: string, type: CelType, wanted: 1 | -1): Overload {
  const compare = ordering(type);
  return method(name, [listOf(type)], type, (list: unknown[]) => {
    if (list.length === 0) {
      throw new CelError(`${name} called on empty list`);
    }
    return list.reduce((best, item) => compare(item, best) * wanted > 0 ? item : best);
  });
}

function isSorted(type: CelType): Overload {
  const compare = ordering(type);
  return method('isSorted', [listOf(type)], BOOL, (list: unknown[]) => list.every((item, at) => at === 0 || compare(list[at - 1], item) <= 0));
}

function sorted(type: CelType): Overload {
  const compare = ordering(type);
  return method('sort', [listOf(type)], listOf(type), (list: unknown[]) => [...list].sort(compare));
}

function slice(list: unknown[], start: Int, end: Int): unknown[] {
  if (start < 0 || end < 0) {
    throw new CelError(`cannot slice(${start}, ${end}), negative indexes not supported`);
  }
  if (start > end) {
    throw new CelError(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`);
  }
  if (end > list.length) {
    throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  }
  return list.slice(Number(start), Number(end));
}

/** A list of `dyn` tells its inner lists when it runs. */
function flatten(list: unknown[], item: CelType, depth: Int): unknown[] {
  return list.flatMap(entry => {
    const type = item.kind === 'dyn' ? typeOfDyn(entry) : item;
    return type.kind === 'list' && depth > 0 ? flatten(entry as unknown[], type.item, Number(depth) - 1) : [entry];
  });
}

function flattening(types: readonly CelType[]): (list: unknown[], depth?: Int) => unknown[] {
  return (list, depth = 1) => {
    if (depth < 0) {
      throw new CelError('level must be non-negative');
    }
    return flatten(list, itemOf(types), depth);
  };
}

function flattened(types: readonly CelType[]): CelType {
  const item = itemOf(types);
  return item.kind === 'list' && types.length === 1 ? item : item.kind === 'list' ? listOf(DYN) : types[0];
}

function distinct(types: readonly CelType[]): (list: unknown[]) => unknown[] {
  const equals = equalItems(types);
  return list => list.filter((item, at) => list.findIndex(other => equals(other, item)) === at);
}

function range(count: Int): number[] {
  if (count > 1_000_000) {
    throw new CelError(`range size ${count} exceeds the cost limit`);
  }
  return Array.from({ length: Math.max(0, Number(count)) }, (_, at) => at);
}

const SUMS: Overload[] = [
  method('sum', [listOf(INT)], INT, (list: Int[]) => list.reduce((sum, item) => add(sum, item), 0)),
  method('sum', [listOf(UINT)], UINT, (list: Int[]) => list.reduce((sum, item) => add(sum, item, 'uint'), 0)),
  method('sum', [listOf(DOUBLE)], DOUBLE, (list: number[]) => list.reduce((sum, item) => sum + item, 0)),
  method('sum', [listOf(DURATION)], DURATION, (list: Duration[]) => new Duration(list.reduce<Int>((sum, item) => add(sum, item.nanos), 0))),
];

const ANY = listOf(DYN);

export const LISTS: readonly Overload[] = [
  ...SUMS,
  ...ORDERED.flatMap(type => [extreme('max', type, 1), extreme('min', type, -1), isSorted(type), sorted(type)]),
  generic(true, 'indexOf', [ANY, DYN], INT, types => {
    const equals = equalItems(types);
    return (list: unknown[], item: unknown) => list.findIndex(other => equals(other, item));
  }),
  generic(true, 'lastIndexOf', [ANY, DYN], INT, types => {
    const equals = equalItems(types);
    return (list: unknown[], item: unknown) => list.reduce<number>((found, other, at) => equals(other, item) ? at : found, -1);
  }),
  method('slice', [ANY, INT, INT], ([list]) => list, slice),
  generic(true, 'flatten', [ANY], flattened, flattening),
  generic(true, 'flatten', [ANY, INT], flattened, flattening),
  generic(true, 'distinct', [ANY], ([list]) => list, distinct),
  method('reverse', [ANY], ([list]) => list, (list: unknown[]) => [...list].reverse()),
  method('first', [ANY], types => optionalOf(itemOf(types)), (list: unknown[]) => list.length === 0 ? Optional.NONE : Optional.of(list[0])),
  method('last', [ANY], types => optionalOf(itemOf(types)), (list: unknown[]) => list.length === 0 ? Optional.NONE : Optional.of(list[list.length - 1])),
  fn('lists.range', [INT], listOf(INT), range),
];
