import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeObject } from './kube-object';

/** What is read of a schema here. */
export interface Schema {
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly (string | number)[];
}

interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly served: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** The specs of the kinds of bundles in crds/, in each version that is served. */
export function specsOf(...bundles: string[]): [string, Schema][] {
  return bundles.flatMap(bundle => JSON.parse(readFileSync(join(__dirname, '../../crds', `${bundle}.json`), 'utf8')).definitions as Definition[])
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .flatMap(({ spec: { names, versions } }) => versions.filter(({ served }) => served)
      .map(({ schema }): [string, Schema] => [names.kind, schema.openAPIV3Schema.properties!.spec]));
}

/** Every field of a schema, entries of maps as `*`, and every word of its enums: `listeners[].tls.mode=Passthrough`. */
export function fieldsOf(schema: Schema, path: string): string[] {
  const entries = typeof schema.additionalProperties === 'object' ? fieldsOf(schema.additionalProperties, `${path}.*`) : [];
  return [
    path,
    ...(schema.enum ?? []).filter(word => word !== '').map(word => `${path}=${word}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => fieldsOf(part, `${path}.${name}`)),
    ...schema.items ? fieldsOf(schema.items, `${path}[]`) : [],
    ...entries,
  ];
}

/** The fields and words of objects, by kind. */
export function shownIn(objects: readonly KubeObject[]): Set<string> {
  return new Set(objects.flatMap(({ kind, spec }) => shownBy(spec, kind!)));
}

/** The same of a value; every entry of an object may be one of a map. */
function shownBy(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    return [path, ...value.flatMap(item => shownBy(item, `${path}[]`))];
  }
  return typeof value !== 'object' || value === null ? [path, `${path}=${value}`] :
    [path, ...Object.entries(value).flatMap(([name, part]) => [...shownBy(part, `${path}.${name}`), ...shownBy(part, `${path}.*`)])];
}
