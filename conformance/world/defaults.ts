import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf, Manifest } from './manifest';

/** A schema, as far as defaults need it. */
interface Schema {
  readonly default?: unknown;
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
}
interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const FILE = join(__dirname, '..', '..', 'crds', 'gateway-api-experimental.json');
let definitions: readonly Definition[] | undefined;

/** An object of Gateway API with the defaults that the API server writes into it, on which controllers rely. */
export function withDefaults(manifest: Manifest): Manifest {
  definitions ??= (JSON.parse(readFileSync(FILE, 'utf8')) as { definitions: Definition[] }).definitions;
  const version = manifest.apiVersion.split('/')[1];
  const definition = definitions.find(({ spec: { group, names } }) => group === groupOf(manifest) && names.kind === manifest.kind);
  const schema = definition?.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema.properties?.spec;
  return schema === undefined ? manifest : { ...manifest, spec: complete(manifest.spec, schema) };
}

function complete(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) {
    return schema.items === undefined ? value : value.map(item => complete(item, schema.items!));
  }
  if (typeof value !== 'object' || value === null || schema.properties === undefined) {
    return value;
  }
  const { properties } = schema;
  const given = value as { readonly [name: string]: unknown };
  const missing = Object.entries(properties).filter(([name, inner]) => inner.default !== undefined && given[name] === undefined);
  const all = Object.entries({ ...given, ...Object.fromEntries(missing.map(([name, inner]) => [name, inner.default])) });
  return Object.fromEntries(all.map(([name, inner]) => [name, name in properties ? complete(inner, properties[name]) : inner]));
}
