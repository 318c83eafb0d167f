import { StringMatch } from '../../src';

test('a match is written as one word and its value', () => {
  expect(StringMatch.exact('a')._toKube()).toEqual({ exact: 'a' });
  expect(StringMatch.prefix('/api')._toKube()).toEqual({ prefix: '/api' });
  expect(StringMatch.regex('a.*')._toKube()).toEqual({ regex: 'a.*' });
});

test('presence is an empty object, not an absent one', () => {
  expect(StringMatch.present()._toKube()).toEqual({});
});

test.each(['a+(?:b|c)', '(?i)abc', '(?P<name>x)', '[(?=]', '\\\\1', '\\(?=', '\\d+\\.\\w', '(?i:a)(?-s)b', '[](]', '[^]a-z]+', '[[:alpha:](]', '\\Q(\\E', '^*', 'x{2,3}?', '\\pN', 'x'.repeat(1024)])('%s may be RE2', pattern => {
  expect(StringMatch.regex(pattern)._toKube()).toEqual({ regex: pattern });
});

test.each([
  ['a(?=b)', '(?='], ['a(?!b)', '(?!'], ['(?<=a)b', '(?<='], ['(?<!a)b', '(?<!'], ['(?>a)', '(?>'], ['(a)\\1', '\\1'], ['(?<n>a)\\k<n>', '\\k'],
])('%s is no RE2', (pattern, found) => {
  expect(() => StringMatch.regex(pattern)).toThrow(
    `regex must be an RE2 pattern, got '${found}' in '${pattern}': RE2 has neither lookarounds nor backreferences`);
});

test('an escape is one of RE2', () => {
  expect(() => StringMatch.regex('a\\Z')).toThrow('regex must be an RE2 pattern, got \'\\Z\' in \'a\\Z\': RE2 has no such escape');
  expect(StringMatch.regex('\\\\Z\\QZ\\Z\\E')._toKube()).toEqual({ regex: '\\\\Z\\QZ\\Z\\E' });
});

test.each(['*', '(a', 'a)', '[a', 'a**', 'x{3,2}', '(?i', '+a', 'a[]', '[]b', '[^]'])('%s is no pattern at all', pattern => {
  expect(() => StringMatch.regex(pattern)).toThrow(`regex must be an RE2 pattern, got '${pattern}': a bracket or an operator has no counterpart`);
});

test('a pattern has 1 to 1024 characters', () => {
  expect(() => StringMatch.regex('')).toThrow('regex must not be empty: \'.*\' takes anything');
  expect(() => StringMatch.regex('x'.repeat(1025))).toThrow('regex must have at most 1024 characters, got 1025');
});
