import { Cell, Judged, JudgedCell } from './cells';
import { Proof } from './evidence';
import { Column } from './section';

/** How strong the word of an engine is, the strongest first; that of requests is stronger than all. */
const WORDS: readonly (readonly [word: string, engines: readonly string[]])[] = [
  ['controller', ['istiod', 'envoy-gateway', 'provision', 'ambient']],
  ['injector', ['inject']],
  ['charts', ['charts']],
  ['Prometheus', ['prometheus']],
  ['definitions', ['apiserver', 'analyze']],
];

/** The page of all sections. */
export function supportPage(judged: readonly Judged[]): string {
  return [
    '<!-- Written by conformance/support.ts. -->',
    '# What works where',
    '',
    'Look for the pattern; for a gateway, for the table of your mesh. The row is what you want, the column where.',
    '',
    '- ✅ is proved by a recorded case, which the link leads to. The word says what was asked there: **requests** went through real proxies; a **controller** (istiod, or Envoy',
    '  Gateway) translated the objects, or made what is made of them; the **injector** took the pods; Istio\'s **charts** took the values; **Prometheus** took the rules; the',
    '  **definitions** took the objects.',
    '- ◯ is supported, and proved by no case: the note says why, and the link leads to what judges it instead.',
    '- ✖ is refused when the app is synthesized: the note is the error, word for word.',
    '',
    'Each cell is a program: `npm test` runs all of them, and fails when one is not as it is told here, when a case does not bear out what it proves, or when a pattern, a form, a',
    'protocol or a verb of a gateway is in no row. The programs are in [conformance/support](../conformance/support); how cases are recorded: [conformance](../conformance/README.md).',
    '',
    ...contents(judged),
    ...judged.flatMap(sectionText),
  ].join('\n');
}

function contents(judged: readonly Judged[]): string[] {
  const count = (of: Judged, is: Cell['is']) => of.rows.flatMap(({ cells }) => cells).filter(({ cell }) => cell.is === is).length;
  return [
    line(['table', '✅', '◯', '✖']),
    line(['---', '---', '---', '---']),
    ...judged.map(one => line([
      `[${one.section.title}](#${anchorOf(one.section.title)})`, `${count(one, 'proved')}`, `${count(one, 'unproved')}`, `${count(one, 'refused')}`,
    ])),
    '',
  ];
}

function sectionText({ section, rows }: Judged): string[] {
  const refusals = new Map(section.columns.flatMap(column => {
    const sentence = refusedAltogether(rows.map(({ cells }) => cells.find(cell => cell.column === column)!));
    return sentence === undefined ? [] : [[column, sentence] as const];
  }));
  const shown = section.columns.filter(column => !refusals.has(column));
  const notes: string[] = [];
  const note = (sentence: string) => {
    notes.includes(sentence) || notes.push(sentence);
    return notes.indexOf(sentence) + 1;
  };
  const lines = rows.map(({ row, cells }) =>
    line([row.what, ...cells.filter(({ column }) => shown.includes(column)).map(({ cell }) => cellText(cell, note))]));
  return [
    `## ${section.title}`,
    '',
    section.about,
    '',
    ...notAtAll(refusals),
    ...shown.length > 0 ? [line(['', ...shown.map(({ title }) => title)]), line(['---', ...shown.map(() => '---')]), ...lines, ''] : [],
    ...notes.map((sentence, i) => `${i + 1}. ${sentence}`),
    ...notes.length > 0 ? [''] : [],
  ];
}

/** The sentence with which most cells of a column are refused, when all of them are. */
function refusedAltogether(cells: readonly JudgedCell[]): string | undefined {
  const sentences = cells.flatMap(({ cell }) => cell.is === 'refused' ? [cell.because] : []);
  const times = (sentence: string) => sentences.filter(other => other === sentence).length;
  const [most] = [...sentences].sort((a, b) => times(b) - times(a));
  // Sentences that differ say the same of other things.
  return sentences.length !== cells.length ? undefined : times(most) * 2 > sentences.length ? most : `${most}, and so each of the others`;
}

function notAtAll(refusals: ReadonlyMap<Column, string>): string[] {
  const sentences = [...new Set(refusals.values())];
  return sentences.flatMap(sentence => {
    const titles = [...refusals].filter(([, other]) => other === sentence).map(([{ title }]) => `**${title}**`);
    return [`Not at all: ${titles.join(', ')}: ${sentence}.`, ''];
  });
}

function cellText(cell: Cell, note: (sentence: string) => number): string {
  switch (cell.is) {
    case 'proved': return `✅ ${linksOf(cell.by).join(', ')}`;
    case 'unproved': return ['◯', ...linksOf(cell.judgedBy), `(${note(cell.because)})`].join(' ');
    case 'refused': return `✖ (${note(cell.because)})`;
    case 'unexplained': return '?';
  }
}

/** A link to each case, with the strongest word of its engines. */
function linksOf(proofs: readonly Proof[]): string[] {
  return proofs.map(proof => `[${wordOf(proof)}](../conformance/cases/${proof.case}/case.yaml)`);
}

function wordOf({ engines, requests }: Proof): string {
  return requests.length > 0 ? 'requests' : WORDS.find(([, those]) => those.some(engine => engines.includes(engine)))![0];
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(text => text.replace(/\|/g, '\\|')).join(' | ')} |`;
}
