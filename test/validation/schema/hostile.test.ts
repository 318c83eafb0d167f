import { setKey } from '../../../src/manifests/json';
import { Failure } from '../../../src/validation/schema/failure';
import { checkFree } from '../../../src/validation/schema/free';
import { canonical, kindOf, shown } from '../../../src/validation/schema/json';
import { nearest } from '../../../src/validation/schema/near';
import { Node } from '../../../src/validation/schema/node';
import { Pattern } from '../../../src/validation/schema/pattern';
import { Schema } from '../../../src/validation/schema/schema';

const FREE: Schema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

function visited(schema: Schema, value: unknown): { made: unknown; said: string[] } {
  const found: Failure[] = [];
  const made = new Node(schema).visit(value, found);
  return { made, said: found.map(({ path, say }) => `${[...path].reverse().join('.')}: ${say()}`) };
}

test('keys that every object inherits are fields like others', () => {
  const value = JSON.parse('{"__proto__":{"polluted":1},"constructor":2,"toString":3,"hasOwnProperty":4}');
  expect(visited({ type: 'object', properties: { a: { type: 'string' } } }, value).said).toHaveLength(4);
  expect(visited({ type: 'object', required: ['toString', 'constructor'] }, {}).said).toEqual([
    'toString: is required, got none: write it', 'constructor: is required, got none: write it',
  ]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('a default below __proto__ is put into a copy, and into no prototype', () => {
  const value = JSON.parse('{"__proto__":{}}');
  const { made } = visited({ type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string', default: 'x' } } } }, value);
  expect(JSON.stringify(made)).toBe('{"__proto__":{"a":"x"}}');
  expect(JSON.stringify(value)).toBe('{"__proto__":{}}');
  const object = {};
  setKey(object, '__proto__', 1);
  expect(Object.keys(object)).toEqual(['__proto__']);
});

test('what holds itself ends in a finding', () => {
  const value: { [key: string]: unknown } = {};
  value.a = { b: [value, value] };
  expect(visited(FREE, value).said).toEqual(['a: is nested deeper than 500 levels, or holds itself: write less of it']);
  expect(visited({ type: 'string' }, value).said).toEqual([
    "a: 'a' is no field here and would be dropped: drop it",
    ': must be a text, got {"a":{"b":[{"a":{"b":[{"a":{"b":[{"a":{"b":[{"a":{"b":[{"a":{"b":[{"a":{"b":[{"a...',
  ]);
});

test('deep lists where there must be none end in a finding', () => {
  let deep: unknown[] = [];
  for (let i = 0; i < 100000; i++) {
    deep = [deep];
  }
  expect(visited({ type: 'string' }, deep).said[0]).toContain('is nested deeper than 500 levels');
  expect(visited({ type: 'string' }, [[{ a: 1 }]]).said).toEqual([
    "0.0.a: 'a' is no field here and would be dropped: drop it", ': must be a text, got [[{"a":1}]]',
  ]);
});

test('what grows without end ends in a finding, soon', () => {
  let bomb: unknown = {};
  for (let i = 0; i < 60; i++) {
    bomb = [bomb, bomb];
  }
  const found: Failure[] = [];
  const start = Date.now();
  checkFree(bomb, found);
  expect(found.map(({ say }) => say())).toEqual(['holds more than 250000 values: write less of it']);
  expect(Date.now() - start).toBeLessThan(2000);
});

test('a list of four milliards of holes ends in a finding', () => {
  expect(visited({ type: 'array', items: { type: 'string' } }, new Array(4294967295)).said).toEqual([
    ': has 4294967295 items, which is more than the API server reads',
  ]);
});

test('holes and undefined items are null, undefined fields are not there', () => {
  const list: Schema = { type: 'array', items: { type: 'string', nullable: true } };
  // eslint-disable-next-line no-sparse-arrays
  expect(visited(list, [, undefined, 'a'])).toEqual({ made: [null, null, 'a'], said: [] });
  expect(visited({ type: 'object', required: ['a'], properties: { a: { type: 'string' } } }, { a: undefined, b: undefined }))
    .toEqual({ made: {}, said: ['a: is required, got none: write a text'] });
});

test.each<[string, unknown, string]>([
  ['a bigint', 10n, '10n'], ['a date', new Date(0), 'a Date'], ['NaN', NaN, 'NaN'], ['infinity', -Infinity, '-Infinity'], ['a symbol', Symbol('x'), 'Symbol(x)'],
  ['a function', () => 1, 'a function'], ['a map', new Map(), 'a Map'], ['an object of a class', new (class Foo {})(), 'a Object'],
])('%s is nothing that JSON has', (_, value, text) => {
  expect(visited({ type: 'array', items: { type: 'string' } }, [value]).said).toEqual([`0: must be a text, got ${text}`]);
  expect(visited(FREE, { a: [value] }).said).toEqual([`a.0: must be a value that JSON has, got ${text}`]);
});

test('integers beyond 64 bits are fractions, as the API server reads them', () => {
  expect([2 ** 62, -(2 ** 63), 2 ** 63, 1e300].map(kindOf)).toEqual([4, 4, 5, 5]);
});

test('a value is shown on one line, and not whole', () => {
  expect(shown('a\nb\u2028c')).toBe("'a\\nb\\u2028c'");
  expect(shown('x'.repeat(500))).toHaveLength(83);
  expect(shown({ a: 'x'.repeat(500) })).toHaveLength(83);
  expect(shown([{ b: undefined }, null])).toBe('[{"b":undefined},null]');
});

test('what is equal has one text', () => {
  expect(canonical({ b: 1, a: [null, 'x'] })).toBe(canonical({ a: [null, 'x'], b: 1 }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  expect(canonical([NaN])).toBe('[NaN]');
});

test.each([
  ['prefx', ['name', 'prefix'], 'prefix'], ['hostNames', ['hostnames'], 'hostnames'], ['backendRef', ['backendRefs', 'filters'], 'backendRefs'],
  ['ab', ['xy'], undefined], ['mathces', ['matches', 'match'], 'matches'], ['x'.repeat(200), ['x'.repeat(199)], undefined], ['a', [], undefined],
])('the nearest name to %s', (name, names, near) => {
  expect(nearest(name, names)).toBe(near);
});

test.each([
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(50000), false],
  ['^(a+)+$', `${'a'.repeat(50000)}!`, false],
  ['^(\\w+\\s?)*$', `${'a'.repeat(50000)}!`, false],
  ['(?i)^ab\\z', 'AB', true],
  ['^\\p{Lu}$', '\u00c9', true],
  ['^.$', '\u{1f600}', true],
  ['^a$', 'a\n', false],
  ['^\\s$', '\u00a0', false],
])('the pattern %s has the meaning of RE2, in linear time', (pattern, value, matches) => {
  const start = Date.now();
  expect(Pattern.of(pattern).test(value)).toBe(matches);
  expect(Date.now() - start).toBeLessThan(1000);
  expect(Pattern.of(pattern)).toBe(Pattern.of(pattern));
});
