import { Int } from './int';
import { CelType, DYN, INT, ListType, listOf, mapOf, MapType, NULL, ObjectType, STRING, BOOL, optionalOf } from './type';

/**
 * What expressions work on. A value whose type is known needs no mark: integers and doubles are both numbers, lists and objects are the plain data.
 * A value of type `dyn` says itself what it is: doubles and unsigned integers are boxed, maps are `Map`s.
 */
export class Double {
  constructor(public readonly value: number) {}
}

export class Uint {
  constructor(public readonly value: Int) {}
}

export class Bytes {
  constructor(public readonly value: Uint8Array) {}
}

/** Nanoseconds. */
export class Duration {
  constructor(public readonly nanos: Int) {}
}

/** Nanoseconds since 1970. */
export class Timestamp {
  constructor(public readonly nanos: bigint) {}
}

export class TypeValue {
  constructor(public readonly name: string) {}
}

export class Optional {
  public static readonly NONE = new Optional(undefined, false);

  public static of(value: unknown): Optional {
    return new Optional(value, true);
  }

  private constructor(public readonly value: unknown, public readonly present: boolean) {}
}

/** A value of one of the libraries: a URL, a quantity. */
export abstract class Opaque {
  public abstract readonly type: CelType;

  public abstract equals(other: this): boolean;
}

/** A map is a `Map`, or plain data with keys of its own. */
export type CelMap = Map<unknown, unknown> | Record<string, unknown>;

export function mapEntry(map: CelMap, key: unknown): unknown {
  if (map instanceof Map) {
    return map.get(key);
  }
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined;
}

export function mapKeys(map: CelMap): unknown[] {
  return map instanceof Map ? [...map.keys()] : Object.keys(map);
}

/** The value with its type in it, down to the last item. */
export function toDyn(type: CelType, value: unknown): unknown {
  switch (type.kind) {
    case 'double':
      return typeof value === 'number' ? new Double(value) : value;
    case 'uint':
      return new Uint(value as Int);
    case 'list':
      return isSelfTold(type.item) ? value : (value as unknown[]).map(item => toDyn(type.item, item));
    case 'map':
      return mapToDyn(type, value as CelMap);
    case 'object':
      return objectToDyn(type, value as Record<string, unknown>);
    case 'optional': {
      const optional = value as Optional;
      return optional.present ? Optional.of(toDyn(type.item, optional.value)) : optional;
    }
    default:
      return value;
  }
}

/** Whether a value of the type is the same when it is `dyn`. */
function isSelfTold(type: CelType): boolean {
  return !['double', 'uint', 'list', 'map', 'object', 'optional'].includes(type.kind);
}

function mapToDyn(type: MapType, map: CelMap): Map<unknown, unknown> {
  return new Map(mapKeys(map).map(key => [toDyn(type.key, key), toDyn(type.value, mapEntry(map, key))]));
}

function objectToDyn(type: ObjectType, object: Record<string, unknown>): Map<unknown, unknown> {
  const result = new Map<unknown, unknown>();
  type.fields.forEach((field, escaped) => {
    const value = fieldValue(object, field.name);
    if (value !== undefined && value !== null) {
      result.set(escaped, toDyn(field.type, field.read(value)));
    }
  });
  return result;
}

export function fieldValue(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const DYN_LIST: ListType = listOf(DYN);
const DYN_MAP: MapType = mapOf(DYN, DYN);
const DYN_OPTIONAL = optionalOf(DYN);
const BOXED: [Function, CelType][] = [
  [Double, { kind: 'double' }], [Uint, { kind: 'uint' }], [Bytes, { kind: 'bytes' }], [Duration, { kind: 'duration' }], [Timestamp, { kind: 'timestamp' }],
  [TypeValue, { kind: 'type' }], [Optional, DYN_OPTIONAL], [Map, DYN_MAP],
];

/** What a `dyn` value is. */
export function typeOfDyn(value: unknown): CelType {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
    case 'bigint':
      return INT;
    case 'boolean':
      return BOOL;
    default:
      if (value === null) {
        return NULL;
      }
      if (Array.isArray(value)) {
        return DYN_LIST;
      }
      return value instanceof Opaque ? value.type : BOXED.find(([box]) => value instanceof box)?.[1] ?? DYN_MAP;
  }
}

/** The value without the mark of its type, which the caller knows. */
export function unbox(value: unknown): unknown {
  return value instanceof Double || value instanceof Uint ? value.value : value;
}
