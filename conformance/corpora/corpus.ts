import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The corpora, by the names of their files. */
export const CORPORA = ['gateway-api-cel', 'gateway-api-conformance'] as const;
export type Corpus = typeof CORPORA[number];

/** An object, and what those who wrote it expect of the API server. */
export interface CorpusCase {
  readonly name: string;
  /** The channel it was made for. */
  readonly channel: 'both' | 'experimental';
  /** Parts of the messages; none when it is valid. */
  readonly wantErrors: readonly string[];
  readonly object: { readonly [field: string]: unknown };
}

export function readCorpus(name: Corpus): readonly CorpusCase[] {
  return JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')).cases;
}
