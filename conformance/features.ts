/**
 * Writes docs/gateway-api-features.md from what the cases say of features and from their recorded verdicts.
 *
 *   npx tsx conformance/features.ts            writes it
 *   npx tsx conformance/features.ts --check    ends with 1 when it is not as it would be written
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvidence } from './features/evidence';
import { table } from './features/table';

const FILE = join(__dirname, '..', 'docs', 'gateway-api-features.md');

const evidence = allEvidence();
const wrong = evidence.flatMap(one => one.wrong.map(what => `${one.case}: ${one.feature}: ${one.implementation}: ${what}`));
const text = table(evidence);
if (process.argv.includes('--check')) {
  const stale = !existsSync(FILE) || readFileSync(FILE, 'utf8') !== text;
  console.error([...wrong, ...stale ? ['docs/gateway-api-features.md is not as it would be written: run npx tsx conformance/features.ts'] : []].join('\n'));
  process.exitCode = stale || wrong.length > 0 ? 1 : 0;
} else {
  writeFileSync(FILE, text);
  console.log(wrong.join('\n'));
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
