import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Channel } from '../apiserver';
import { Kind } from './kinds';
import { Verdict } from '../verdict';

const FOUND = join(__dirname, 'found');

/** An object on which our validator once disagreed with the API server, and what the API server says of it. */
export interface Found {
  readonly channel: Channel;
  readonly verdict: Verdict;
  readonly object: unknown;
}

/** Writes a case that stays, and gives the path of its file. */
export function keep({ channel, kind }: Kind, object: unknown, verdict: Verdict): string {
  const found: Found = { channel, verdict, object };
  const text = JSON.stringify(found, undefined, 2);
  const name = `${kind.toLowerCase()}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`;
  writeFileSync(join(FOUND, name), `${text}\n`);
  return relative(process.cwd(), join(FOUND, name));
}

/** All cases that were kept, by the names of their files. */
export function kept(): [string, Found][] {
  return readdirSync(FOUND).filter(name => name.endsWith('.json')).sort()
    .map(name => [name, JSON.parse(readFileSync(join(FOUND, name), 'utf8')) as Found]);
}
