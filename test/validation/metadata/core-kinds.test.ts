import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '../../../src/validation/validator';

interface Case {
  readonly base: string;
  /** What the base is changed at, to what; nothing to remove it. */
  readonly at?: string;
  readonly value?: unknown;
  /** What stands in the place of the base. */
  readonly object?: unknown;
  readonly refused: boolean;
  /** Why we say something else. */
  readonly differs?: string;
}

const { bases, cases }: { bases: { [name: string]: object }; cases: Case[] } =
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'data', 'core-verdicts.json'), 'utf8'));

function objectOf(c: Case): any {
  const object: any = structuredClone(c.object ?? bases[c.base]);
  if (c.at !== undefined) {
    const keys = c.at.split('.');
    const last = keys.pop()!;
    const part = keys.reduce((at, key) => at[key] ??= {}, object);
    if ('value' in c) {
      part[last] = c.value;
    } else {
      delete part[last];
    }
  }
  return object;
}

const validator = Validator.of('standard');

describe.each(Object.keys(bases))('what Kubernetes says of %s', base => {
  const ofBase = cases.filter(c => c.base === base)
    .map(c => [JSON.stringify({ at: c.at, value: c.value, object: c.object }).slice(0, 120), c] as const);

  test.each(ofBase)('%s', (_, c) => {
    const found = validator.check(objectOf(c));
    expect(found.length > 0).toBe(c.differs === undefined ? c.refused : !c.refused);
  });
});

test('we refuse what Kubernetes takes in no more than the cases that say why', () => {
  const why = new Set(cases.filter(c => c.differs !== undefined && !c.refused).map(c => c.differs));
  expect([...why]).toEqual([
    'the server makes up the name of a LimitRange, which nobody can rely on',
    'blanks around a quantity are dropped',
    'null in a list of texts is an empty text',
  ]);
  expect(cases.length).toBeGreaterThan(1000);
});

describe('messages', () => {
  const messages = (object: object) => validator.check(object).map(({ path, message }) => `${path.join('.')}: ${message}`);
  const deployment: any = bases.dep;

  test('a selector that selects other pods', () => {
    const [message] = messages({ ...deployment, spec: { ...deployment.spec, selector: { matchLabels: { app: 'other' } } } });
    expect(message).toContain('template.metadata.labels must have all labels of selector.matchLabels');
  });

  test('an unknown field', () => {
    const [message] = messages({ ...deployment, spec: { ...deployment.spec, replica: 3 } });
    expect(message).toMatch(/^spec\.replica: .*replicas/);
  });
});
