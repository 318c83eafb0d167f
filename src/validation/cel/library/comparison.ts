import { Compare, compareNumbers, ordering } from '../compare';
import { equality } from '../equality';
import { CelCompileError } from '../error';
import { fn, generic, Overload } from '../overload';
import { assignable, BOOL, BYTES, CelType, DOUBLE, DURATION, DYN, INT, listOf, ListType, mapOf, STRING, TIMESTAMP, typeName, UINT } from '../type';
import { CelMap, mapEntry, unbox } from '../value';

const NUMBERS = [INT, UINT, DOUBLE];
const ORDERED = [STRING, BOOL, BYTES, DURATION, TIMESTAMP];

function comparisons(name: string, holds: (order: number) => boolean): Overload[] {
  const compared = (compare: Compare) => (a: unknown, b: unknown) => holds(compare(a, b));
  return [
    ...NUMBERS.flatMap(a => NUMBERS.map(b => fn(name, [a, b], BOOL, compared(a === b ? compareNumbers as Compare : compareMixed(a, b))))),
    ...ORDERED.map(type => fn(name, [type, type], BOOL, compared(ordering(type)))),
  ];
}

/** An integer beside a double is taken for a double, which may cost its last digits. */
function compareMixed(a: CelType, b: CelType): Compare {
  const asDouble = a === DOUBLE || b === DOUBLE;
  return asDouble ? (x, y) => compareNumbers(Number(x), Number(y)) : compareNumbers as Compare;
}

/** Integers are compared most: by the machine. */
function integers(name: string, compare: (a: number, b: number) => boolean): Overload {
  return fn(name, [INT, INT], BOOL, compare);
}

/** Values of types that have nothing in common are not compared at all: a rule that does it is not taken. */
function equals([a, b]: readonly CelType[]): (x: unknown, y: unknown) => boolean {
  if (!assignable(a, b) && !assignable(b, a) && a.kind !== 'null' && b.kind !== 'null') {
    throw new CelCompileError(`found no matching overload for '_==_' applied to '(${typeName(a)}, ${typeName(b)})'`);
  }
  return equality(a, b);
}

function member([value, list]: readonly CelType[]): (item: unknown, list: unknown[]) => boolean {
  const { item } = list as ListType;
  if (value.kind === item.kind && ['string', 'bool', 'int'].includes(value.kind)) {
    return (one, all) => all.includes(one);
  }
  const same = equals([item, value]);
  return (one, all) => all.some(other => same(other, one));
}

export const COMPARISON: readonly Overload[] = [
  integers('<', (a, b) => a < b),
  integers('<=', (a, b) => a <= b),
  integers('>', (a, b) => a > b),
  integers('>=', (a, b) => a >= b),
  ...comparisons('<', order => order < 0),
  ...comparisons('<=', order => order <= 0),
  ...comparisons('>', order => order > 0),
  ...comparisons('>=', order => order >= 0),
  generic(false, '==', [DYN, DYN], BOOL, equals),
  generic(false, '!=', [DYN, DYN], BOOL, types => {
    const same = equals(types);
    return (x: unknown, y: unknown) => !same(x, y);
  }),
  generic(false, 'in', [DYN, listOf(DYN)], BOOL, member),
  fn('in', [DYN, mapOf(DYN, DYN)], BOOL, (key: unknown, map: CelMap) => mapEntry(map, unbox(key)) !== undefined),
  fn('!', [BOOL], BOOL, (value: boolean) => !value),
];
