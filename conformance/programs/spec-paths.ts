import { ApiKind } from './api';
import type { Schema } from '../../src/validation/schema/schema';

/** A field of a kind's spec, or a word that it takes: `rules[].timeouts.request`, `listeners[].tls.mode=Passthrough`. */
export interface SpecPath {
  readonly kind: string;
  readonly path: string;
  readonly onlyExperimental: boolean;
}

/** Every field of a spec in a schema, with the words of enums; values of maps are at `{}`. */
export function pathsInSchema(schema: Schema, path = ''): string[] {
  if (schema.items) {
    return pathsInSchema(schema.items, `${path}[]`);
  }
  if (typeof schema.additionalProperties === 'object') {
    return pathsInSchema(schema.additionalProperties, `${path}{}`);
  }
  const words = (schema.enum ?? []).filter(word => word !== '').map(word => `${path}=${word}`);
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = path === '' ? name : `${path}.${name}`;
    return [own, ...pathsInSchema(property, own)];
  });
  return [...words, ...fields];
}

/** Every field of a kind, of either channel. */
export function specPaths({ kind, spec, standardSpec }: ApiKind): SpecPath[] {
  const known = new Set(standardSpec ? pathsInSchema(standardSpec) : []);
  const all = [...new Set([...known, ...pathsInSchema(spec)])].sort();
  return all.map(path => ({ kind, path, onlyExperimental: !known.has(path) }));
}

/** A value of a spec: where it is, and which field that is. */
export interface SpecValue {
  /** With the places in lists: `rules[0].name`. */
  readonly at: string;
  /** As the schema has it: `rules[].name`. */
  readonly path: string;
  readonly value: unknown;
}

/** Every field that a spec has; the entries of maps are no fields, but have some. */
export function valuesIn(value: unknown, isMap: (path: string) => boolean, at = '', path = ''): SpecValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => {
      const [ownAt, own] = [`${at}[${i}]`, `${path}[]`];
      return typeof item === 'object' ? valuesIn(item, isMap, ownAt, own) : [{ at: ownAt, path: own, value: item }];
    });
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (isMap(path)) {
    return Object.entries(value).flatMap(([name, item]) => typeof item === 'object' ? valuesIn(item, isMap, `${at}{${name}}`, `${path}{}`) : []);
  }
  return Object.entries(value).flatMap(([name, item]) => {
    const [ownAt, own] = [at, path].map(before => before === '' ? name : `${before}.${name}`);
    return [{ at: ownAt, path: own, value: item }, ...valuesIn(item, isMap, ownAt, own)];
  });
}
