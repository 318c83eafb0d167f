/**
 * Writes docs/istio-webhook-rules.md from the tables of test/istio/webhook and what istiod's webhook says.
 *
 *   npx tsx conformance/webhook/page.ts            writes it
 *   npx tsx conformance/webhook/page.ts --check    ends with 1 when it is not as it would be written
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { webhookPage } from './table';

const FILE = join(__dirname, '..', '..', 'docs', 'istio-webhook-rules.md');

const page = webhookPage();
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, page);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== page) {
  console.error('docs/istio-webhook-rules.md is not as it would be written: run npx tsx conformance/webhook/page.ts');
  process.exitCode = 1;
}
