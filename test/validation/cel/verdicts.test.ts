/** What the API server's own code said of each expression, on the object in subject.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRules } from '../../../src/validation/cel/rules';

const VERDICTS = join(__dirname, 'verdicts');
const { schema, object } = JSON.parse(readFileSync(join(__dirname, 'subject.json'), 'utf8'));

function verdict(rule: string): string {
  const [failure] = compileRules({ ...schema, 'x-kubernetes-validations': [{ rule, message: 'broken' }] })!.check(object);
  if (!failure) {
    return 'true';
  }
  if (failure.message === 'broken') {
    return 'false';
  }
  return failure.message.startsWith('rule compile error: ') ? 'no rule' : `error: ${failure.message.replace(/ evaluating rule: broken$/, '')}`;
}

/** `error` alone where the words are Go's own. */
function agrees(expected: string, actual: string): boolean {
  return expected === 'error' ? actual.startsWith('error: ') : actual.replace(/^error: '(no such overload)'.*/, 'error: $1') === expected;
}

describe.each(readdirSync(VERDICTS))('%s', file => {
  const verdicts = Object.entries<string>(JSON.parse(readFileSync(join(VERDICTS, file), 'utf8')));

  test('says what the API server says', () => {
    const disagreements = verdicts.map(([rule, expected]) => ({ rule, expected, actual: verdict(rule) }))
      .filter(({ expected, actual }) => !agrees(expected, actual));

    expect(disagreements).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(25);
  });
});
