import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RenderedFile } from './case';
import { BUILT } from './go';

const ROOT = join(__dirname, '..');

/** The files that each of some apps writes, run as its users run it; as many apps at once as the machine has processors. */
export async function renderAll(apps: readonly string[]): Promise<(app: string) => readonly RenderedFile[]> {
  const rendered = new Map<string, RenderedFile[]>();
  const left = [...new Set(apps)];
  const work = async () => {
    for (let app = left.shift(); app !== undefined; app = left.shift()) {
      rendered.set(app, await run(app));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return app => rendered.get(app)!;
}

async function run(app: string): Promise<RenderedFile[]> {
  mkdirSync(BUILT, { recursive: true });
  const outdir = mkdtempSync(join(BUILT, 'rendered-'));
  try {
    await promisify(execFile)(join(ROOT, 'node_modules', '.bin', 'tsx'), ['main.ts'], {
      cwd: join(ROOT, app), env: { ...process.env, CDK8S_OUTDIR: outdir },
    });
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(name => statSync(join(outdir, name)).isFile());
    return files.sort().map(name => ({ name, text: readFileSync(join(outdir, name), 'utf8') }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
