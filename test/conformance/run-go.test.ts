import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT, goEnvironment, missingGo } from '../../conformance/go';

const before = { ...process.env };
let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'bin-'));
  process.env.PATH = bin;
});
afterEach(() => {
  process.env = { ...before };
  rmSync(bin, { recursive: true });
});

/** A Go that says a version, and does nothing else. */
function install(version: string): void {
  writeFileSync(join(bin, 'go'), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(bin, 'go'), 0o755);
}

const HOW = 'install Go 1.26.6 or newer (https://go.dev/dl, or your package manager), and have `go` in PATH';

test('a machine without Go is told how to get it', () => {
  expect(missingGo()).toEqual([`Go is missing: ${HOW}`]);
});

test.each(['go1.20', 'go1.26.5', 'go1.26', 'go1.9.7'])('%s is too old', version => {
  install(version);

  expect(missingGo()).toEqual([`Go is too old, got ${version}: ${HOW}`]);
});

test.each(['go1.26.6', 'go1.26.10', 'go1.27', 'go1.27rc1', 'go2.0.0'])('%s will do', version => {
  install(version);

  expect(missingGo()).toEqual([]);
});

test('with a home, Go keeps its caches where it wants', () => {
  process.env.HOME = '/home/somebody';

  expect(goEnvironment()).toBe(process.env);
});

test('without a home, they lie beside what is built, but for those that are said', () => {
  delete process.env.HOME;
  delete process.env.GOCACHE;
  process.env.GOPATH = '/go';

  expect(goEnvironment()).toMatchObject({ GOCACHE: join(BUILT, 'cache', 'build'), GOPATH: '/go' });
});
