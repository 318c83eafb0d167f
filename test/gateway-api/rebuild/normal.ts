import { Json } from './references';
import { definitionOf } from '../../../src/validation/schema/bundles';
import { Schema } from '../../../src/validation/schema/schema';
import { Validator } from '../../../src/validation/validator';

/** An object as the API server keeps it: with defaults, without what says nothing. */
export function normal(object: Json): Json {
  const [group] = object.apiVersion.split('/');
  const definition = definitionOf(group, object.kind, 'experimental')!;
  const { schema } = definition.spec.versions.find(({ name }) => object.apiVersion.endsWith(`/${name}`))!;
  const { metadata, spec } = filled(object, schema.openAPIV3Schema);
  return JSON.parse(JSON.stringify({ kind: object.kind, metadata, spec: local(spec, metadata.namespace) }));
}

/** Refuses nothing: what is invalid stays as it is. */
export function isAccepted(object: Json): boolean {
  return Validator.of('experimental').check(object).length === 0;
}

function filled(value: Json, schema: Schema): Json {
  if (Array.isArray(value)) {
    return schema.items ? value.map(item => filled(item, schema.items!)) : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, { default: fill }]) => fill === undefined ? [] : [[name, fill]]);
  const whole: Json = { ...Object.fromEntries(defaults), ...Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) };
  return Object.fromEntries(Object.entries(whole).map(([name, part]) => [name, filled(part, schema.properties?.[name] ?? {})]));
}

/** A reference without a namespace means its own. */
function local(value: Json, own: string, key = ''): Json {
  if (Array.isArray(value)) {
    return value.map(item => local(item, own, key));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value)
    .filter(([name, part]) => !(name === 'namespace' && part === own && /Refs?$/.test(key)))
    .map(([name, part]) => [name, local(part, own, name)]));
}
