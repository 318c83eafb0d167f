/**
 * Writes docs/support.md: runs the programs of all cells, and holds what they come to against what the cases prove.
 *
 *   npx tsx conformance/support.ts            writes it
 *   npx tsx conformance/support.ts --check    ends with 1 when it is not as it would be written
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './support/cells';
import { complaintsOf } from './support/complaints';
import { allProofs } from './support/evidence';
import { supportPage } from './support/page';
import { SECTIONS } from './support/sections';

const FILE = join(__dirname, '..', 'docs', 'support.md');

const proofs = allProofs();
const judged = judge(SECTIONS, proofs);
const complaints = complaintsOf(judged, proofs);
const text = supportPage(judged);
const check = process.argv.includes('--check');
if (!check) {
  writeFileSync(FILE, text);
}
const stale = check && (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text);
console.error([...complaints, ...stale ? ['docs/support.md is not as it would be written: run npx tsx conformance/support.ts'] : []].join('\n'));
process.exitCode = stale || complaints.length > 0 ? 1 : 0;
