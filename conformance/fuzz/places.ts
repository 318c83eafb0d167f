import type { Schema } from '../../src/validation/schema/schema';

export type Path = readonly (string | number)[];

/** A value of an object, and the schema that it has to obey. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly schema: Schema;
}

export type Fields = { [name: string]: unknown };

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value that a schema speaks of; metadata of the object itself is left out, since its schema says nothing. */
export function placesOf(value: unknown, schema: Schema, path: Path = []): Place[] {
  const below: Place[] = [];
  if (Array.isArray(value) && schema.items) {
    value.forEach((item, i) => below.push(...placesOf(item, schema.items!, [...path, i])));
  } else if (isObject(value)) {
    for (const [name, field] of Object.entries(value)) {
      const known = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties![name] : schema.additionalProperties;
      if (typeof known === 'object' && !(path.length === 0 && ['apiVersion', 'kind', 'metadata'].includes(name))) {
        below.push(...placesOf(field, known, [...path, name]));
      }
    }
  }
  return [{ path, value, schema }, ...below];
}

export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Sets a field even where its name means something to JavaScript. */
export function setField(fields: Fields, name: string, value: unknown): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

function parentOf(root: unknown, path: Path): Fields | unknown[] {
  return path.slice(0, -1).reduce((value, step) => (value as Fields)[step], root) as Fields | unknown[];
}

/** A copy in which the value at a path is another; without one, it is gone. */
export function changed(root: unknown, path: Path, ...value: [unknown?]): unknown {
  if (path.length === 0) {
    return copy(value[0]);
  }
  const result = copy(root);
  const parent = parentOf(result, path);
  const last = path[path.length - 1];
  if (Array.isArray(parent)) {
    parent.splice(last as number, 1, ...copy(value));
  } else if (value.length === 0) {
    delete parent[last];
  } else {
    setField(parent, String(last), value[0] === undefined ? undefined : copy(value[0]));
  }
  return result;
}

export function at(root: unknown, path: Path): unknown {
  return path.reduce((value, step) => (value as Fields | undefined)?.[step], root);
}
