import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectsOf, renderModule } from './rendered';

/** What is read of a schema here. */
interface Schema {
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

const definitionsOf = (channel: string): Definition[] =>
  JSON.parse(readFileSync(join(__dirname, '../../crds', `gateway-api-${channel}.json`), 'utf8')).definitions
    .filter(({ kind }: Definition) => kind === 'CustomResourceDefinition');

/** Every field of a schema, entries of maps as `*`, and every word of its enums: `listeners[].tls.mode=Passthrough`. */
function fieldsOf(schema: Schema, path: string): string[] {
  const entries = typeof schema.additionalProperties === 'object' ? fieldsOf(schema.additionalProperties, `${path}.*`) : [];
  return [
    path,
    ...(schema.enum ?? []).map(word => `${path}=${word}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => fieldsOf(part, `${path}.${name}`)),
    ...schema.items ? fieldsOf(schema.items, `${path}[]`) : [],
    ...entries,
  ];
}

/** The same of a value; every entry of an object may be one of a map. */
function shownBy(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    return [path, ...value.flatMap(item => shownBy(item, `${path}[]`))];
  }
  return typeof value !== 'object' || value === null ? [path, `${path}=${value}`] :
    [path, ...Object.entries(value).flatMap(([name, part]) => [...shownBy(part, `${path}.${name}`), ...shownBy(part, `${path}.*`)])];
}

const kinds = [...definitionsOf('standard'), ...definitionsOf('experimental')].flatMap(({ spec: { names, versions } }) =>
  versions.filter(({ served }) => served).map(({ schema }): [string, Schema | undefined] => [names.kind, schema.openAPIV3Schema.properties?.spec]));

const shown = new Set(renderModule('../../examples/reference-gateway-api/main').flatMap(objectsOf).flatMap(({ kind, spec }) => shownBy(spec, kind!)));

test('there are fields of fourteen kinds', () => {
  expect(new Set(kinds.map(([kind]) => kind)).size).toBe(14);
  expect(new Set(kinds.flatMap(([kind, spec]) => fieldsOf(spec!, kind))).size).toBeGreaterThan(800);
});

test.each([...new Set(kinds.map(([kind]) => kind))])('the reference shows every field and every word of %s', name => {
  const fields = kinds.filter(([kind]) => kind === name).flatMap(([kind, spec]) => fieldsOf(spec!, kind));
  expect([...new Set(fields)].filter(field => !shown.has(field))).toEqual([]);
});

test('a field that nothing shows would be seen', () => {
  expect(shown.has('Gateway.listeners[].tls.mode=Passthrough')).toBe(true);
  expect(shown.has('Gateway.listeners[].tls.mode=None')).toBe(false);
  expect(shown.has('Gateway.listeners[].backendTLS')).toBe(false);
});
