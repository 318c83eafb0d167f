import * as fc from 'fast-check';
import type { Schema } from '../../src/validation/schema/schema';

/** Words that mean something somewhere. */
const WORDS = [
  'a', 'web', 'example', 'Service', 'HTTP', 'example.com', '*.example.com', 'www.example.com', 'example.com/name', 'gateway.networking.k8s.io', 'core',
  '1s', '10s', '500ms', '1h', '5m', '1h30m', '60s', '/', '/path', '/path/to', '/*', 'http://example.com', 'https://example.com', 'https://example.com/path', 'https://*',
  '10.0.0.1', '2001:db8::1', '10.0.0.0/8', '2001:db8::/32', 'GET', 'X-Header', 'x-header', ':authority', '100Mi', '1Gi', '10', '80', '8080', '1', '443', '443-8443', '50%', '*', 'v1', '0.5',
  'spiffe://cluster.local/ns/default/sa/web', 'cluster.local', 'k8s.io/name', 'inet:10.0.0.1', '.*', '^a+$', 'oci://registry.example.com/name:1', 'registry.example.com/name:v1',
  'rsa', 'sha256', 'a'.repeat(64), '0123456789abcdef'.repeat(4), '2024-01-02T03:04:05Z', 'aGVsbG8=', 'unix:///run/socket', '/run/socket', 'name', 'session', 'True', 'ready',
];
const FORMATS: { readonly [format: string]: readonly string[] } = {
  'ipv4': ['10.0.0.1', '255.255.255.255'],
  'ipv6': ['2001:db8::1', '::'],
  'cidr': ['10.0.0.0/8', '2001:db8::/32'],
  'date-time': ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.123+02:00'],
  'date': ['2024-01-02'],
  'duration': ['1s', '1h30m', '500ms'],
  'uri': ['http://example.com/', '/path'],
  'byte': ['aGVsbG8=', 'YQ=='],
  'hostname': ['example.com'],
  'email': ['a@example.com'],
};
const FREE = fc.oneof(fc.constantFrom<unknown>('text', 1, true, {}), fc.constant({ free: 'field', nested: [1, { a: 'b' }] }));

/** So many fields are taken for themselves; of wider objects each field is the rarer. */
const FEW = 8;

const lengthOf = (text: string) => [...text].length;

function matches(pattern: string | undefined): (text: string) => boolean {
  try {
    const regex = new RegExp(pattern ?? '', 'u');
    return text => regex.test(text);
  } catch {
    return () => true;
  }
}

/** Strings by a pattern; none where JavaScript writes such patterns in another way. */
function byPattern(pattern: string): fc.Arbitrary<string>[] {
  try {
    return [fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 40 })];
  } catch {
    return [];
  }
}

/** Strings are sifted once for each schema. */
const strings = new WeakMap<Schema, fc.Arbitrary<string>>();

function stringOf(schema: Schema, words: readonly string[]): fc.Arbitrary<string> {
  const known = strings.get(schema) ?? siftedString(schema, words);
  strings.set(schema, known);
  return known;
}

function siftedString(schema: Schema, words: readonly string[]): fc.Arbitrary<string> {
  const parts = [schema, ...schema.allOf ?? [], ...(schema.anyOf ?? []).slice(0, 1), ...(schema.oneOf ?? []).slice(0, 1)];
  const tests = parts.map(({ pattern }) => matches(pattern));
  const format = parts.find(part => part.format !== undefined)?.format ?? '';
  const [min, max] = [Math.max(...parts.map(({ minLength }) => minLength ?? 0)), Math.min(...parts.map(({ maxLength }) => maxLength ?? Infinity))];
  const fits = (text: string) => lengthOf(text) >= min && lengthOf(text) <= max && tests.every(test => test(text));
  const known = (FORMATS[format] ?? [...WORDS, ...words]).filter(fits);
  const made = schema.pattern !== undefined && FORMATS[format] === undefined ? byPattern(schema.pattern).map(text => text.filter(fits)) : [];
  const choices = [...known.length > 0 ? [fc.constantFrom(...known)] : [], ...known.length > 0 ? [] : made];
  return choices.length > 0 ? fc.oneof(...choices) : fc.constant('a'.repeat(Math.max(1, min)));
}

