import { CelError } from './error';
import { decodeBase64, parseDate, parseDateTime, parseSchemaDuration } from './formats';
import { escapeName } from './names';
import { BOOL, BYTES, CelType, DOUBLE, DURATION, DYN, Field, INT, listOf, mapOf, ObjectType, Reader, STRING, TIMESTAMP } from './type';
import { toDyn } from './value';
import { CoreSchema } from '../schema/core';
import { Schema } from '../schema/schema';

const STRING_SCHEMA: Schema = { type: 'string' };

/** What rules see of a value, or undefined when they do not see it at all. */
export function schemaType(schema: Schema, root = schema['x-kubernetes-embedded-resource'] === true): CelType | undefined {
  if (schema['x-kubernetes-int-or-string']) {
    return DYN;
  }
  switch (schema.type) {
    case 'array':
      return arrayType(schema);
    case 'object':
      return typeof schema.additionalProperties === 'object' && !root ? mapType(schema.additionalProperties) : new SchemaObject(schema, root);
    case 'string':
      return FORMATS[schema.format ?? '']?.type ?? STRING;
    case 'boolean':
      return BOOL;
    case 'integer':
      return INT;
    case 'number':
      return DOUBLE;
    default:
      return undefined;
  }
}

function arrayType(schema: Schema): CelType | undefined {
  const item = schema.items && itemType(schema.items);
  if (!item) {
    return undefined;
  }
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return { ...listOf(item), unordered: 'set' };
    case 'map':
      return { ...listOf(item), unordered: schema['x-kubernetes-list-map-keys'] ?? [] };
    default:
      return listOf(item);
  }
}

function mapType(values: Schema): CelType | undefined {
  const value = itemType(values);
  return value && mapOf(STRING, value);
}

/** The type of an item: what may be null tells itself what it is. A field that is null is absent instead. */
function itemType(schema: Schema): CelType | undefined {
  return schema.nullable && schemaType(schema) ? DYN : schemaType(schema);
}

/** An object with the fields that its schema declares; they are looked at when a rule asks. */
class SchemaObject implements ObjectType {
  public readonly kind = 'object';
  private known?: ReadonlyMap<string, Field>;

  constructor(private readonly schema: Schema, private readonly root: boolean) {}

  public get fields(): ReadonlyMap<string, Field> {
    return this.known ??= new Map(Object.entries(this.properties()).flatMap(([name, property]) => {
      const [escaped, type] = [escapeName(name), schemaType(property)];
      return escaped !== undefined && type ? [[escaped, { name, type, read: reader(property) }] as const] : [];
    }));
  }

  /** The root of a resource has a type and a name, whether its schema says so or not. */
  private properties(): { readonly [name: string]: Schema } {
    const declared = this.schema.properties ?? {};
    if (!this.root) {
      return declared;
    }
    const names = declared.metadata?.properties;
    const metadata = names?.name && names.generateName
      ? declared.metadata
      : { type: 'object' as const, properties: { name: STRING_SCHEMA, generateName: STRING_SCHEMA } };
    return { ...declared, apiVersion: STRING_SCHEMA, kind: STRING_SCHEMA, metadata };
  }
}

interface Format {
  readonly type: CelType;
  readonly read: (text: string) => unknown;
}

const FORMATS: { readonly [format: string]: Format | undefined } = {
  'duration': { type: DURATION, read: parseSchemaDuration },
  'date': { type: TIMESTAMP, read: parseDate },
  'date-time': { type: TIMESTAMP, read: parseDateTime },
  'byte': { type: BYTES, read: decodeBase64 },
};

/** Makes of a property of plain data what its type says. */
export function reader(schema: CoreSchema): Reader {
  if (schema['x-quantity']) {
    return expecting(value => typeof value === 'string' || typeof value === 'number', 'a quantity');
  }
  if (schema['x-kubernetes-int-or-string']) {
    return expecting(value => typeof value === 'string' || Number.isInteger(value), 'XIntOrString value to be either a string or integer');
  }
  switch (schema.type) {
    case 'array':
      return arrayReader(schema.items ?? {});
    case 'object':
      return objectReader(schema);
    case 'string': {
      const string = expecting(value => typeof value === 'string', 'string');
      const format = FORMATS[schema.format ?? ''];
      return format ? value => format.read(string(value) as string) : string;
    }
    case 'boolean':
      return expecting(value => typeof value === 'boolean', 'bool');
    case 'integer':
      return readInt;
    default:
      return expecting(value => typeof value === 'number', 'float');
  }
}

function arrayReader(items: Schema): Reader {
  const array = expecting(Array.isArray, 'an array for the provided schema with type=array');
  const read = converting(items);
  return read ? value => (array(value) as unknown[]).map(read) : array;
}

function objectReader(schema: Schema): Reader {
  const object = expecting(value => typeof value === 'object' && value !== null && !Array.isArray(value), 'a map for the provided schema with type=object');
  const read = typeof schema.additionalProperties === 'object' ? converting(schema.additionalProperties) : undefined;
  return read ? value => new Map(Object.entries(object(value) as object).map(([key, entry]) => [key, read(entry)])) : object;
}

/** How an item is read, or undefined when it is taken as it stands. */
function converting(schema: Schema): Reader | undefined {
  const read = reader(schema);
  if (schema.nullable) {
    const type = schemaType(schema) ?? DYN;
    return value => value === null ? null : toDyn(type, read(value));
  }
  return isConverted(schema) ? read : undefined;
}

function isConverted(schema: Schema): boolean {
  switch (schema.type) {
    case 'string':
      return FORMATS[schema.format ?? ''] !== undefined;
    case 'array':
      return converting(schema.items ?? {}) !== undefined;
    case 'object':
      return typeof schema.additionalProperties === 'object' && converting(schema.additionalProperties) !== undefined;
    default:
      return false;
  }
}

/** An integer beyond what a number holds exactly is a bigint, as everywhere in expressions. */
function readInt(value: unknown): unknown {
  return Number.isSafeInteger(value) ? value : BigInt(isInteger(value) as number);
}

const isInteger = expecting(value => Number.isInteger(value) || typeof value === 'bigint', 'int');

function expecting(is: (value: unknown) => boolean, expected: string): Reader {
  return value => {
    if (!is(value)) {
      throw new CelError(`invalid data, expected ${expected}, got ${value === null ? 'null' : typeof value}`);
    }
    return value;
  };
}
