import { Failure } from '../../../src/validation/schema/failure';
import { Node } from '../../../src/validation/schema/node';
import { Schema } from '../../../src/validation/schema/schema';

function said(schema: Schema, value: unknown): string[] {
  const found: Failure[] = [];
  new Node(schema).visit(value, found);
  return found.map(({ path, say }) => `${[...path].reverse().join('.')}: ${say()}`);
}

const text = { type: 'string' } as const;

test.each<[string, Schema, unknown, string]>([
  ['a type', { type: 'integer' }, 'x', ": must be an integer, got 'x'"],
  ['a fraction that the API server takes for an integer at first', { type: 'integer' }, 2147483648.5, ': must be an integer, got 2147483648.5'],
  ['a type of numbers', { type: 'number' }, '1', ": must be a number, got '1'"],
  ['a boolean', { type: 'boolean' }, 'yes', ": must be true or false, got 'yes'"],
  ['a list', { type: 'array', items: text }, 'x', ": must be a list, got 'x'"],
  ['an object', { type: 'object' }, [1], ': must be an object, got [1]'],
  ['null', text, null, ': must be a text, got null'],
  ['an integer or a text', { 'x-kubernetes-int-or-string': true }, 1.5, ': must be an integer or a text, got 1.5'],
  ['what JSON does not have', { 'x-kubernetes-preserve-unknown-fields': true }, NaN, ': must be a value that JSON has, got NaN'],
  ['an enum', { ...text, enum: ['Exact', 'PathPrefix'] }, 'Prefix', ": must be one of Exact, PathPrefix, got 'Prefix'"],
  ['a near value of an enum', { ...text, enum: ['HTTP', 'HTTPS'] }, 'https', ": must be one of HTTP, HTTPS, got 'https': did you mean 'HTTPS'?"],
  ['an enum of numbers', { type: 'integer', enum: [301, 302] }, 303, ': must be one of 301, 302, got 303'],
  ['an enum with the empty text', { ...text, enum: ['', 'a'] }, 'zzz', ": must be one of '', a, got 'zzz'"],
  ['a minimum', { type: 'integer', minimum: 1 }, 0, ': must be at least 1, got 0'],
  ['a maximum', { type: 'integer', maximum: 65535 }, 70000, ': must be at most 65535, got 70000'],
  ['an exclusive minimum', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0, ': must be more than 0, got 0'],
  ['an exclusive maximum', { type: 'number', maximum: 1, exclusiveMaximum: true }, 1, ': must be less than 1, got 1'],
  ['a factor', { type: 'integer', multipleOf: 5 }, 7, ': must be a multiple of 5, got 7'],
  ['32 bits', { type: 'integer', format: 'int32' }, 2147483648, ': must be from -2147483648 to 2147483647, an integer of 32 bits, got 2147483648'],
  ['a fraction of 32 bits', { type: 'number', format: 'float' }, 1e39, ': must be a number of 32 bits, got 1e+39'],
  ['a length', { ...text, maxLength: 2 }, 'abc', ": must be at most 2 characters long, got 3: 'abc'"],
  ['a least length', { ...text, minLength: 1 }, '', ": must be at least 1 character long, got ''"],
  ['a pattern', { ...text, pattern: '^[a-z]+$' }, 'A', ": must match ^[a-z]+$, got 'A'"],
  ['a date and time', { ...text, format: 'date-time' }, 'today', ": must be a date and time as RFC 3339 writes it, such as 2026-01-31T12:00:00Z, got 'today'"],
  ['an address', { ...text, format: 'ipv4' }, '1.2.3', ": must be an IPv4 address, such as 192.0.2.1, got '1.2.3'"],
  ['items', { type: 'array', items: text, maxItems: 1 }, ['a', 'b'], ': must have at most 1 item, got 2'],
  ['least items', { type: 'array', items: text, minItems: 2 }, ['a'], ': must have at least 2 items, got 1'],
  ['unique items', { type: 'array', items: text, uniqueItems: true }, ['a', 'a'], ': must have no two equal items, got ["a","a"]'],
  ['entries', { type: 'object', additionalProperties: text, maxProperties: 1 }, { a: 'x', b: 'y' }, ': must have at most 1 entry, got 2'],
  ['least entries', { type: 'object', additionalProperties: text, minProperties: 2 }, { a: 'x' }, ': must have at least 2 entries, got {"a":"x"}'],
  ['a required field', { type: 'object', required: ['a'], properties: { a: text } }, {}, 'a: is required, got none: write a text'],
  ['a required field of no type', { type: 'object', required: ['a'] }, {}, 'a: is required, got none: write it'],
  ['a set', { 'type': 'array', 'items': text, 'x-kubernetes-list-type': 'set' }, ['a', 'b', 'a'], "2: must be there once, but item 0 is the same: drop one, got 'a'"],
  ['an unknown field', { type: 'object', properties: { prefix: text } }, { prefx: 'x' }, "prefx: 'prefx' is no field here and would be dropped: did you mean 'prefix'?"],
  ['an unknown field that is near to none', { type: 'object', properties: { name: text, port: text } }, { zzzzz: 1 }, "zzzzz: 'zzzzz' is no field here and would be dropped: it has name, port"],
  ['a field where there are none', text, { a: 1 }, "a: 'a' is no field here and would be dropped: drop it"],
])('%s is told with the value and the remedy', (_, schema, value, message) => {
  expect(said(schema, value)[0]).toBe(message);
});

