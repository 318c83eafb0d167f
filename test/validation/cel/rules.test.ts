import { compileRules } from '../../../src/validation/cel/rules';
import { CelRule, Schema } from '../../../src/validation/schema/schema';

const STRING: Schema = { type: 'string' };

function check(schema: Schema, value: unknown, ...rules: CelRule[]) {
  return compileRules({ ...schema, 'x-kubernetes-validations': rules })!.check(value);
}

test('a node without rules has no rule set', () => {
  expect(compileRules(STRING)).toBeUndefined();
  expect(compileRules({ ...STRING, 'x-kubernetes-validations': [] })).toBeUndefined();
});

test('what is absent or null is not checked', () => {
  expect(check(STRING, null, { rule: 'false' })).toEqual([]);
  expect(check(STRING, undefined, { rule: 'false' })).toEqual([]);
});

test('an empty rule says nothing', () => {
  expect(check(STRING, 'a', { rule: ' ' })).toEqual([]);
});

describe('messages', () => {
  test.each([
    [{ rule: ' self == "b"\n' }, 'failed rule: self == "b"'],
    [{ rule: 'self == "b"', message: '  must be b\n' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: '"not " + self' }, 'not a'],
    [{ rule: 'self == "b"', messageExpression: '"  " + self + " "' }, 'a'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: '"two\\nlines"' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: '"  "' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: 'string(1/(self.size() - 1))' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: '1' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: 'self.nope()' }, 'must be b'],
    [{ rule: 'self == "b"', message: 'must be b', messageExpression: 'lists.range(6000).map(x, "a").join()' }, 'must be b'],
  ])('%j', (rule, message) => {
    expect(check(STRING, 'a', rule)).toEqual([{ message, rule: rule.rule }]);
  });

  test('an error names the rule by its message', () => {
    expect(check(STRING, 'a', { rule: '1/(self.size() - 1) == 1' })[0].message).toBe('division by zero evaluating rule: 1/(self.size() - 1) == 1');
    expect(check(STRING, 'a', { rule: '1/(self.size() - 1) == 1', message: 'm ' })[0].message).toBe('division by zero evaluating rule: m');
    expect(check({ 'x-kubernetes-int-or-string': true }, 'a', { rule: 'self > 1' })[0].message)
      .toBe('\'no such overload\': call arguments did not match a supported operator, function or macro signature for rule: self > 1');
  });

  test('a rule that cannot be compiled refuses every value', () => {
    expect(check(STRING, 'a', { rule: 'self ==' })[0].message).toMatch(/^rule compile error: compilation failed: /);
    expect(check(STRING, 'a', { rule: 'self.x == 1' })[0].message)
      .toBe('rule compile error: compilation failed: type \'string\' does not support field selection');
    expect(check({ 'x-kubernetes-preserve-unknown-fields': true }, 'a', { rule: 'true' })[0].message)
      .toBe('rule compile error: compilation failed: failed to convert to declType for CEL validation rules');
  });
});

test('the field path leads from the node, and the reason is kept', () => {
  const schema: Schema = { type: 'object', properties: { a: { type: 'object', properties: { 'b.c': STRING } } } };

  expect(check(schema, {}, { rule: 'false', fieldPath: '.a[\'b.c\']', reason: 'FieldValueRequired', message: 'm' }))
    .toEqual([{ message: 'm', rule: 'false', reason: 'FieldValueRequired', path: ['a', 'b.c'] }]);
});

describe('a new object', () => {
  test('passes the rules that compare with the old one', () => {
    expect(check(STRING, 'a', { rule: 'self == oldSelf' }, { rule: 'oldSelf.size() > 5' })).toEqual([]);
  });

  test('has no old self for those that ask for an optional one', () => {
    const rule = { rule: 'oldSelf.hasValue() || self == "b"', optionalOldSelf: true, message: 'begins as b' };

    expect(check(STRING, 'b', rule)).toEqual([]);
    expect(check(STRING, 'a', rule)[0].message).toBe('begins as b');
    expect(check(STRING, 'a', { rule: 'oldSelf.optMap(o, o == self).orValue(true)', optionalOldSelf: true })).toEqual([]);
  });
});

describe('what rules see', () => {
  test('type and name at the root of a resource only', () => {
    const schema: Schema = { 'type': 'object', 'properties': { spec: STRING }, 'x-kubernetes-validations': [{ rule: 'self.metadata.name == "a"' }] };

    expect(compileRules(schema, true)!.check({ metadata: { name: 'a' } })).toEqual([]);
    expect(compileRules(schema, true)!.check({ metadata: { name: 'b' } })).toHaveLength(1);
    expect(compileRules(schema)!.check({ metadata: { name: 'a' } })[0].message).toContain('undefined field \'metadata\'');
    expect(compileRules({ ...schema, 'x-kubernetes-embedded-resource': true })!.check({ metadata: { name: 'a' } })).toEqual([]);
  });

  test('only what is in the value itself, whatever its keys are called', () => {
    const object: Schema = { type: 'object', properties: { constructor: STRING, toString: STRING } };
    const map: Schema = { type: 'object', additionalProperties: STRING };

    expect(check(object, {}, { rule: 'has(self.constructor) || has(self.toString)' })).toHaveLength(1);
    expect(check(object, JSON.parse('{"constructor":"x"}'), { rule: 'self.constructor == "x"' })).toEqual([]);
    expect(check(map, {}, { rule: '"__proto__" in self || has(self.constructor)' })).toHaveLength(1);
    expect(check(map, JSON.parse('{"__proto__":"x"}'), { rule: '"__proto__" in self && self.all(k, self[k] == "x")' })).toEqual([]);
  });

  test('base64 of many megabytes is read like any other', () => {
    expect(check({ type: 'string', format: 'byte' }, 'QUJD'.repeat(6_000_000), { rule: 'self.size() == 18000000' })).toEqual([]);
  });

  test('a value that its schema does not allow is an error, not a crash', () => {
    expect(check({ type: 'array', items: STRING }, [1], { rule: 'self.all(x, x.startsWith("a"))' })[0].message).toContain('no such overload');
    expect(check({ type: 'object', properties: { a: STRING } }, { a: 1 }, { rule: 'self.a == "x"', message: 'm' })[0].message)
      .toBe('invalid data, expected string, got number evaluating rule: m');
    expect(check({ type: 'integer' }, 1.5, { rule: 'self > 0', message: 'm' })[0].message).toBe('invalid data, expected int, got number evaluating rule: m');
    expect(check({ type: 'string', format: 'byte' }, '?', { rule: 'self == b""', message: 'm' })[0].message)
      .toBe('Invalid byte formatted string ?: illegal base64 data evaluating rule: m');
    expect(check({ type: 'string', format: 'date' }, '2020-13-01', { rule: 'self == self', message: 'm' })[0].message)
      .toBe('Invalid date formatted string 2020-13-01 evaluating rule: m');
    expect(check({ type: 'string', format: 'date-time' }, 'x', { rule: 'self == self', message: 'm' })[0].message)
      .toBe('Invalid date-time formatted string x evaluating rule: m');
    expect(check({ type: 'string', format: 'duration' }, 'x', { rule: 'self == self', message: 'm' })[0].message)
      .toBe('Invalid duration x: unable to parse x as duration evaluating rule: m');
  });
});

test('a hostile pattern does not hang', () => {
  const started = Date.now();

  expect(check(STRING, `${'a'.repeat(50_000)}!`, { rule: 'self.matches("^(a+)+$")' })).toHaveLength(1);
  expect(Date.now() - started).toBeLessThan(2000);
});
