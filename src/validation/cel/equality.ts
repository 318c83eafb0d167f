import { Int } from './int';
import { CelType, ListType, MapType, ObjectType } from './type';
import { Bytes, CelMap, Duration, fieldValue, mapEntry, mapKeys, Opaque, Optional, Timestamp, typeOfDyn, TypeValue, unbox } from './value';

export type Equals = (a: unknown, b: unknown) => boolean;

const NUMBERS = ['int', 'uint', 'double'];

/** The comparison of values that are themselves what they are: texts, truth values, integers. */
export const IDENTICAL: Equals = (a, b) => a === b;

/** How values of two types are compared; types that have nothing in common differ. */
export function equality(a: CelType, b: CelType): Equals {
  if (a.kind === 'dyn' || b.kind === 'dyn') {
    return dynEquality(a, b);
  }
  if (NUMBERS.includes(a.kind) && NUMBERS.includes(b.kind)) {
    return a.kind !== 'double' && b.kind !== 'double' || a.kind === b.kind ? IDENTICAL : (x, y) => sameNumber(x as Int, y as Int);
  }
  if (a.kind !== b.kind) {
    // A list, say, of a nullable field: what is null is told by the value.
    return a.kind === 'null' || b.kind === 'null' ? IDENTICAL : () => false;
  }
  switch (a.kind) {
    case 'list':
      return listEquality(a, b as ListType);
    case 'map':
      return mapEquality(a, b as MapType);
    case 'object':
      return objectEquality(a, b as ObjectType);
    case 'duration':
      return (x, y) => (x as Duration).nanos === (y as Duration).nanos;
    case 'timestamp':
      return (x, y) => (x as Timestamp).nanos === (y as Timestamp).nanos;
    case 'bytes':
      return (x, y) => Buffer.compare((x as Bytes).value, (y as Bytes).value) === 0;
    case 'type':
      return (x, y) => (x as TypeValue).name === (y as TypeValue).name;
    case 'optional':
      return optionalEquality(equality(a.item, (b as typeof a).item));
    case 'opaque':
      return (x, y) => (x as Opaque).type === (y as Opaque).type && (x as Opaque).equals(y as Opaque);
    default:
      return IDENTICAL;
  }
}

/** An integer beside a double is taken for a double. */
function sameNumber(a: Int, b: Int): boolean {
  return Number(a) === Number(b);
}

function dynEquality(a: CelType, b: CelType): Equals {
  return (x, y) => {
    const [left, right] = [a.kind === 'dyn' ? typeOfDyn(x) : a, b.kind === 'dyn' ? typeOfDyn(y) : b];
    return equality(left, right)(a.kind === 'dyn' ? unbox(x) : x, b.kind === 'dyn' ? unbox(y) : y);
  };
}

function listEquality(a: ListType, b: ListType): Equals {
  const equals = equality(a.item, b.item);
  if (a.unordered) {
    return (x, y) => sameLength(x, y) && (y as unknown[]).every(item => (x as unknown[]).some(other => equals(other, item)));
  }
  return (x, y) => sameLength(x, y) && (x as unknown[]).every((item, index) => equals(item, (y as unknown[])[index]));
}

function sameLength(x: unknown, y: unknown): boolean {
  return (x as unknown[]).length === (y as unknown[]).length;
}

function mapEquality(a: MapType, b: MapType): Equals {
  const [key, value] = [equality(a.key, b.key), equality(a.value, b.value)];
  return (x, y) => {
    const [left, right] = [mapKeys(x as CelMap), mapKeys(y as CelMap)];
    return left.length === right.length && left.every(name => {
      const other = right.find(candidate => key(name, candidate));
      return other !== undefined && value(mapEntry(x as CelMap, name), mapEntry(y as CelMap, other));
    });
  };
}

function objectEquality(a: ObjectType, b: ObjectType): Equals {
  const fields = [...a.fields].map(([escaped, field]) => ({ field, equals: equality(field.type, b.fields.get(escaped)?.type ?? field.type) }));
  return (x, y) => {
    const [left, right] = [x as Record<string, unknown>, y as Record<string, unknown>];
    return Object.keys(left).length === Object.keys(right).length && fields.every(({ field, equals }) => {
      const [one, other] = [fieldValue(left, field.name) ?? undefined, fieldValue(right, field.name) ?? undefined];
      return one === undefined || other === undefined ? one === other : equals(field.read(one), field.read(other));
    });
  };
}

function optionalEquality(equals: Equals): Equals {
  return (x, y) => {
    const [a, b] = [x as Optional, y as Optional];
    return a.present && b.present ? equals(a.value, b.value) : a.present === b.present;
  };
}
