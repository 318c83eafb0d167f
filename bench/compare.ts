import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { parseAllDocuments } from 'yaml';
import type { Measurement } from './measure';

const ROOT = join(__dirname, '..');
/** Where the benchmark lies as JavaScript, beside a link by which it finds the compiled package under its name. */
export const MEASURED = join(__dirname, '.measured');

export const VARIANTS = ['ours', 'l1', 'bare'] as const;
export type Variant = typeof VARIANTS[number];

/** What each variant needed in one round. */
export type Round = Record<Variant, Measurement>;

/** Compiles the package, unless lib is newer than src, and the benchmark. */
export function prepare(): void {
  const newest = (dir: string): number => Math.max(...readdirSync(dir, { withFileTypes: true })
    .map(entry => entry.isDirectory() ? newest(join(dir, entry.name)) : statSync(join(dir, entry.name)).mtimeMs));
  const compiled = statSync(join(ROOT, 'lib', 'index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (compiled < newest(join(ROOT, 'src'))) {
    execFileSync('npx', ['projen', 'compile'], { cwd: ROOT, stdio: 'inherit' });
  }
  rmSync(MEASURED, { recursive: true, force: true });
  mkdirSync(join(MEASURED, 'node_modules'), { recursive: true });
  symlinkSync(ROOT, join(MEASURED, 'node_modules', 'cdk8s-mesh'));
  for (const name of ['cases', 'peers', 'measure']) {
    const { outputText } = transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(join(MEASURED, `${name}.js`), outputText);
  }
}

function measure(variant: Variant, name: string, size: number): Measurement {
  rmSync(join(MEASURED, variant), { recursive: true, force: true });
  const args = ['--expose-gc', join(MEASURED, 'measure.js'), variant, name, String(size), MEASURED];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement;
}

/** The texts that a variant made, by file. */
function made(variant: Variant): Map<string, string> {
  const dir = join(MEASURED, variant);
  return new Map(readdirSync(dir).map(file => [file, readFileSync(join(dir, file), 'utf8')]));
}

function check(variant: Variant, expected: Map<string, string>): void {
  const files = made(variant);
  const other = [...new Set([...expected.keys(), ...files.keys()])].find(file => files.get(file) !== expected.get(file));
  if (other !== undefined) {
    throw new Error(`${variant} must make what ours made, got another ${other}: compare it with that of ours in ${MEASURED}`);
  }
}

/** Several rounds, in each of which the variants take turns; in each they must make the same text. */
export function runRounds(count: number, name: string, size: number): Round[] {
  measure('ours', name, size);
  const expected = made('ours');
  const manifests = [...expected.values()].flatMap(text => parseAllDocuments(text).map(document => document.toJS() as object));
  if (manifests.length !== size) {
    throw new Error(`${name} must make ${size} objects, got ${manifests.length}`);
  }
  writeFileSync(join(MEASURED, 'manifests.json'), JSON.stringify(manifests));
  return Array.from({ length: count }, () => {
    const round = VARIANTS.map(variant => {
      const measurement = measure(variant, name, size);
      check(variant, expected);
      return [variant, measurement] as const;
    });
    return Object.fromEntries(round) as Round;
  });
}

/** Milliseconds that a fresh process takes for a piece of code. */
export function run(code: string): number {
  const timed = `const begun = performance.now(); ${code}; console.log(performance.now() - begun)`;
  return Number(execFileSync(process.execPath, ['-e', timed], { cwd: MEASURED, encoding: 'utf8' }));
}
