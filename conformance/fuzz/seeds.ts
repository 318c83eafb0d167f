import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORPORA, readCorpus } from '../corpora/corpus';
import { objectsOf } from '../objects';

const TARGETS = join(__dirname, '..', '..', 'test', 'targets');

let found: readonly unknown[] | undefined;

/** Objects that people wrote; the engine chooses those that are valid. */
export function examples(): readonly unknown[] {
  found ??= [
    ...CORPORA.flatMap(corpus => readCorpus(corpus).map(({ object }) => object)),
    ...readdirSync(TARGETS).filter(file => file.endsWith('.yaml')).flatMap(file => objectsOf(readFileSync(join(TARGETS, file), 'utf8'))),
  ];
  return found;
}
