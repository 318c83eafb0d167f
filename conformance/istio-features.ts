/**
 * Writes docs/istio-features.md from what the cases show of Istio's features and from their recorded verdicts.
 *
 *   npx tsx conformance/istio-features.ts            writes it
 *   npx tsx conformance/istio-features.ts --check    ends with 1 when it is not as it would be written
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allShown } from './istio-features/evidence';
import { istioTable } from './istio-features/table';

const FILE = join(__dirname, '..', 'docs', 'istio-features.md');

const shown = allShown();
const wrong = shown.flatMap(one => one.wrong.map(what => `${one.case}: ${one.feature}: ${what}`));
const text = istioTable(shown);
if (process.argv.includes('--check')) {
  const stale = !existsSync(FILE) || readFileSync(FILE, 'utf8') !== text;
  console.error([...wrong, ...stale ? ['docs/istio-features.md is not as it would be written: run npx tsx conformance/istio-features.ts'] : []].join('\n'));
  process.exitCode = stale || wrong.length > 0 ? 1 : 0;
} else {
  writeFileSync(FILE, text);
  console.log(wrong.join('\n'));
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
