import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreeOnPaths, agreeOnVerdict, Verdict, verdictOfClaims } from '../../conformance/verdict';
import { Channel, Validator } from '../../src/validation/validator';

interface CelCase {
  readonly channel: Channel;
  readonly verdict: Verdict;
  readonly object: { readonly apiVersion: string; readonly kind: string };
}

const cases = JSON.parse(readFileSync(join(__dirname, '..', 'data', 'cel-cases.json'), 'utf8')) as CelCase[];
const KINDS = [...new Set(cases.map(({ channel, object }) => `${channel} ${object.apiVersion} ${object.kind}`))];

describe('objects that fail or pass rules, as the API server judged them', () => {
  test.each(KINDS)('%s', name => {
    const moved = cases.filter(({ channel, object }) => name === `${channel} ${object.apiVersion} ${object.kind}`).flatMap(({ channel, verdict, object }) => {
      const ours = verdictOfClaims(Validator.of(channel).check(object));
      return agreeOnVerdict(verdict, ours) && agreeOnPaths(verdict, ours) ? [] : [{ object, verdict, ours }];
    });
    expect(moved).toEqual([]);
  });
});
