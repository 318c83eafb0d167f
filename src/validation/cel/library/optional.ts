import { CelError } from '../error';
import { fn, generic, method, Overload } from '../overload';
import { BOOL, BYTES, CelType, common, DOUBLE, DURATION, DYN, INT, listOf, ListType, mapOf, NONE, optionalOf, STRING, TIMESTAMP, UINT } from '../type';
import { Bytes, CelMap, Duration, mapKeys, Optional, Timestamp, toDyn } from '../value';

const ANY = optionalOf(DYN);

function itemOf(type: CelType): CelType {
  return type.kind === 'optional' ? type.item : DYN;
}

function required(optional: Optional): unknown {
  if (!optional.present) {
    throw new CelError('optional.none() dereference');
  }
  return optional.value;
}

/** What either value is, which is `dyn` when they differ. */
function eitherType([a, b]: readonly CelType[]): CelType {
  return common(itemOf(a), b);
}

function orValue(types: readonly CelType[]): (optional: Optional, value: unknown) => unknown {
  const [item, type] = [itemOf(types[0]), eitherType(types)];
  const wide = (own: CelType, value: unknown) => type.kind === 'dyn' ? toDyn(own, value) : value;
  return (optional, value) => optional.present ? wide(item, optional.value) : wide(types[1], value);
}

const unless = (empty: boolean, value: unknown) => empty ? Optional.NONE : Optional.of(value);

/** A value unless it is the zero of its type. */
const ZEROES: Overload[] = [
  ...[INT, UINT, DOUBLE].map(type => fn('optional.ofNonZeroValue', [type], optionalOf(type), (value: unknown) => unless(Number(value) === 0, value))),
  fn('optional.ofNonZeroValue', [STRING], optionalOf(STRING), (value: string) => unless(value === '', value)),
  fn('optional.ofNonZeroValue', [BOOL], optionalOf(BOOL), (value: boolean) => unless(!value, value)),
  fn('optional.ofNonZeroValue', [BYTES], optionalOf(BYTES), (value: Bytes) => unless(value.value.length === 0, value)),
  fn('optional.ofNonZeroValue', [DURATION], optionalOf(DURATION), (value: Duration) => unless(value.nanos === 0, value)),
  fn('optional.ofNonZeroValue', [TIMESTAMP], optionalOf(TIMESTAMP), (value: Timestamp) => unless(value.nanos === 0n, value)),
  fn('optional.ofNonZeroValue', [listOf(DYN)], ([list]) => optionalOf(list), (value: unknown[]) => unless(value.length === 0, value)),
  fn('optional.ofNonZeroValue', [mapOf(DYN, DYN)], ([map]) => optionalOf(map), (value: CelMap) => unless(mapKeys(value).length === 0, value)),
];

export const OPTIONAL: readonly Overload[] = [
  ...ZEROES,
  fn('optional.of', [DYN], ([type]) => optionalOf(type), (value: unknown) => Optional.of(value)),
  fn('optional.none', [], optionalOf(NONE), () => Optional.NONE),
  method('hasValue', [ANY], BOOL, (optional: Optional) => optional.present),
  method('value', [ANY], ([type]) => itemOf(type), required),
  generic(true, 'orValue', [ANY, DYN], eitherType, orValue),
  method('or', [ANY, ANY], ([a, b]) => common(a, b), (optional: Optional, other: Optional) => optional.present ? optional : other),
  fn('optional.unwrap', [listOf(ANY)], ([list]) => listOf(itemOf((list as ListType).item)), unwrap),
  method('unwrapOpt', [listOf(ANY)], ([list]) => listOf(itemOf((list as ListType).item)), unwrap),
];

function unwrap(list: Optional[]): unknown[] {
  return list.filter(optional => optional.present).map(optional => optional.value);
}
