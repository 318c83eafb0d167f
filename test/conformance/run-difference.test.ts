import { differences } from '../../conformance/difference';

test.each([
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', before: '1', after: '2' }]],
  ['a key that is new', { a: 1 }, { a: 1, b: [2] }, [{ path: 'b', before: undefined, after: '[2]' }]],
  ['a key that is gone', { a: 1, b: {} }, { a: 1 }, [{ path: 'b', before: '{}', after: undefined }]],
  ['another type', { a: [1] }, { a: { 0: 1 } }, [{ path: 'a', before: '[1]', after: '{"0":1}' }]],
  ['an item that is new', [1, 3], [1, 2, 3], [{ path: '[1]', before: undefined, after: '2' }]],
  ['an item that is gone', [{ a: 1 }, { a: 2 }, { a: 3 }], [{ a: 2 }, { a: 3 }], [{ path: '[0]', before: '{"a":1}', after: undefined }]],
  ['an item that is other inside', [{ a: 1, b: 1 }, { a: 2 }], [{ a: 1, b: 2 }, { a: 2 }], [{ path: '[0].b', before: '1', after: '2' }]],
  ['items in another order', ['a', 'b'], ['b', 'a'], [{ path: '[0]', before: '"a"', after: undefined }, { path: '[1]', before: undefined, after: '"a"' }]],
  ['nothing before', undefined, [], [{ path: '', before: undefined, after: '[]' }]],
])('%s', (_, before, after, expected) => {
  expect(differences(before, after)).toEqual(expected);
});
