/**
 * Uses the packed package as strangers do: in empty cdk8s apps outside of this repository, with nothing but the package and its peers.
 *
 *   npx projen test:package      after npx projen package:js
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

/** Its output, which is shown when it fails. */
function run(cwd: string, command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    console.error((error as { stdout: string }).stdout);
    throw error;
  }
}

function fail(message: string): never {
  throw new Error(message);
}

/** The version that the lockfile says, so that only the package itself is tried. */
function pinned(name: string): string {
  return `${name}@${JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`].version}`;
}

/** The packed package, without what only this repository needs. */
function checkTarball(): string {
  const dir = join(ROOT, 'dist', 'js');
  const [name, ...more] = readdirSync(dir).filter(file => file.endsWith('.tgz'));
  if (name === undefined || more.length > 0) {
    fail(`${dir} must hold one package, got ${more.length + (name ? 1 : 0)}: run npx projen package:js`);
  }
  const tarball = join(dir, name);
  const files = run(ROOT, 'tar', 'tzf', tarball).trim().split('\n').map(file => file.replace(/^package\//, ''));
  const missing = ['LICENSE', 'NOTICE', 'README.md', 'package.json', '.jsii', 'bin/cdk8s-mesh', 'crds/istio.json', 'lib/index.js', 'lib/index.d.ts'].filter(file => !files.includes(file));
  if (missing.length > 0) {
    fail(`the package lacks ${missing.join(', ')}`);
  }
  const own = files.filter(file => !file.startsWith('node_modules/'));
  const foreign = own.filter(file => !/^(LICENSE|NOTICE|README\.md|package\.json|\.jsii|bin\/cdk8s-mesh|crds\/.*\.json|lib\/.*\.(js|d\.ts))$/.test(file)
    || file.startsWith('lib/imports/'));
  if (foreign.length > 0) {
    fail(`the package must not hold ${foreign.join(', ')}`);
  }
  console.log(`package: ${own.length} files and ${files.length - own.length} of bundled libraries, ${Math.round(statSync(tarball).size / 1024)} KiB packed`);
  return tarball;
}

/** A copy of an app in an empty folder, with the package, its peers and the tools of the app. */
function makeApp(name: string, source: string, files: string[], tools: string[]): string {
  const dir = join(work, name);
  mkdirSync(dir);
  files.forEach(file => cpSync(join(ROOT, source, file), join(dir, file)));
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name, version: '0.0.0', private: true }));
  run(dir, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...[...PEERS, ...tools].map(pinned));
  return dir;
}

/** Fails where TypeScript finds anything to say, in declarations too. */
function checkTypes(dir: string): void {
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, target: 'ES2022', lib: ['es2022'], module: 'node16', types: [] };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  run(dir, join(dir, 'node_modules', '.bin', 'tsc'), '--project', 'tsconfig.json');
}

/** All manifests that an app wrote. */
function readManifests(dist: string): string {
  return readdirSync(dist).filter(file => file.endsWith('.k8s.yaml')).sort().map(file => readFileSync(join(dist, file), 'utf8')).join('---\n');
}

/** Synthesizes the app and compares what it made with what it should. */
function checkManifests(dir: string, expected: string): void {
  const said = run(dir, join(dir, 'node_modules', '.bin', 'cdk8s'), 'synth', '--check-upgrade=false');
  if (readFileSync(join(dir, 'cdk8s.yaml'), 'utf8').includes('validations:') && !/Status *│ success/.test(said)) {
    fail(`cdk8s must report that the plugin of cdk8s.yaml has run, got: ${said}`);
  }
  const made = readManifests(join(dir, 'dist'));
  if (made !== expected) {
    writeFileSync(join(dir, 'made.yaml'), made);
    writeFileSync(join(dir, 'expected.yaml'), expected);
    run(dir, 'diff', '-u', 'expected.yaml', 'made.yaml');
  }
  const kinds = new Map<string, number>();
  for (const document of parseAllDocuments(made)) {
    const kind = String(document.get('kind'));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  console.log(`  ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
  console.log(`  validate: ${run(dir, join(dir, 'node_modules', '.bin', 'cdk8s-mesh'), 'validate', 'dist').trim()}`);
}

const tarball = checkTarball();
const work = mkdtempSync(join(tmpdir(), 'cdk8s-mesh-apps-'));
try {
  for (const example of ['quickstart', 'tls-and-tcp', 'zero-trust']) {
    console.log(`TypeScript app, ${example} unchanged:`);
    run(ROOT, join(ROOT, 'node_modules', '.bin', 'tsx'), 'examples/synth.ts', example);
    const files = readdirSync(join(ROOT, 'examples', example)).filter(file => /\.(ts|yaml)$/.test(file));
    const app = makeApp(example, `examples/${example}`, files, ['cdk8s-cli', 'tsx', 'typescript']);
    checkTypes(app);
    checkManifests(app, readManifests(join(ROOT, 'examples', example, 'dist')));
  }

  console.log('JavaScript app:');
  const javascript = makeApp('javascript-app', 'test/package/javascript-app', ['main.js', 'cdk8s.yaml'], ['cdk8s-cli']);
  checkManifests(javascript, readFileSync(join(__dirname, 'javascript-app', 'expected.yaml'), 'utf8'));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
