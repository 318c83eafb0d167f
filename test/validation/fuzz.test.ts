import { kept } from '../../conformance/fuzz/keep';
import { agreeOnPaths, agreeOnVerdict, Verdict, verdictOfClaims } from '../../conformance/verdict';
import { Validator } from '../../src/validation/validator';

describe('what fuzzing found', () => {
  test.each(kept())('%s', (_, { channel, object, verdict }) => {
    const ours = verdictOfClaims(Validator.of(channel).check(object));
    expect(agreeOnVerdict(verdict, ours) && agreeOnPaths(verdict, ours) ? verdict : ours).toEqual(verdict);
  });
});

describe('the rule by which two verdicts agree', () => {
  const verdict = (errors: string[], unknown: string[] = [], more: Partial<Verdict> = {}): Verdict => ({ served: true, errors, unknown, ...more });

  test.each([
    ['both accept', verdict([]), verdict([]), true, true],
    ['one rejects', verdict(['spec']), verdict([]), false, false],
    ['both reject, at other places', verdict(['spec.a']), verdict(['spec.b']), true, false],
    ['both reject, one at one more place', verdict(['spec.a', 'spec.b']), verdict(['spec.a']), true, false],
    ['one prunes, the other rejects', verdict([], ['spec.a']), verdict(['spec.a']), false, false],
    ['both prune, other fields', verdict([], ['spec.a']), verdict([], ['spec.b']), true, false],
    ['what cannot be decoded may have more wrong', verdict(['metadata.labels'], [], { undecodable: true }), verdict(['metadata.labels.a', 'metadata.name'], ['b']), true, true],
    ['what cannot be decoded is wrong there', verdict(['metadata.labels'], [], { undecodable: true }), verdict(['metadata.name']), true, false],
    ['one does not serve the kind', verdict([], [], { served: false }), verdict([]), false, true],
  ])('%s', (_, engine, ours, onVerdict, onPaths) => {
    expect([agreeOnVerdict(engine, ours), agreeOnPaths(engine, ours)]).toEqual([onVerdict, onPaths]);
  });

  test('a claim is put into the words of the API server', () => {
    expect(verdictOfClaims([
      { path: ['spec', 'rules', 0, 'name'], rule: 'schema' },
      { path: ['metadata', 'labels', 'a.b'], rule: 'metadata' },
      { path: ['spec', 'rules', 0, 'name'], rule: 'cel' },
      { path: ['spec', 'other'], rule: 'unknown-field' },
    ])).toEqual({ served: true, errors: ['metadata.labels.a.b', 'spec.rules.0.name'], unknown: ['spec.other'] });
    expect(verdictOfClaims([{ path: ['kind'], rule: 'unknown-kind' }])).toEqual({ served: false, errors: [], unknown: [] });
  });
});
