/** What is known of an expression before it runs. */
export type CelType =
  | { readonly kind: ScalarKind }
  | ListType
  | MapType
  | ObjectType
  | { readonly kind: 'optional'; readonly item: CelType }
  | { readonly kind: 'opaque'; readonly name: string };

type ScalarKind = 'dyn' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'null' | 'timestamp' | 'duration' | 'type';

export interface ListType {
  readonly kind: 'list';
  readonly item: CelType;
  /** How two lists are the same, and what `+` makes of them: by what they hold, or by keys. */
  readonly unordered?: 'set' | readonly string[];
}

export interface MapType {
  readonly kind: 'map';
  readonly key: CelType;
  readonly value: CelType;
}

export interface ObjectType {
  readonly kind: 'object';
  /** By the name that rules use, which is escaped. */
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly name: string;
  readonly type: CelType;
  readonly read: Reader;
}

/** Makes of plain data what the type says; throws where the data has another type. */
export type Reader = (value: unknown) => unknown;

export const DYN: CelType = { kind: 'dyn' };
export const BOOL: CelType = { kind: 'bool' };
export const INT: CelType = { kind: 'int' };
export const UINT: CelType = { kind: 'uint' };
export const DOUBLE: CelType = { kind: 'double' };
export const STRING: CelType = { kind: 'string' };
export const BYTES: CelType = { kind: 'bytes' };
export const NULL: CelType = { kind: 'null' };
export const TIMESTAMP: CelType = { kind: 'timestamp' };
export const DURATION: CelType = { kind: 'duration' };
export const TYPE: CelType = { kind: 'type' };

export function listOf(item: CelType): ListType {
  return { kind: 'list', item };
}

export function mapOf(key: CelType, value: CelType): MapType {
  return { kind: 'map', key, value };
}

export function optionalOf(item: CelType): CelType {
  return { kind: 'optional', item };
}

export function opaque(name: string): CelType {
  return { kind: 'opaque', name };
}

/** Whether a value of one type may go where the other is asked for; `dyn` says so only when it runs. */
export function assignable(from: CelType, to: CelType): boolean {
  if (from.kind === 'dyn' || to.kind === 'dyn') {
    return true;
  }
  if (from.kind !== to.kind) {
    return false;
  }
  switch (from.kind) {
    case 'list':
      return assignable(from.item, (to as ListType).item);
    case 'map':
      return assignable(from.key, (to as MapType).key) && assignable(from.value, (to as MapType).value);
    case 'optional':
      return assignable(from.item, (to as { item: CelType }).item);
    case 'opaque':
      return from.name === (to as { name: string }).name;
    case 'object':
      return from.fields === (to as ObjectType).fields;
    default:
      return true;
  }
}

/** What both are: the type itself, or `dyn`. */
export function common(a: CelType, b: CelType): CelType {
  if (a === b || sameType(a, b)) {
    return a;
  }
  if (isEmpty(a) && a.kind === b.kind) {
    return b;
  }
  return isEmpty(b) && a.kind === b.kind ? a : DYN;
}

/** `[]`, `{}` or `optional.none()`: their items are of any type. */
function isEmpty(type: CelType): boolean {
  return (type.kind === 'list' || type.kind === 'optional') && type.item === NONE || type.kind === 'map' && type.value === NONE;
}

/** The items of what holds none. */
export const NONE: CelType = { kind: 'dyn' };

export function sameType(a: CelType, b: CelType): boolean {
  if (a.kind !== b.kind) {
    return false;
  }
  switch (a.kind) {
    case 'list':
      return sameType(a.item, (b as ListType).item);
    case 'map':
      return sameType(a.key, (b as MapType).key) && sameType(a.value, (b as MapType).value);
    case 'optional':
      return sameType(a.item, (b as { item: CelType }).item);
    case 'opaque':
      return a.name === (b as { name: string }).name;
    case 'object':
      return a.fields === (b as ObjectType).fields;
    default:
      return true;
  }
}

/** The name as CEL writes it. */
export function typeName(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${typeName(type.item)})`;
    case 'map':
      return `map(${typeName(type.key)}, ${typeName(type.value)})`;
    case 'optional':
      return `optional_type(${typeName(type.item)})`;
    case 'opaque':
      return type.name;
    case 'null':
      return 'null_type';
    case 'timestamp':
      return 'google.protobuf.Timestamp';
    case 'duration':
      return 'google.protobuf.Duration';
    default:
      return type.kind;
  }
}
