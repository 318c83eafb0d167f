import { checkAtMost, checkUnique } from '../../src/semantics/lists';

test('a list may be as long as the limit', () => {
  expect(() => checkAtMost(16, 16, 'rules', 'split the route')).not.toThrow();
});

test('a longer list is refused with the remedy', () => {
  expect(() => checkAtMost(16, 17, 'rules', 'split the route')).toThrow('rules must be at most 16, got 17: split the route');
});

test('different values are taken', () => {
  expect(() => checkUnique(['a', 'A', 'b'], 'names')).not.toThrow();
  expect(() => checkUnique([], 'names')).not.toThrow();
});

test('a value that comes twice is refused', () => {
  expect(() => checkUnique([500, 503, 500], 'codes')).toThrow('codes must differ from each other, got \'500\' twice');
});

test('what counts as the same can be said', () => {
  expect(() => checkUnique(['a', 'A'], 'names', name => name.toLowerCase())).toThrow('names must differ from each other, got \'A\' twice');
});
