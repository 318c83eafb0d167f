import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** A folder with no programs. */
let bin: string;
beforeEach(() => bin = mkdtempSync(join(tmpdir(), 'bin-')));
afterEach(() => rmSync(bin, { recursive: true }));

function conformance(...args: string[]) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [TSX, 'conformance/run.ts', ...args], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, PATH: bin } });
  return { status, stderr, stdout };
}

test('without Go and Python it says so, and how to get them, and ends with 3', () => {
  expect(conformance('examples-quickstart')).toEqual({
    status: 3,
    stdout: '',
    stderr: 'the engines cannot be built here:\n'
      + '  Go is missing: install Go 1.26.6 or newer (https://go.dev/dl, or your package manager), and have `go` in PATH\n'
      + '  Python is missing: install Python 3 with its venv module (python3-venv on Debian), and have `python3` in PATH\n',
  });
});

test('a case that there is not ends with 2, and names those that there are', () => {
  const { status, stderr } = conformance('quickstrat');

  expect(stderr).toMatch(/^no case is named quickstrat: use .*examples-quickstart, /);
  expect(stderr).toContain('usage: npx projen conformance [CASE...] [--engine NAME] [--record]');
  expect(status).toBe(2);
});

test('so does an engine that there is not', () => {
  const { status, stderr } = conformance('--engine', 'apache', '--record');

  expect(stderr).toMatch(/^no engine is named apache: use apiserver, istiod, envoy, analyze, inject, charts, envoy-gateway, prometheus, ambient, nginx, provision\n/);
  expect(status).toBe(2);
});