const MAP: Schema = {
  'type': 'array',
  'items': { type: 'object', properties: { name: text, port: { type: 'integer' } } },
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
};

test('two items of a map with the same key are told apart by it', () => {
  expect(said(MAP, [{ name: 'a' }, { name: 'b' }, { name: 'a' }])).toEqual(['2: must have another name than item 0, got {"name":"a"}']);
  expect(said({ ...MAP, 'x-kubernetes-list-map-keys': ['name', 'port'] }, [{ name: 'a', port: 1 }, { name: 'a', port: 2 }, { name: 'a', port: 1 }]))
    .toEqual(['2: must have another name or port than item 0, got {"name":"a","port":1}']);
});

test('items of a map must be objects', () => {
  expect(said(MAP, [{ name: 'a' }, 5])).toContain('1: must be an object with name, which tell the items of this list apart, got 5');
});

test('alternatives that ask for fields are told by the fields', () => {
  const fields = { type: 'object', properties: { a: text, b: text } } as const;
  expect(said({ ...fields, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, {})).toEqual([
    ': must have exactly one of a, b, got none',
    'a: is required, got none: write it',
  ]);
  expect(said({ ...fields, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 'x', b: 'y' })).toEqual([': must have exactly one of a, b, got a and b']);
  expect(said({ ...fields, anyOf: [{ required: ['a', 'b'] }, { required: ['c'] }] }, {})[0]).toBe(': must have at least one of a with b, c, got none');
});

test('an alternative that asks for none of the others makes it at most one', () => {
  const schema: Schema = {
    type: 'object',
    properties: { exact: text, prefix: text },
    oneOf: [{ not: { anyOf: [{ required: ['exact'] }, { required: ['prefix'] }] } }, { required: ['exact'] }, { required: ['prefix'] }],
  };
  expect(said(schema, {})).toEqual([]);
  expect(said(schema, { exact: 'a', prefix: 'b' })).toEqual([': must have at most one of exact, prefix, got exact and prefix']);
});

test('alternatives for a value itself are one message', () => {
  expect(said({ ...text, anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }, 'x')).toEqual([
    ": must be at least one of an IPv4 address, such as 192.0.2.1, an IPv6 address, such as 2001:db8::1, got 'x'",
  ]);
  expect(said({ ...text, oneOf: [{ enum: ['a', 'b'] }, { pattern: '^x' }, { allOf: [{ type: 'string' }, { minLength: 9 }] }] }, 'c')).toEqual([
    ": must be exactly one of a|b, ^x, string and what its schema describes, got 'c'",
  ]);
});

test('what must not be is told', () => {
  const schema: Schema = { type: 'object', properties: { type: text, name: text }, not: { properties: { type: { enum: ['x'] } }, required: ['name'] } };
  expect(said(schema, { type: 'x', name: 'a' })).toEqual([': must not have name, got {"type":"x","name":"a"}']);
  expect(said({ ...schema, not: { properties: { type: { not: { enum: ['y'] } } } } }, { type: 'x' })).toEqual([': must not have type: not y, got {"type":"x"}']);
});

test('parts of a schema are told where they fail, and at the value', () => {
  const schema: Schema = { type: 'object', properties: { a: text }, allOf: [{ properties: { a: { maxLength: 1 } } }] };
  expect(said(schema, { a: 'bc' })).toEqual([
    "a: must be at most 1 character long, got 2: 'bc'",
    ': must be as all parts of its schema say: see what is below it',
  ]);
});

test('a message is made once it is asked for, and not for an alternative that does not count', () => {
  let made = 0;
  const value = { get a() { made++; return 'x'; } };
  new Node({ type: 'object', properties: { a: text }, anyOf: [{ required: ['b'] }, { required: ['a'] }] }).visit(value, []);
  expect(made).toBe(1);
});

test('a fraction near to an integer keeps no rule from being checked, one that is not does', () => {
  const blocks = (value: number) => {
    const found: Failure[] = [];
    new Node({ type: 'integer' }).visit(value, found);
    return found.map(failure => failure.blocks);
  };
  expect([2147483648.5, 1.5, -2147483648.5].map(blocks)).toEqual([[false], [true], [true]]);
});
