import { CelCompileError, CelError, noSuchOverload } from './error';
import { Int } from './int';
import { isReserved } from './names';
import { folded, Node, Run } from './node';
import { BOOL, CelType, DYN, Field, ListType, MapType, ObjectType, optionalOf, typeName } from './type';
import { CelMap, Double, mapEntry, Optional, typeOfDyn, unbox } from './value';

/** Finds something in a value: undefined when it is not there. */
type Find = (value: unknown, variables: unknown[]) => unknown;

interface Access {
  readonly type: CelType;
  readonly find: Find;
}

export function field(operand: Node, name: string): Node {
  return required(operand, type => fieldAccess(type, name), () => `no such key: ${name}`);
}

export function optionalField(operand: Node, name: string): Node {
  return optional(operand, type => fieldAccess(type, name));
}

export function index(operand: Node, key: Node): Node {
  return folded(required(operand, type => indexAccess(type, key), (value, variables) => {
    const at = String(unbox(key.run(variables)));
    return Array.isArray(value) ? `index out of bounds: ${at}` : `no such key: ${at}`;
  }), [operand, key]);
}

export function optionalIndex(operand: Node, key: Node): Node {
  return optional(operand, type => indexAccess(type, key));
}

/** What `has` says of a field. */
export function present(operand: Node, name: string): Node {
  const type = operand.type.kind === 'optional' ? operand.type.item : operand.type;
  // What is no map has no fields either.
  const { find } = type.kind === 'dyn' ? { find: (value: unknown) => value instanceof Map ? mapEntry(value, name) : undefined } : fieldAccess(type, name);
  const { run } = operand;
  return operand.type.kind === 'optional'
    ? { type: BOOL, run: variables => (run(variables) as Optional).present && find((run(variables) as Optional).value, variables) !== undefined }
    : { type: BOOL, run: variables => find(run(variables), variables) !== undefined };
}

function required(operand: Node, access: (type: CelType) => Access, missing: (value: unknown, variables: unknown[]) => string): Node {
  if (operand.type.kind === 'optional') {
    return optional(operand, access);
  }
  const { type, find } = access(operand.type);
  const { run } = operand;
  return {
    type,
    run: variables => {
      const value = run(variables);
      const found = find(value, variables);
      if (found === undefined) {
        throw new CelError(missing(value, variables));
      }
      return found;
    },
  };
}

/** A part of an optional value is optional. */
function optional(operand: Node, access: (type: CelType) => Access): Node {
  const own = operand.type;
  const { type, find } = access(own.kind === 'optional' ? own.item : own);
  const value: Run = own.kind === 'optional'
    ? variables => {
      const holder = operand.run(variables) as Optional;
      return holder.present ? holder.value : undefined;
    }
    : operand.run;
  return {
    type: optionalOf(type),
    run: variables => {
      const container = value(variables);
      const found = container === undefined ? undefined : find(container, variables);
      return found === undefined ? Optional.NONE : Optional.of(found);
    },
  };
}

function fieldAccess(type: CelType, name: string): Access {
  switch (type.kind) {
    case 'object':
      return objectAccess(declared(type, name));
    case 'map':
      return { type: type.value, find: value => mapEntry(value as CelMap, name) };
    case 'dyn':
      return { type: DYN, find: value => mapEntry(dynMap(value), name) };
    default:
      throw new CelCompileError(`type '${typeName(type)}' does not support field selection`);
  }
}

function declared(type: ObjectType, name: string): Field {
  const known = type.fields.get(name) ?? (isReserved(name) ? type.fields.get(`__${name}__`) : undefined);
  if (!known) {
    throw new CelCompileError(`undefined field '${name}'`);
  }
  return known;
}

/** A field that is null is taken as absent. */
function objectAccess({ name, type, read }: Field): Access {
  if (name in Object.prototype) {
    return { type, find: value => Object.hasOwn(value as object, name) ? readPresent(read, (value as Record<string, unknown>)[name]) : undefined };
  }
  return {
    type,
    find: value => {
      const found = (value as Record<string, unknown>)[name];
      return found === undefined || found === null ? undefined : read(found);
    },
  };
}

function readPresent(read: (value: unknown) => unknown, value: unknown): unknown {
  return value === undefined || value === null ? undefined : read(value);
}

function dynMap(value: unknown): CelMap {
  if (!(value instanceof Map)) {
    throw noSuchOverload();
  }
  return value;
}

function indexAccess(type: CelType, key: Node): Access {
  switch (type.kind) {
    case 'list':
      return listAccess(type, key);
    case 'map':
      return mapAccess(type, key);
    case 'dyn':
      return { type: DYN, find: (value, variables) => dynIndex(value, key.run(variables), key.type) };
    default:
      throw new CelCompileError(`found no matching overload for '_[_]' applied to '(${typeName(type)}, ${typeName(key.type)})'`);
  }
}

function listAccess(type: ListType, { type: keyType, run }: Node): Access {
  if (keyType.kind !== 'int' && keyType.kind !== 'dyn') {
    throw new CelCompileError(`found no matching overload for '_[_]' applied to '(${typeName(type)}, ${typeName(keyType)})'`);
  }
  return { type: type.item, find: (list, variables) => (list as unknown[])[position(run(variables))] };
}

function mapAccess(type: MapType, { run }: Node): Access {
  return { type: type.value, find: (map, variables) => mapEntry(map as CelMap, unbox(run(variables))) };
}

function position(key: unknown): number {
  const at = unbox(key);
  if (typeof at !== 'number' && typeof at !== 'bigint' || key instanceof Double && !Number.isInteger(at)) {
    throw new CelError(`unsupported index: ${String(at)}`);
  }
  return Number(at as Int);
}

function dynIndex(value: unknown, key: unknown, type: CelType): unknown {
  const kind = typeOfDyn(value).kind;
  if (kind === 'list') {
    return (value as unknown[])[position(type.kind === 'double' ? new Double(key as number) : key)];
  }
  return mapEntry(dynMap(value), unbox(key));
}
