import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where all that is built lies; not in git. */
export const BUILT = join(__dirname, '.engines');
/** The release that the pinned modules ask for. */
const GO = '1.26.6';

/** A Go program, and the module that pins what it is made of. */
export interface GoProgram {
  /** The folder of go.mod, from conformance/engines. */
  readonly module: string;
  /** The package, such as `./cmd/inject`. */
  readonly package: string;
  /** The name of the binary. */
  readonly output: string;
}

/** What lacks for building Go programs. */
export function missingGo(): string[] {
  const how = `install Go ${GO} or newer (https://go.dev/dl, or your package manager), and have \`go\` in PATH`;
  let version: string;
  try {
    version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: goEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return [`Go is missing: ${how}`];
  }
  return isOlder(version.replace(/^go/, ''), GO) ? [`Go is too old, got ${version}: ${how}`] : [];
}

/** Whether a release comes before another; a release candidate counts as its release. */
function isOlder(release: string, other: string): boolean {
  const [a, b] = [release, other].map(text => text.split('.').map(part => parseInt(part, 10)));
  const place = [0, 1, 2].find(i => (a[i] ?? 0) !== (b[i] ?? 0));
  return place !== undefined && (a[place] ?? 0) < (b[place] ?? 0);
}

const builds = new Map<string, Promise<string>>();

/** Builds a program, which takes seconds when Go's own cache has its packages, and gives the path of its binary; each is built once. */
export async function buildGo(program: GoProgram): Promise<string> {
  const binary = goBinary(program);
  const building = builds.get(binary) ?? build(program, binary);
  builds.set(binary, building);
  return building;
}

async function build(program: GoProgram, binary: string): Promise<string> {
  mkdirSync(BUILT, { recursive: true });
  const args = ['build', '-buildvcs=false', '-ldflags=-s -w', '-o', binary, program.package];
  const child = spawn('go', args, { cwd: join(__dirname, 'engines', program.module), env: goEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) {
    throw new Error(`go ${args.join(' ')} in conformance/engines/${program.module} ended with status ${code}: see above`);
  }
  return binary;
}

/** Where the binary of a program lies once it is built. */
export function goBinary(program: GoProgram): string {
  return join(BUILT, program.output);
}

/** Go wants to know where its caches are; without a home they lie beside what is built. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return process.env.HOME ? process.env : {
    ...process.env,
    GOCACHE: process.env.GOCACHE ?? join(BUILT, 'cache', 'build'),
    GOPATH: process.env.GOPATH ?? join(BUILT, 'cache', 'go'),
  };
}
