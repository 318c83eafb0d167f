import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseNames, CASES, CaseSpec, readSpec } from '../../conformance/case';
import { recordedIn } from '../../conformance/recorded';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const ANALYZE = 'analyze';

interface Finding { readonly code: string; readonly level: string; readonly origin: string }
interface Analyzed { readonly name: string; readonly spec: Pick<CaseSpec, 'app' | 'explained'>; readonly findings: readonly Finding[] }

const analyzed: Analyzed[] = caseNames().map(name => ({ name, spec: readSpec(name) })).filter(({ spec }) => spec.engines.includes(ANALYZE))
  .map(({ name, spec }) => ({ name, spec, findings: recordedIn(join(CASES, name))?.engines[ANALYZE] as Finding[] | undefined ?? [] }));

/** What of examples is wrong: every error, and every other finding that its case does not explain. */
function complaintsOf(cases: readonly Analyzed[]): string[] {
  return cases.flatMap(({ name, spec: { explained = {} }, findings }) => findings
    .filter(({ code, level }) => level === 'Error' || !(code in explained))
    .map(({ code, level, origin }) => `${name}: ${level} ${code} of ${origin}`));
}

/** The examples that no case has the analyzers look at; where one is in parts, each has a case of its own. */
function unseen(examples: readonly string[], cases: readonly Analyzed[]): string[] {
  return examples.filter(example => !cases.some(({ name, spec: { app } }) => app === `examples/${example}` || name === `examples-${example}`));
}

const examples = readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'cdk8s.yaml')));
const ofExamples = analyzed.filter(({ name, spec }) => name.startsWith('examples-') || spec.app?.startsWith('examples/'));

test('the analyzers look at every example', () => {
  expect(unseen(examples, analyzed)).toEqual([]);
  expect(examples.length).toBeGreaterThan(20);
});

test('they find no error in any, and each warning is explained where it stands', () => {
  expect(complaintsOf(ofExamples)).toEqual([]);
});

test('they see namespaces, pods and Secrets: what they say of those is among the findings', () => {
  const said = new Set(analyzed.flatMap(({ findings }) => findings.map(({ code }) => code)));

  expect([...said]).toEqual(expect.arrayContaining(['IST0102', 'IST0127', 'IST0158']));
});

describe('this test', () => {
  const finding = { code: 'IST0101', level: 'Warning', origin: 'Gateway edge/public' };
  const one = { name: 'examples-shop', spec: { app: 'examples/shop' }, findings: [finding] };

  test('complains of a warning that nobody explained', () => {
    expect(complaintsOf([one])).toEqual(['examples-shop: Warning IST0101 of Gateway edge/public']);
    expect(complaintsOf([{ ...one, spec: { explained: { IST0101: 'it is elsewhere' } } }])).toEqual([]);
  });

  test('complains of an error that somebody explained', () => {
    const error = { ...one, spec: { explained: { IST0101: 'it is elsewhere' } }, findings: [{ ...finding, level: 'Error' }] };

    expect(complaintsOf([error])).toEqual(['examples-shop: Error IST0101 of Gateway edge/public']);
  });

  test('complains of an example that nobody asked about', () => {
    expect(unseen(['shop', 'blog'], [one])).toEqual(['blog']);
  });
});