function numberOf({ type, format, minimum, maximum, enum: values }: Schema): fc.Arbitrary<unknown> {
  if (values) {
    return fc.constantFrom(...values);
  }
  const min = Math.ceil(minimum ?? 0);
  const max = Math.floor(maximum ?? Math.max(min, format === 'int32' ? 2 ** 31 - 1 : 2 ** 40));
  const integer = fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max: Math.min(max, min + 100) }));
  return type === 'number' ? fc.oneof(integer, fc.constant(Math.min(max, min + 0.5))) : integer;
}

function arrayOf(schema: Schema, words: readonly string[], depth: number, eagerness: number): fc.Arbitrary<unknown> {
  const item = valueOf(schema.items ?? {}, words, depth + 1, eagerness);
  const minLength = schema.minItems ?? 0;
  const length = { minLength, maxLength: Math.min(schema.maxItems ?? Infinity, Math.max(minLength, eagerness > 0 ? 2 : 1)) };
  const keys = schema['x-kubernetes-list-map-keys'] ?? ['name'];
  const selector = (value: unknown) => JSON.stringify(keys.map(key => (value as Record<string, unknown> | null)?.[key]));
  switch (schema['x-kubernetes-list-type']) {
    case 'map':
      return fc.uniqueArray(item, { ...length, selector });
    case 'set':
      return fc.uniqueArray(item, { ...length, selector: value => JSON.stringify(value) });
    default:
      return fc.array(item, length);
  }
}

function objectOf(schema: Schema, words: readonly string[], depth: number, eagerness: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (typeof additionalProperties === 'object') {
    const keys = fc.constantFrom('a', 'key', 'example.com/name', 'x.y');
    const minKeys = schema.minProperties ?? 0;
    const maxKeys = Math.max(minKeys, eagerness > 0 ? 2 : 0);
    return fc.dictionary(keys, valueOf(additionalProperties, words, depth + 1, eagerness), { minKeys, maxKeys });
  }
  if (Object.keys(properties).length === 0) {
    const free = schema['x-kubernetes-preserve-unknown-fields'] || additionalProperties === true;
    return free ? FREE : fc.constant({});
  }
  // What is deep or wide stays small, so that the rest gets its turn.
  const share = eagerness * Math.min(1, FEW / Object.keys(properties).length) / (1 + depth * depth / 8);
  const fields = Object.entries(properties).map(([name, property]) => {
    const field = () => valueOf(property, words, depth + 1, eagerness).map(made => [name, made] as const);
    return required.includes(name) ? field()
      : fc.double({ min: 0, max: 1, noNaN: true }).chain(chance => chance < share ? field() : fc.constant(undefined));
  });
  return fc.tuple(...fields).map(made => Object.fromEntries(made.filter(field => field !== undefined)));
}

/**
 * Values that a schema allows, as far as it says so in itself: rules and combinations of fields are left to luck.
 *
 * @param eagerness how likely an optional field is there, from 0 to 1
 */
export function valueOf(schema: Schema, words: readonly string[], depth = 0, eagerness = 0.3): fc.Arbitrary<unknown> {
  const enums = [schema, ...schema.allOf ?? []].flatMap(part => part.enum ? [part.enum] : []);
  if (enums.length > 0) {
    return fc.constantFrom(...enums[0].filter(value => enums.every(values => values.includes(value))));
  }
  if (schema['x-kubernetes-int-or-string']) {
    return fc.constantFrom<unknown>(1, 80, '50%', '8080', 'http', '100m', '1Gi').filter(value => typeof value === 'number' || matches(schema.pattern)(value as string));
  }
  switch (schema.type) {
    case 'string':
      return stringOf(schema, words);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return arrayOf(schema, words, depth, eagerness);
    case 'object':
      return objectOf(schema, words, depth, eagerness);
    default:
      return FREE;
  }
}
