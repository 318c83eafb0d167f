/**
 * Compares our constructs with the generated classes (L1) and with bare ApiObjects of equal content, and says what loading the package costs.
 *
 *   npx projen bench           takes some minutes, and writes bench/results.json
 *   npx projen bench 1         with one round instead of five, and writes nothing
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { load, MEASURED, prepare, Round, runRounds, Variant, VARIANTS } from './compare';
import type { Measurement } from './measure';
import { growth, median, rounded } from './statistics';

/** About 500, 2,000 and 8,000 objects: multiples of 8, which is how many the largest thing is. */
const SIZES = [504, 2000, 8000];
/** How many objects a chart holds. For each chart cdk8s walks through the whole app once more, so that time grows faster with many, whoever fills them. */
const LAYOUTS: { readonly [name: string]: number } = { 'one chart': SIZES[2], 'charts of 104 objects': 104 };
const ROUNDS = 5;
const LOADS = 15;
/** Time in relation to others, memory in relation to both, the exponent of growth, milliseconds of loading. */
const GOALS = { l1: 1.25, bare: 1.5, memory: 2, growth: 1.05, load: 25 };

const rounds = Number(process.argv[2] ?? ROUNDS);
const time = ({ build, synth }: Measurement) => build + synth;

interface Ratio {
  readonly l1: number;
  readonly bare: number;
}

/** How much ours needs for each unit that a peer needs: the median of the rounds. */
function ratio(measured: Round[], of: (measurement: Measurement) => number): Ratio {
  const to = (peer: Variant) => rounded(median(measured.map(round => of(round.ours) / of(round[peer]))));
  return { l1: to('l1'), bare: to('bare') };
}

function row(cells: (string | number)[]): void {
  console.log(cells.map((cell, i) => i === 0 ? String(cell).padEnd(10) : String(cell).padStart(14)).join(''));
}

/** A table for one thing in one layout, and its figures. */
function compare(name: string, perChart: number): object {
  row(['objects', 'time', 'build', 'synthesis', 'heap', 'process', 'build share']);
  const bySize = SIZES.map(size => {
    const measured = runRounds(rounds, name, size, perChart);
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
    [variant, rounded(growth(bySize.map(({ size, measured }) => ({ size, time: median(measured.map(round => time(round[variant]))) }))))]));
  console.log(`growth    time ~ objects^k with k = ${Object.entries(exponents).map(([variant, k]) => `${k} (${variant})`).join(', ')}\n`);
  return { ...Object.fromEntries(bySize.map(({ size, figures }) => [size, figures])), growth: exponents };
}

/** What loading us costs once cdk8s-plus-28 is loaded, which every app of ours needs. */
function compareLoading(): object {
  const pairs = Array.from({ length: LOADS }, () => ({ peer: load('cdk8s-plus-28'), ours: load('cdk8s-mesh') }));
  const [peer, ours] = [median(pairs.map(pair => pair.peer)), median(pairs.map(pair => pair.ours))];
  console.log(`require   cdk8s-plus-28 ${peer.toFixed(0)} ms, cdk8s-mesh, which loads it, ${ours.toFixed(0)} ms: ${(ours - peer).toFixed(0)} ms more`);
  return { ratio: rounded(ours / peer) };
}

prepare();
const { CASES } = createRequire(join(MEASURED, 'bench.js'))('./cases') as typeof import('./cases');
console.log(`Ours in relation to generated classes / to bare ApiObjects: medians of ${rounds} rounds. Goals: time at most ${GOALS.l1} / ${GOALS.bare},`);
console.log(`memory at most ${GOALS.memory}, growth at most ${GOALS.growth}, loading at most ${GOALS.load} ms over cdk8s-plus-28.\n`);
const loading = compareLoading();
const cases = Object.fromEntries(Object.keys(CASES).map(name => [name, Object.fromEntries(Object.entries(LAYOUTS).map(([layout, perChart]) => {
  console.log(`${name}, ${layout}`);
  return [layout, compare(name, perChart)];
}))]));
if (rounds >= ROUNDS) {
  writeFileSync(join(__dirname, 'results.json'), `${JSON.stringify({ loading, cases }, undefined, 2)}\n`);
}
