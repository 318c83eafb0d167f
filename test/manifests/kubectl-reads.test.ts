import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../../src/manifests/text-reader';

/** What kubectl makes of a text, as kubectl/main.go recorded it. */
interface Answer {
  readonly text: string;
  readonly documents: unknown[];
  readonly error?: string;
}

const answers: Answer[] = JSON.parse(readFileSync(join(__dirname, 'kubectl', 'reads.json'), 'utf8'));

/** Texts that kubectl reads and we refuse, with a reason that the writer understands. */
const REFUSED: { readonly [text: string]: RegExp } = {
  'v: "a"#b\n': /bad indentation/,
  'v: "a\u2028b"\n': /U\+2028/,
  'v: "a\u0085b"\n': /U\+0085/,
  'v: \u2028\n': /U\+2028/,
  'a: b\u2028c: d\n': /U\+2028/,
  'a: b\u0085c: d\n': /U\+0085/,
  'a: |\n  b\u2028  c\n': /U\+2028/,
  'a: |\n  b\u0085  c\n': /U\+0085/,
  '# c\u2028a: 1\n': /U\+2028/,
  '# c\u0085a: 1\n': /U\+0085/,
  // Keys that would not be what was written.
  '1e6: x\n': /1000000 cannot be a key: quote it/,
  '1e30: x\n': /cannot be a key/,
  '0.00001: x\n': /cannot be a key/,
  '9007199254740993: x\n': /cannot be a key/,
  '123456.75: x\n': /cannot be a key/,
  '12345678.5: x\n': /cannot be a key/,
  // What kubectl drops without a word.
  'a: 1\n...\nb: 2\n': /kubectl ignores what follows '\.\.\.'/,
  '---\n%YAML 1.1\na: 1\n': /directives end mark/,
  'a\n: b\n': /end of the stream/,
  'a: &x k\n*x: 1\n': /expected ':' after a mapping key/,
  // kubectl fails on the number later, when it decodes the object.
  '{"a":1e999}': /does not fit into 64 bits/,
};

/** What kubectl refuses and we read, as it does no harm: the end of a document after JSON. */
const TAKEN = '{"a":1}\n...\n';

describe('texts that kubectl', () => {
  test.each(answers.filter(({ error, text }) => error === undefined && !(text in REFUSED)))('reads: $text', ({ text, documents }) => {
    const read = readDocuments(text, 'f');
    expect(read.problems).toEqual([]);
    expect(read.documents.map(({ value }) => value)).toEqual(documents);
  });

  test.each(answers.filter(({ error, text }) => error !== undefined && text !== TAKEN))('refuses: $text', ({ text }) => {
    expect(readDocuments(text, 'f').problems).not.toEqual([]);
  });

  test.each(answers.filter(({ text }) => text in REFUSED))('reads, and we refuse: $text', ({ text }) => {
    expect(readDocuments(text, 'f').problems[0].message).toMatch(REFUSED[text]);
  });
});
