import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CORPORA, readCorpus } from '../corpora/corpus';

const TARGETS = join(__dirname, '..', '..', 'test', 'targets');

let found: readonly unknown[] | undefined;

/** Objects that people wrote; the engine chooses those that are valid. */
export function examples(): readonly unknown[] {
  found ??= [
    ...CORPORA.flatMap(corpus => readCorpus(corpus).map(({ object }) => object)),
    ...readdirSync(TARGETS).filter(file => file.endsWith('.yaml'))
      .flatMap(file => parseAllDocuments(readFileSync(join(TARGETS, file), 'utf8')).map(document => document.toJS() as unknown)),
  ];
  return found;
}
