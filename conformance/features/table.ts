import { Implementation, Judged } from './evidence';
import { FEATURES } from './names';

const COLUMNS: { readonly [implementation in Implementation]: string } = {
  'istio': 'istiod, and requests through Envoy',
  'envoy-gateway': 'Envoy Gateway\'s translation',
};
const WORDS = { works: 'yes', differs: 'in another way', lacks: 'no', unasked: 'not asked' };

/** The table of features: which case shows each, and what the engines make of it. */
export function table(evidence: readonly Judged[]): string {
  const rows = FEATURES.map(({ name, construct, experimental }) => {
    const own = evidence.filter(({ feature }) => feature === name);
    const cases = [...new Set(own.map(one => one.case))].map(one => `[${one}](../conformance/cases/${one})`);
    return [`${name}${experimental ? ' (experimental)' : ''}`, construct, ...(['istio', 'envoy-gateway'] as const).map(by => cell(own, by)), cases.join(', ')];
  });
  const line = (cells: readonly string[]) => `| ${cells.map(text => text.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [
    '<!-- Written by conformance/features.ts. -->',
    '# Features of Gateway API 1.7',
    '',
    'What our constructs write, and what engines do with it: Istio as istiod translates it, with requests through real Envoys, and Envoy Gateway as',
    '`egctl` translates it. Names are those of the conformance tests of Gateway API 1.7; where they have none, it is the path of the field.',
    'Each cell is borne out by the recorded verdicts of the case: `npm test` fails when it is not. How they are recorded: [conformance](../conformance/README.md).',
    '',
    line(['feature', 'construct', COLUMNS.istio, COLUMNS['envoy-gateway'], 'case']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map(line),
    '',
    ...(['istio', 'envoy-gateway'] as const).map(by => `${COLUMNS[by]}: ${count(evidence, by)}.  `),
    '',
  ].join('\n');
}

/** The best that is shown, and all that is not as Gateway API says. */
function cell(evidence: readonly Judged[], by: Implementation): string {
  const own = evidence.filter(({ implementation }) => implementation === by);
  const works = own.some(({ says }) => says === 'works');
  const others = own.filter(({ says }) => says !== 'works').map(({ says, because }) => `${works && says === 'differs' ? 'but' : `${WORDS[says]}:`} ${because}`);
  return [...works ? ['yes'] : [], ...others].join('; ');
}

function count(evidence: readonly Judged[], by: Implementation): string {
  const outcome = (feature: string) => evidence.filter(one => one.implementation === by && one.feature === feature).map(({ says }) => says);
  const all = FEATURES.map(({ name }) => outcome(name));
  const yes = all.filter(says => says.includes('works')).length;
  return [
    `${yes} of ${FEATURES.length} features shown`,
    ...(['differs', 'lacks', 'unasked'] as const).map(word => `${all.filter(says => !says.includes('works') && says.includes(word)).length} ${WORDS[word]}`),
  ].join(', ');
}
