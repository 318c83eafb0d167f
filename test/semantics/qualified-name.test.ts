import { checkLabelValue, checkQualifiedName } from '../../src/semantics/qualified-name';

test.each(['a', 'A.b_c-1', 'example.com/a', 'a.b.c/Name', `example.com/${'a'.repeat(63)}`])('a key of a label: %s', key => {
  expect(checkQualifiedName(key, 'key')).toBe(key);
});

test.each(['', '-a', 'a-', 'a b', 'example.com/', `example.com/${'a'.repeat(64)}`])('no key of a label: %s', key => {
  expect(() => checkQualifiedName(key, 'key'))
    .toThrow(`key must be a name of at most 63 letters, digits and inner -_., optionally after a domain and a slash, got '${key}'`);
});

test.each(['/a', 'Example/a', 'a/b/c', `${'a.'.repeat(127)}/a`])('the domain of a key is one: %s', key => {
  expect(() => checkQualifiedName(key, 'key')).toThrow('domain of key must be a DNS subdomain');
});

test('the domain of a key may have 252 characters', () => {
  const domain = `${'a.'.repeat(125)}aa`;
  expect(checkQualifiedName(`${domain}/a`, 'key')).toBe(`${domain}/a`);
  expect(() => checkQualifiedName(`${domain}a/a`, 'key')).toThrow('characters of the domain of key must be at most 252, got 253: use a shorter one');
});

test('values of labels', () => {
  expect(checkLabelValue('', 'value')).toBe('');
  expect(checkLabelValue('v1.2_x-Y', 'value')).toBe('v1.2_x-Y');
  expect(() => checkLabelValue('a'.repeat(64), 'value')).toThrow('value must be at most 63 letters, digits and inner -_.');
  expect(() => checkLabelValue('a/b', 'value')).toThrow('value must be at most 63 letters, digits and inner -_., got \'a/b\'');
});
