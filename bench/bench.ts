/**
 * Compares our constructs with the generated classes (L1) and with bare ApiObjects of equal content, and says what loading the package costs.
 *
 *   npx projen bench           takes some minutes, and writes bench/results.json
 *   npx projen bench 1         with one round instead of three, and writes nothing
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MEASURED, prepare, Round, run, runRounds, Variant, VARIANTS } from './compare';
import type { Measurement } from './measure';
import { growth, median, rounded } from './statistics';

/** About 500, 2,000 and 8,000 objects: multiples of 8, which is how many the largest thing is. */
const SIZES = [504, 2000, 8000];
const ROUNDS = 3;
const LOADS = 15;
/** Time in relation to others, memory in relation to both, the exponent of growth, milliseconds of loading. */
const GOALS = { l1: 1.25, bare: 1.5, memory: 2, growth: 1.05, load: 25 };

const rounds = Number(process.argv[2] ?? ROUNDS);
const time = ({ build, synth }: Measurement) => build + synth;

interface Ratio {
  readonly l1: number;
  readonly bare: number;
}

/** How much ours needs for each unit that a peer needs: of each the least of the rounds, as what comes on top is what else the machine does. */
function ratio(measured: Round[], of: (measurement: Measurement) => number): Ratio {
  const least = (variant: Variant) => Math.min(...measured.map(round => of(round[variant])));
  const to = (peer: Variant) => rounded(least('ours') / least(peer));
  return { l1: to('l1'), bare: to('bare') };
}

function row(cells: (string | number)[]): void {
  console.log(cells.map((cell, i) => i === 0 ? String(cell).padEnd(10) : String(cell).padStart(14)).join(''));
}

/** A table for one thing, and its figures. */
function compare(name: string): object {
  row(['objects', 'time', 'build', 'synthesis', 'heap', 'process', 'build share']);
  const bySize = SIZES.map(size => {
    const measured = runRounds(rounds, name, size);
    const figures = {
      time: ratio(measured, time),
      build: ratio(measured, ({ build }) => build),
      synthesis: ratio(measured, ({ synth }) => synth),
      heap: ratio(measured, ({ heap }) => heap),
      process: ratio(measured, ({ rss }) => rss),
    };
    const share = rounded(median(measured.map(({ ours }) => ours.build / time(ours))));
    row([size, ...Object.values(figures).map(({ l1, bare }) => `${l1} / ${bare}`), share]);
    return { size, measured, figures: { ...figures, buildShare: share } };
  });
  const exponents = Object.fromEntries(VARIANTS.map(variant =>
    [variant, rounded(growth(bySize.map(({ size, measured }) => ({ size, time: Math.min(...measured.map(round => time(round[variant]))) }))))]));
  console.log(`growth    time ~ objects^k with k = ${Object.entries(exponents).map(([variant, k]) => `${k} (${variant})`).join(', ')}\n`);
  return { ...Object.fromEntries(bySize.map(({ size, figures }) => [size, figures])), growth: exponents };
}

/** What loading us costs over cdk8s-plus-28, which every app of ours needs: at first, and by the time that everything of us is in use. */
function compareLoading(): object {
  const peer = 'require("cdk8s-plus-28")';
  const ours = `${peer}; const ours = require("cdk8s-mesh")`;
  const runs = Array.from({ length: LOADS }, () => ({ peer: run(peer), first: run(ours), all: run(`${ours}; Object.values(ours)`) }));
  const [base, first, all] = (['peer', 'first', 'all'] as const).map(which => median(runs.map(times => times[which])));
  console.log(`require   cdk8s-plus-28 ${base.toFixed(0)} ms; cdk8s-mesh ${(first - base).toFixed(1)} ms more, with all of it in use ${(all - base).toFixed(1)} ms more\n`);
  return { first: rounded(first / base), all: rounded(all / base) };
}

prepare();
const { CASES } = createRequire(join(MEASURED, 'bench.js'))('./cases') as typeof import('./cases');
console.log(`Ours in relation to generated classes / to bare ApiObjects: the least of ${rounds} rounds. Goals: time at most ${GOALS.l1} / ${GOALS.bare},`);
console.log(`memory at most ${GOALS.memory}, growth at most ${GOALS.growth}, loading at most ${GOALS.load} ms over cdk8s-plus-28.\n`);
const loading = compareLoading();
const cases = Object.fromEntries(Object.keys(CASES).map(name => {
  console.log(name);
  return [name, compare(name)];
}));
if (rounds >= ROUNDS) {
  writeFileSync(join(__dirname, 'results.json'), `${JSON.stringify({ loading, cases }, undefined, 2)}\n`);
}
