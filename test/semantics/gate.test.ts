import { Gate } from '../../src/semantics/gate';

const gate = new Gate([
  { path: 'rules[].retry', why: 'young' },
  { path: 'rules[].filters[].type=CORS', why: 'word' },
  { path: 'labels.*.deep', why: 'value' },
  { path: 'codes[]=503', why: 'number' },
  { path: 'trust!System', why: 'any other value' },
  { path: 'hosts>2', why: 'more items' },
]);

/** What a part meets, as places and paths. */
function met(part: unknown, at = ''): string[] {
  return (gate.at(at)?.meet(part) ?? []).map(({ place, barrier }) => `${place.join('/')} ${barrier.path}`);
}

test.each<[string, unknown, string[]]>([
  ['a field in an item', { rules: [{}, { retry: {} }] }, ['rules/1/retry rules[].retry']],
  ['all of them', { rules: [{ retry: {}, filters: [{ type: 'CORS' }] }, { retry: 0 }] },
    ['rules/0/retry rules[].retry', 'rules/0/filters/0/type rules[].filters[].type=CORS', 'rules/1/retry rules[].retry']],
  ['a field that is null, which is written', { rules: [{ retry: null }] }, ['rules/0/retry rules[].retry']],
  ['no field that is undefined', { rules: [{ retry: undefined }] }, []],
  ['no other word', { rules: [{ filters: [{ type: 'URLRewrite' }] }] }, []],
  ['a value of a map', { labels: { a: { deep: 1 }, b: {} } }, ['labels/a/deep labels.*.deep']],
  ['a number', { codes: [500, 503] }, ['codes/1 codes[]=503']],
  ['any value but one', { trust: 'example.com/all' }, ['trust trust!System']],
  ['not that one', { trust: 'System' }, []],
  ['a list that is too long', { hosts: ['a', 'b', 'c'] }, ['hosts hosts>2']],
  ['a map with too many entries', { hosts: { a: 1, b: 2, c: 3 } }, ['hosts hosts>2']],
  ['no list that is as long as that', { hosts: ['a', 'b'] }, []],
  ['nothing in what has no items', { hosts: 'abc' }, []],
  ['nothing in what has another form', { rules: { retry: {} }, labels: 'a', codes: null }, []],
  ['nothing in nothing', undefined, []],
])('a gate meets %s', (_about, part, expected) => {
  expect(met(part)).toEqual(expected);
});

test('a part of a spec is met by its part of the gate', () => {
  expect(met({ retry: {} }, 'rules[]')).toEqual(['retry rules[].retry']);
  expect(met({ retry: {} }, 'rules[7]')).toEqual(['retry rules[].retry']);
  expect(met({ retry: {} }, 'parentRefs[]')).toEqual([]);
});

test('a part of what is closed is closed as a whole', () => {
  expect(met({ attempts: 3 }, 'rules[].retry')).toEqual([' rules[].retry']);
  expect(met(3, 'rules[].retry.attempts')).toEqual([' rules[].retry']);
});

test('the path of nothing is the whole spec', () => {
  expect(new Gate([{ path: '', why: 'all' }]).meet({})).toEqual([{ barrier: { path: '', why: 'all' }, place: [] }]);
});
