/**
 * One measurement in a process of its own, which prints it as JSON:
 *
 *   node --expose-gc measure.js VARIANT CASE OBJECTS DIR
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { CASES } from './cases';
import { bare, l1, Manifest } from './peers';

/** So many objects are made and synthesized so often before anything is measured: growth is that of the work, not of the compiler's warming up. */
const WARM_UP = { objects: 480, times: 6 };

/** So many objects are measured in all, at least three times over: the fastest run is what the work takes, the rest is what else the machine does. */
const MEASURED_OBJECTS = 12000;

/** What one process finds. */
export interface Measurement {
  /** Milliseconds until the constructs are there. */
  readonly build: number;
  /** Milliseconds from then until the YAML is written. */
  readonly synth: number;
  /** Bytes on the heap that live because of the app, once it is synthesized. */
  readonly heap: number;
  /** The largest size that the process had, in KiB. */
  readonly rss: number;
}

const [variant, name, count, dir] = process.argv.slice(2);
const { objects, start } = CASES[name];
/** One collection leaves what the finalizers of the last one held. */
const gc = () => {
  globalThis.gc!();
  globalThis.gc!();
};

/** Fills a chart with so many things. Of many charts cdk8s itself is slower: for each it walks through the whole app. */
type Fill = (chart: Chart, things: number) => void;

const ours: Fill = (chart, things) => {
  const make = start(chart);
  for (let n = 0; n < things; n++) {
    make(n);
  }
};

/** The manifests are there before the clock starts: a peer is not charged for writing them down. */
function peers(things: number): Fill {
  const manifests = JSON.parse(readFileSync(join(dir, 'manifests.json'), 'utf8')) as Manifest[];
  const all = manifests.slice(0, things * objects).map(variant === 'l1' ? l1 : bare);
  return chart => all.forEach((make, i) => make(chart, `Object${i}`));
}

function measure(fill: Fill, outdir: string, things: number): { app: App; build: number; synth: number } {
  const app = new App({ outdir });
  const begun = performance.now();
  fill(new Chart(app, 'chart'), things);
  const built = performance.now();
  app.synth();
  return { app, build: built - begun, synth: performance.now() - built };
}

const fillWith = (things: number) => variant === 'ours' ? ours : peers(things);
const warmUp = fillWith(WARM_UP.objects / objects);
for (let i = 0; i < WARM_UP.times; i++) {
  measure(warmUp, join(dir, 'warm-up'), WARM_UP.objects / objects);
}
gc();
const before = process.memoryUsage().heapUsed;
const things = Number(count) / objects;
const fill = fillWith(things);
let best = Infinity;
let build = 0;
let heap = 0;
let charts = 0;
for (let i = 0; i < Math.max(3, MEASURED_OBJECTS / Number(count)); i++) {
  gc();
  const run = measure(fill, join(dir, variant), things);
  if (run.build + run.synth < best) {
    best = run.build + run.synth;
    build = run.build;
  }
  gc();
  heap = process.memoryUsage().heapUsed - before;
  // The app is named after the heap is read, so that it lives until then.
  charts = run.app.charts.length;
}
const measurement: Measurement = { build, synth: best - build, heap, rss: process.resourceUsage().maxRSS };
console.log(JSON.stringify({ ...measurement, charts }));
