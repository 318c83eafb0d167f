import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHANNELS } from '../../conformance/apiserver';
import { CORPORA, readCorpus } from '../../conformance/corpora/corpus';
import { agreeOnPaths, agreeOnVerdict, Verdict, verdictOfClaims } from '../../conformance/verdict';
import { Channel, Validator } from '../../src/validation/validator';

interface Said {
  readonly corpus: string;
  readonly name: string;
  readonly standard: Verdict;
  readonly experimental: Verdict;
}

const said = JSON.parse(readFileSync(join(__dirname, '..', 'data', 'corpora.json'), 'utf8')) as Said[];
const cases = CORPORA.flatMap(corpus => readCorpus(corpus).map(c => ({ corpus, ...c })));
const isCustom = ({ object }: typeof cases[number]) => (object.apiVersion as string).includes('gateway.networking');

describe('corpora that the API server has judged', () => {
  test('every object has its verdict, and no verdict lacks its object', () => {
    expect(said.map(({ corpus, name }) => `${corpus} ${name}`)).toEqual(cases.map(({ corpus, name }) => `${corpus} ${name}`));
    expect(cases.length).toBe(146 + 272);
  });

  test('both verdicts occur', () => {
    const of = (channel: Channel) => said.filter((_, i) => isCustom(cases[i])).map(verdicts => verdicts[channel]);
    const rejected = (channel: Channel) => of(channel).filter(({ served, errors, unknown }) => !served || errors.length + unknown.length > 0).length;
    expect([of('standard').length, rejected('standard'), rejected('experimental')]).toEqual([341, 94, 93]);
  });

  describe.each(CHANNELS)('%s', channel => {
    test.each(cases.map((c, i) => [`${c.corpus}: ${c.name}`, c, said[i][channel]] as const).filter(([, c]) => isCustom(c)))('%s', (_, { object }, engine) => {
      const ours = verdictOfClaims(Validator.of(channel).check(object));
      expect(agreeOnVerdict(engine, ours) && agreeOnPaths(engine, ours) ? engine : ours).toEqual(engine);
    });

    test('nothing is wrong with the core kinds that go with them', () => {
      const core = cases.filter(c => !isCustom(c));
      expect(core.flatMap(({ name, object }) => Validator.of(channel).check(object).map(problem => [name, problem]))).toEqual([]);
    });
  });
});
