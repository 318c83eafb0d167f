import { Compare, compareNumbers, ordering } from '../compare';
import { equality } from '../equality';
import { fn, generic, Overload } from '../overload';
import { BOOL, BYTES, CelType, DOUBLE, DURATION, DYN, INT, listOf, ListType, mapOf, STRING, TIMESTAMP, UINT } from '../type';
import { CelMap, mapEntry, unbox } from '../value';

const NUMBERS = [INT, UINT, DOUBLE];
const ORDERED = [STRING, BOOL, BYTES, DURATION, TIMESTAMP];

function comparisons(name: string, holds: (order: number) => boolean): Overload[] {
  const compared = (compare: Compare) => (a: unknown, b: unknown) => holds(compare(a, b));
  return [
    ...NUMBERS.flatMap(a => NUMBERS.map(b => fn(name, [a, b], BOOL, compared(compareNumbers as Compare)))),
    ...ORDERED.map(type => fn(name, [type, type], BOOL, compared(ordering(type)))),
  ];
}

/** Integers are compared most: by the machine. */
function integers(name: string, compare: (a: number, b: number) => boolean): Overload {
  return fn(name, [INT, INT], BOOL, compare);
}

function member([value, list]: readonly CelType[]): (item: unknown, list: unknown[]) => boolean {
  const { item } = list as ListType;
  if (value.kind === item.kind && ['string', 'bool', 'int'].includes(value.kind)) {
    return (one, all) => all.includes(one);
  }
  const equals = equality(item, value);
  return (one, all) => all.some(other => equals(other, one));
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
  generic(false, '==', [DYN, DYN], BOOL, ([a, b]) => equality(a, b)),
  generic(false, '!=', [DYN, DYN], BOOL, ([a, b]) => {
    const equals = equality(a, b);
    return (x: unknown, y: unknown) => !equals(x, y);
  }),
  generic(false, 'in', [DYN, listOf(DYN)], BOOL, member),
  fn('in', [DYN, mapOf(DYN, DYN)], BOOL, (key: unknown, map: CelMap) => mapEntry(map, unbox(key)) !== undefined),
  fn('!', [BOOL], BOOL, (value: boolean) => !value),
];
