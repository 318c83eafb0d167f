import { checkHeaderName, checkHeaderValue, checkPlainHeaderValue, excludeEachOther, headerKey } from '../../src/semantics/header';

test.each(['x-env', 'X_Env', 'a', '1.2', '`|~', 'x'.repeat(256)])('%s is a header name', name => {
  expect(checkHeaderName(name)).toBe(name);
});

test.each(['', 'x env', 'x:y', 'é', 'x'.repeat(257)])('\'%s\' is no header name', name => {
  expect(() => checkHeaderName(name)).toThrow(`header name must be 1 to 256 letters, digits or characters of !#$%&'*+-.^_\`|~, got '${name}'`);
});

test.each(['true', 'a b', 'a\tb', '!~', 'max-age=1; includeSubDomains', 'x'.repeat(4096)])('%s is a header value', value => {
  expect(checkHeaderValue(value)).toBe(value);
  expect(checkPlainHeaderValue(value)).toBe(value);
});

test.each([' a', 'a ', 'a  b', 'é'])('%j is a header value, but no plain one', value => {
  expect(checkHeaderValue(value)).toBe(value);
  expect(() => checkPlainHeaderValue(value)).toThrow(`header value must be printable ASCII with single blanks inside only, got '${value}'`);
});

test.each(['a\nb', 'a\r', '\0'])('%j is no header value', value => {
  expect(() => checkHeaderValue(value)).toThrow(`header value must have no line breaks and no NUL, got ${JSON.stringify(value)}`);
});

test('a header value has a beginning and an end', () => {
  expect(() => checkHeaderValue('')).toThrow('header value must have 1 to 4096 characters, got 0');
  expect(checkHeaderValue('\u{1f600}'.repeat(4096))).toHaveLength(8192);
  expect(() => checkHeaderValue('x'.repeat(4097), 'value of header \'x\'')).toThrow('value of header \'x\' must have 1 to 4096 characters, got 4097');
});

test('a long value that fails at its end is refused at once', () => {
  // GIVEN a value on which a pattern with nested repetition would not come to an end
  const value = 'a'.repeat(4000) + 'é';

  // WHEN
  const start = Date.now();
  expect(() => checkPlainHeaderValue(value)).toThrow('header value must be printable ASCII');

  // THEN
  expect(Date.now() - start).toBeLessThan(1000);
});

test('the case of a name does not count', () => {
  expect(headerKey('X-Env')).toBe(headerKey('x-eNV'));
  expect(headerKey('X-Env')).not.toBe(headerKey('X_Env'));
});

const exact = (name: string, value: string) => ({ name, value });

test('different exact values of one header exclude each other', () => {
  expect(excludeEachOther([exact('a', '1'), exact('X-Env', 'x')], [exact('b', '1'), exact('x-env', 'y')])).toBe(true);
  expect(excludeEachOther([exact('a', 'x')], [{ type: 'Exact', ...exact('a', 'X') }])).toBe(true);
});

test('nothing else excludes each other', () => {
  expect(excludeEachOther([exact('a', '1')], [exact('a', '1'), exact('b', '2')])).toBe(false);
  expect(excludeEachOther([exact('a', '1')], [{ type: 'RegularExpression', ...exact('a', '2') }])).toBe(false);
  expect(excludeEachOther([{ type: 'RegularExpression', ...exact('a', '1') }], [exact('a', '2')])).toBe(false);
  expect(excludeEachOther(undefined, [exact('a', '2')])).toBe(false);
  expect(excludeEachOther([exact('a', '2')])).toBe(false);
});

test('where case counts, names that differ in case are different', () => {
  expect(excludeEachOther([exact('a', '1')], [exact('A', '2')], name => name)).toBe(false);
});
