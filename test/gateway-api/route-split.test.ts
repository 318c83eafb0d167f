import { MatchRivalry, RouteSplit, SplitRule } from '../../src/gateway-api/route-split';

/** Matches are words here: two words that begin with one letter tie. */
const LETTERS: MatchRivalry<string> = {
  kind: 'HTTPRoute',
  every: '*',
  tie: (a, b) => a[0] === b[0] ? `both begin with ${a[0]}` : undefined,
};

function splitOf(rules: SplitRule<string>[]): RouteSplit<string> {
  return rules.reduce((split, rule) => split.with(rule), RouteSplit.empty(LETTERS));
}

/** The numbers of the rules of each object. */
const numbers = (split: RouteSplit<string>) => split.objects.map(object => object.map(({ rule }) => rule));

const letter = (n: number) => String.fromCharCode(97 + n);
const lone = (n: number): SplitRule<string> => ({ matches: [letter(n)] });
const range = (count: number) => Array.from({ length: count }, (_, n) => n);
const words = (first: string, count: number) => range(count).map(n => `${first}${n}`);

test('a route without rules is one object', () => {
  expect(RouteSplit.empty(LETTERS).objects).toEqual([[]]);
});

test('a route within the limits is one object, whatever ties', () => {
  expect(numbers(splitOf(range(16).map(() => ({ matches: ['a'] }))))).toEqual([range(16)]);
});

test('rules that do not tie fill one object after the other', () => {
  expect(numbers(splitOf(range(20).map(lone)))).toEqual([range(16), [16, 17, 18, 19]]);
});

test('128 matches fill an object as well', () => {
  const rules = [words('a', 64), words('b', 60), words('c', 8), words('d', 4)].map(matches => ({ matches }));
  expect(numbers(splitOf(rules))).toEqual([[0, 1, 3], [2]]);
});

test('a rule without matches takes every request, and counts as one', () => {
  const split = splitOf([{ matches: words('a', 64) }, { matches: words('b', 63) }, {}, { matches: [] }, { matches: ['*'] }]);
  expect(numbers(split)).toEqual([[0, 1], [2, 3, 4]]);
});

test('rules that tie stay together, in their order', () => {
  // GIVEN 16 rules, of which the second object takes none
  const rules = range(16).map(lone);
  // WHEN one more ties with the third, and one with the last
  const split = splitOf([...rules, { matches: ['c2'] }, { matches: ['p2'] }]);
  // THEN each stands behind its like, and what came last went to the second object
  expect(numbers(split)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16], [15, 17]]);
});

test('a rule can tie others together', () => {
  const rules = range(17).map(lone);
  expect(numbers(splitOf([...rules, { matches: ['a2', 'q2'] }]))).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17], [14, 15]]);
});

test('a rule at the end moves nothing', () => {
  const rules = range(24).map(lone);
  const before = splitOf(rules);
  expect(numbers(before.with(lone(24)))).toEqual([range(16), [16, 17, 18, 19, 20, 21, 22, 23, 24]]);
  expect(before.with(lone(24)).objects[0]).toBe(before.objects[0]);
  expect(numbers(before)).toEqual([range(16), [16, 17, 18, 19, 20, 21, 22, 23]]);
});

test('a rule with more than 64 matches is several, side by side', () => {
  const split = splitOf([{ name: 'cart', matches: words('a', 70) }, { name: 'rest', matches: ['b'] }]);
  expect(split.objects.map(object => object.map(({ name, ruleName, matches }) => ({ name, ruleName, count: matches!.length })))).toEqual([
    [{ name: 'cart', ruleName: 'cart', count: 64 }, { name: 'cart-2', ruleName: 'cart', count: 6 }, { name: 'rest', ruleName: 'rest', count: 1 }],
  ]);
});

test('the parts of a rule may be in different objects, even where all of its matches tie', () => {
  const split = splitOf([{ matches: words('a', 200) }]);
  expect(split.objects.map(object => object.map(({ name, matches }) => [name, matches!.length]))).toEqual([
    [[undefined, 64], [undefined, 64]], [[undefined, 64], [undefined, 8]],
  ]);
});

test('the rules as they are written', () => {
  const matches = words('a', 65);
  const [long, short] = [{ name: 'cart', matches, weight: 1 }, { matches: ['b'], weight: 2 }];
  const split = splitOf([long, short]);
  expect(split.rulesOf(0, [long, short])).toEqual([
    { name: 'cart', matches: matches.slice(0, 64), weight: 1 }, { name: 'cart-2', matches: ['a64'], weight: 1 }, { matches: ['b'], weight: 2 },
  ]);
  expect(split.rulesOf(0, [long, short])[2]).toBe(short);
});

test('names are unique in all of the route', () => {
  const split = splitOf([{ name: 'cart', matches: words('a', 65) }]);
  expect(() => split.with({ name: 'cart' })).toThrow('rule name \'cart\' is taken: names are unique in an HTTPRoute, pass another name');
  expect(() => split.with({ name: 'cart-2' })).toThrow('rule name \'cart-2\' is taken: names are unique in an HTTPRoute, pass another name');
  expect(() => splitOf([{ name: 'a-2' }, { name: 'a', matches: words('a', 65) }]))
    .toThrow('rule name \'a-2\', which is part of rule \'a\', is taken: names are unique in an HTTPRoute, pass another name');
});

test('a rule with sessions has at most 64 matches', () => {
  const rule = { matches: words('a', 65), sessionPersistence: { type: 'Cookie' } };
  expect(() => splitOf([rule])).toThrow(
    'matches of a rule with sessions must be at most 64, got 65: more need a second rule, and rules share no session; use fewer matches, or no sessions');
});

test('more rules that tie than one object takes are refused, with the reason', () => {
  const rules = range(16).map(n => n === 3 ? { name: 'cart', matches: ['a'] } : { matches: ['a'] });
  expect(() => splitOf([...rules, { matches: ['b', 'a'] }])).toThrow(
    "rules of an HTTPRoute that tie must be at most 16 with 128 matches, got 17 with 18: rule 1, rule 2, rule 3, rule 'cart', rule 5, rule 6, rule 7, rule 8, rule 9, rule 10, rule 11, rule 12, rule 13, rule 14, rule 15, rule 16, rule 17; the last ties with rule 1: both begin with a, so only the order of the rules decides, and it is kept within one object only; let the matches differ in path, method or exact values, or join rules that do the same");
});

test('a route that refused a rule takes another one', () => {
  const split = splitOf(range(16).map(() => ({ matches: ['a'] })));
  expect(() => split.with({ matches: ['a'] })).toThrow('that tie must be at most 16');
  expect(numbers(split.with({ matches: ['b'] }))).toEqual([range(16), [16]]);
});

test('kinds have their article', () => {
  const grpc = RouteSplit.empty({ ...LETTERS, kind: 'GRPCRoute' }).with({ name: 'a' });
  expect(() => grpc.with({ name: 'a' })).toThrow('names are unique in a GRPCRoute');
});
