/**
 * One measurement in a process of its own, which prints it as JSON:
 *
 *   node --expose-gc measure.js VARIANT CASE OBJECTS OBJECTS-PER-CHART DIR
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { CASES } from './cases';
import { bare, l1, Manifest } from './peers';

/** So many objects are made and synthesized so often before anything is measured: growth is that of the work, not of the compiler's warming up. */
const WARM_UP = { objects: 480, times: 6 };

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

const [variant, name, count, perChart, dir] = process.argv.slice(2);
const { objects, start } = CASES[name];
const gc = globalThis.gc!;

/** Fills an app with so many things, divided into charts. */
type Fill = (app: App, things: number) => void;

function divided(make: (chart: Chart, first: number, end: number) => void): Fill {
  const step = Number(perChart) / objects;
  return (app, things) => {
    for (let n = 0; n < things; n += step) {
      make(new Chart(app, `chart-${n}`), n, Math.min(n + step, things));
    }
  };
}

const ours = divided((chart, first, end) => {
  const make = start(chart);
  for (let n = first; n < end; n++) {
    make(n);
  }
});

/** The manifests are there before the clock starts: a peer is not charged for writing them down. */
function peers(things: number): Fill {
  const manifests = JSON.parse(readFileSync(join(dir, 'manifests.json'), 'utf8')) as Manifest[];
  const all = manifests.slice(0, things * objects).map(variant === 'l1' ? l1 : bare);
  return divided((chart, first, end) => all.slice(first * objects, end * objects).forEach((make, i) => make(chart, `Object${i}`)));
}

function measure(fill: Fill, outdir: string, things: number): { app: App; build: number; synth: number } {
  const app = new App({ outdir });
  const begun = performance.now();
  fill(app, things);
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
gc();
const { app, build, synth } = measure(fill, join(dir, variant), things);
gc();
const heap = process.memoryUsage().heapUsed - before;
const measurement: Measurement = { build, synth, heap, rss: process.resourceUsage().maxRSS };
// The app is named last, so that it lives until the heap is read.
console.log(JSON.stringify({ ...measurement, charts: app.node.children.length }));
