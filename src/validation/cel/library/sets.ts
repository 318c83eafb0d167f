import { equality } from '../equality';
import { generic, Overload } from '../overload';
import { BOOL, CelType, DYN, listOf, ListType } from '../type';

type SetTest = (a: unknown[], b: unknown[]) => boolean;

/** Whether the left list holds all that the right one does. */
function contains([a, b]: readonly CelType[]): SetTest {
  const equals = equality((a as ListType).item, (b as ListType).item);
  return (left, right) => right.every(item => left.some(other => equals(other, item)));
}

function equivalent([a, b]: readonly CelType[]): SetTest {
  const [there, back] = [contains([a, b]), contains([b, a])];
  return (left, right) => there(left, right) && back(right, left);
}

function intersects([a, b]: readonly CelType[]): SetTest {
  const equals = equality((a as ListType).item, (b as ListType).item);
  return (left, right) => right.some(item => left.some(other => equals(other, item)));
}

const LISTS = [listOf(DYN), listOf(DYN)];

export const SETS: readonly Overload[] = [
  generic(false, 'sets.contains', LISTS, BOOL, contains),
  generic(false, 'sets.equivalent', LISTS, BOOL, equivalent),
  generic(false, 'sets.intersects', LISTS, BOOL, intersects),
];
