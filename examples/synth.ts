/**
 * Synthesizes examples with the cdk8s CLI, each into its own dist, as their users would.
 *
 *   npx projen examples      every folder here that is a cdk8s app
 *   npx projen quickstart    one of them, with a line for each thing that its objects are for
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { linesByPurpose, Manifest } from './report';

const CDK8S = join(__dirname, '..', 'node_modules', '.bin', 'cdk8s');

interface Example {
  readonly name: string;
  readonly dist: string;
  readonly files: string[];
  readonly objects: Manifest[];
}

function synthesize(name: string): Example {
  const cwd = join(__dirname, name);
  const dist = join(cwd, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync(CDK8S, ['synth', '--check-upgrade=false'], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
  const objects = files.flatMap(file => parseAllDocuments(readFileSync(join(dist, file), 'utf8')).map(document => document.toJS() as Manifest));
  if (objects.length === 0) {
    throw new Error(`example ${name} made no objects`);
  }
  return { name, dist, files, objects };
}

/** Every example that can be synthesized; says so when one cannot. */
function synthesizeAll(): void {
  const names = readdirSync(__dirname).filter(name => existsSync(join(__dirname, name, 'cdk8s.yaml'))).sort();
  for (const name of names) {
    try {
      const { objects, files } = synthesize(name);
      console.log(`${name}: ${count(objects.length, 'object')} in ${count(files.length, 'file')}`);
    } catch (error) {
      console.error(`${name}: failed: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
}

function show(name: string): void {
  const { objects, dist } = synthesize(name);
  console.log(`\n${name} made ${count(objects.length, 'object')}:\n`);
  linesByPurpose(objects).forEach(line => console.log(`  ${line}`));
  console.log(`\nThe manifests lie in ${relative(process.cwd(), dist)}; the app is ${relative(process.cwd(), join(__dirname, name, 'main.ts'))}.`);
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

const [example] = process.argv.slice(2);
if (example === undefined) {
  synthesizeAll();
} else {
  show(example);
}
