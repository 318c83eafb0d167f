import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeObject } from './interpret';
import { objectsOf } from '../objects';

const ROOT = join(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples');
/** What is made to show all fields comes first. */
const REFERENCES = /^reference-/;
/** Loads apps one after the other, which synthesize as they load. */
const LOADER = 'for (const [name, outdir] of JSON.parse(process.argv[1])) { process.env.CDK8S_OUTDIR = outdir; require(`./${name}/main.ts`); }';

/** An object of an example, and the file that it is in. */
export interface Shown {
  readonly example: string;
  readonly object: KubeObject;
}

/** The objects of all examples. */
export function exampleObjects(): Shown[] {
  const names = readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'main.ts'))).sort((a, b) => Number(REFERENCES.test(b)) - Number(REFERENCES.test(a)) || (a < b ? -1 : 1));
  const out = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    const apps = JSON.stringify(names.map(name => [name, join(out, name)]));
    execFileSync(join(ROOT, 'node_modules', '.bin', 'tsx'), ['--eval', LOADER, apps], { cwd: EXAMPLES, stdio: ['ignore', 'ignore', 'inherit'] });
    const filesOf = (name: string) => readdirSync(join(out, name), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.k8s.yaml')).sort();
    return names.flatMap(name => filesOf(name).flatMap(file =>
      objectsOf(readFileSync(join(out, name, file), 'utf8')).map(object => ({ example: `${name}/${file.replace(/\.k8s\.yaml$/, '')}`, object: object as KubeObject }))));
  } finally {
    rmSync(out, { recursive: true });
  }
}
