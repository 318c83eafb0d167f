import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RenderedFile } from './case';
import { BUILT } from './go';

const ROOT = join(__dirname, '..');
const rendered = new Map<string, RenderedFile[]>();

/** The files that an app writes, run as its users run it. */
export function render(app: string): readonly RenderedFile[] {
  const files = rendered.get(app) ?? run(app);
  rendered.set(app, files);
  return files;
}

function run(app: string): RenderedFile[] {
  mkdirSync(BUILT, { recursive: true });
  const outdir = mkdtempSync(join(BUILT, 'rendered-'));
  try {
    execFileSync(join(ROOT, 'node_modules', '.bin', 'tsx'), ['main.ts'], {
      cwd: join(ROOT, app), env: { ...process.env, CDK8S_OUTDIR: outdir }, stdio: ['ignore', 'ignore', 'inherit'],
    });
    return readdirSync(outdir).sort().map(name => ({ name, text: readFileSync(join(outdir, name), 'utf8') }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
