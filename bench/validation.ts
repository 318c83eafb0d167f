/**
 * Compares validation with the API server's own validators, which read and check the same files, and says what it adds to synthesis:
 *
 *   npx tsx bench/validation.ts [ROUNDS]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { stringify } from 'yaml';
import { MEASURED, prepare } from './compare';
import { median, rounded } from './statistics';
import { ApiServerStream, benchCommand } from '../conformance/apiserver';
import { CORPORA, readCorpus } from '../conformance/corpora/corpus';
import { examples } from '../conformance/fuzz/seeds';

const SIZES = [1000, 10000];
const OBJECTS_OF_FILE = 100;
/** One in so many objects is rejected. */
const REJECTED = 50;
const GOALS = { process: 2, check: 2, synth: 0.4, load: 300 };
const LOADS = 9;
const CLI = join(__dirname, '..', 'bin', 'cdk8s-mesh');

const rounds = Number(process.argv[2] ?? 5);

type Manifest = { readonly metadata: { readonly name: string } };
type Engine = { readonly objects: number; readonly rejected: number; readonly compile: number; readonly check: number };
type Ours = Engine;

/** Objects of the corpora and targets, of kinds that both sides judge: those that the engine accepts, and those that it rejects. */
async function samples(): Promise<{ accepted: Manifest[]; rejected: Manifest[] }> {
  const engine = await ApiServerStream.start('standard');
  const sorted = { accepted: [] as Manifest[], rejected: [] as Manifest[] };
  for (const object of [...examples(), ...CORPORA.flatMap(corpus => readCorpus(corpus).map(c => c.object))] as Manifest[]) {
    const { known, errors, unknown } = await engine.judge(object);
    if (known) {
      sorted[errors.length + unknown.length === 0 ? 'accepted' : 'rejected'].push(object);
    }
  }
  await engine.close();
  return sorted;
}

function writeFiles(size: number, { accepted, rejected }: { accepted: Manifest[]; rejected: Manifest[] }): string[] {
  const dir = join(MEASURED, `mixed-${size}`);
  mkdirSync(dir, { recursive: true });
  const object = (i: number) => {
    const sample = i % REJECTED === 0 ? rejected[(i / REJECTED) % rejected.length] : accepted[i % accepted.length];
    return { ...sample, metadata: { ...sample.metadata, name: `${sample.metadata.name}-${i}` } };
  };
  return Array.from({ length: size / OBJECTS_OF_FILE }, (_, file) => {
    const path = join(dir, `${String(file).padStart(3, '0')}.yaml`);
    writeFileSync(path, Array.from({ length: OBJECTS_OF_FILE }, (__, i) => stringify(object(file * OBJECTS_OF_FILE + i))).join('---\n'));
    return path;
  });
}

function timed(command: string, args: readonly string[]): { milliseconds: number; output: string } {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0 && status !== 1) {
    throw new Error(`${command} ${args[0]} ended with status ${status}: ${stderr}`);
  }
  return { milliseconds: performance.now() - begun, output: stdout };
}

function measure<T>(...args: string[]): T {
  return JSON.parse(execFileSync(process.execPath, [join(MEASURED, 'measure-validation.js'), ...args], { encoding: 'utf8' })) as T;
}

/** Both sides take turns, so that what else the machine does hits both. */
function compare(size: number, files: string[]): void {
  const [command, args] = benchCommand('standard', files);
  const measured = Array.from({ length: rounds }, () => {
    const engine = timed(command, args);
    const ours = timed(process.execPath, [CLI, 'validate', ...files]);
    return { engine: { ...JSON.parse(engine.output) as Engine, process: engine.milliseconds }, ours: { ...measure<Ours>('check', ...files), process: ours.milliseconds } };
  });
  const [{ engine, ours }] = measured;
  if (engine.objects !== size || ours.objects !== size || engine.rejected !== ours.rejected) {
    throw new Error(`both sides must reject as many of ${size} objects, got ${ours.rejected} of ${ours.objects}, and ${engine.rejected} of ${engine.objects} by the engine`);
  }
  for (const [what, goal] of [['process', GOALS.process], ['check', GOALS.check]] as const) {
    const of = (side: 'ours' | 'engine') => median(measured.map(round => round[side][what])).toFixed(0);
    const ratio = rounded(median(measured.map(round => round.ours[what] / round.engine[what])));
    const name = what === 'process' ? 'whole process' : 'checking alone';
    console.log(`${String(size).padStart(6)} objects, ${name}: ${of('ours')} ms to ${of('engine')} ms, ratio ${ratio} (goal: at most ${goal})`);
  }
}

async function main(): Promise<void> {
  prepare();
  const { outputText } = transpileModule(readFileSync(join(__dirname, 'measure-validation.ts'), 'utf8'), {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  writeFileSync(join(MEASURED, 'measure-validation.js'), outputText);
  const mixed = await samples();
  console.log(`Ours in relation to the API server's own validators: medians of ${rounds} rounds; one object in ${REJECTED} is rejected.\n`);
  SIZES.forEach(size => compare(size, writeFiles(size, mixed)));

  const { plain, validated } = measure<{ plain: number; validated: number }>('synth', MEASURED);
  const added = rounded((validated - plain) / plain);
  console.log(`\nsynthesis of 8000 objects: ${plain.toFixed(0)} ms, validated ${validated.toFixed(0)} ms: ${Math.round(100 * added)} % more (goal: at most ${100 * GOALS.synth} %)`);
  const first = median(Array.from({ length: LOADS }, () => measure<{ first: number }>('load').first));
  console.log(`first use: ${first.toFixed(0)} ms (goal: less than ${GOALS.load})`);
  ['plain', 'validated', ...SIZES.map(size => `mixed-${size}`)].forEach(dir => rmSync(join(MEASURED, dir), { recursive: true, force: true }));
}

void main();
