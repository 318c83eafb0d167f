/**
 * Holds our validator against the API server's, with mutated objects of every kind:
 *
 *   npx projen fuzz [--objects 20000] [--seed 1] [--kind NAME]
 *
 * A verdict on which they disagree is shrunk, printed, and kept in found/; ends with status 1 if there is one, or if too few paths agree.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { accepted } from '../apiserver';
import { Comparison, Judges } from './judges';
import { allKinds, Kind } from './kinds';
import { mutants } from './mutations';
import { makePool } from './pool';
import { Disagreement, show } from './report';
import { examples } from './seeds';

const GOALS = { paths: 0.98, accepted: 0.25 };

interface Tally {
  objects: number;
  accepted: number;
  rejected: number;
  samePaths: number;
  readonly verdicts: Disagreement[];
  readonly paths: Disagreement[];
}

const newTally = (): Tally => ({ objects: 0, accepted: 0, rejected: 0, samePaths: 0, verdicts: [], paths: [] });
const percent = (part: number, whole: number) => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`;

function count(tally: Tally, kind: Kind, object: unknown, comparison: Comparison): void {
  tally.objects++;
  if (accepted(comparison.said)) {
    tally.accepted++;
  } else {
    tally.rejected++;
    tally.samePaths += comparison.agreeOnPaths ? 1 : 0;
  }
  if (!comparison.agreeOnVerdict) {
    tally.verdicts.push({ kind, object });
  } else if (!comparison.agreeOnPaths) {
    tally.paths.push({ kind, object });
  }
}

async function fuzz(kind: Kind, objects: number, seed: number, judges: Judges): Promise<Tally> {
  const pool = await makePool(kind, judges.engine(kind.channel), seed, examples());
  const tally = newTally();
  for (const object of fc.sample(mutants(kind, pool), { seed, numRuns: objects })) {
    count(tally, kind, object, await judges.compare(kind.channel, object));
  }
  return tally;
}

function row(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, i) => i < 3 ? String(cell).padEnd([13, 43, 25][i]) : String(cell).padStart(12)).join(''));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { objects: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, kind: { type: 'string' } },
  });
  const kinds = allKinds().filter(({ kind }) => values.kind === undefined || kind === values.kind);
  if (kinds.length === 0) {
    throw new Error(`no bundle has a kind ${values.kind}`);
  }
  const each = Math.ceil(Number(values.objects) / kinds.length);
  const judges = await Judges.start();
  const total = newTally();
  row(['channel', 'version', 'kind', 'objects', 'accepted', 'rejected', 'verdicts', 'paths']);
  for (const [i, kind] of kinds.entries()) {
    const tally = await fuzz(kind, each, Number(values.seed) * 10_007 + i * 101, judges);
    const { objects, accepted: good, rejected, verdicts } = tally;
    row([kind.channel, kind.apiVersion, kind.kind, objects, good, rejected, verdicts.length, percent(tally.samePaths, rejected)]);
    (['objects', 'accepted', 'rejected', 'samePaths'] as const).forEach(part => total[part] += tally[part]);
    total.verdicts.push(...tally.verdicts);
    total.paths.push(...tally.paths);
  }
  await show(total.verdicts, judges, comparison => !comparison.agreeOnVerdict, true);
  await show(total.paths, judges, comparison => comparison.agreeOnVerdict && !comparison.agreeOnPaths, false);
  await judges.close();
  const shares = `${percent(total.accepted, total.objects)} accepted, ${percent(total.rejected, total.objects)} rejected`;
  console.log(`\n${total.objects} objects of ${kinds.length} kinds with seed ${values.seed}: ${shares}`);
  console.log(`verdicts that disagree: ${total.verdicts.length}`);
  console.log(`rejected objects whose paths agree: ${percent(total.samePaths, total.rejected)} (goal: at least ${100 * GOALS.paths} %)`);
  if (total.verdicts.length > 0 || total.samePaths < GOALS.paths * total.rejected || total.accepted < GOALS.accepted * total.objects) {
    process.exitCode = 1;
  }
}

void main();
