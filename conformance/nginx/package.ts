import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT } from '../go';

/** Debian keeps one version of it a release, with fixes: what was recorded came from 1.22.1 of Debian 12. */
const PACKAGE = 'nginx';
const OLDEST = '1.22';
const FOLDER = join(BUILT, PACKAGE);
const UNPACKED = join(FOLDER, 'usr', 'sbin', 'nginx');

/** What lacks for having nginx. */
export function missingNginx(): string[] {
  if (process.platform !== 'linux') {
    return [`nginx is taken from Debian's package, and its test network is for Linux, got ${process.platform}: run this in a container`];
  }
  if (existsSync(UNPACKED) || ['apt-get', 'dpkg'].every(isInstalled) || installed() !== undefined) {
    return [];
  }
  return [`nginx is missing: have apt-get and dpkg of Debian or Ubuntu, which need no root here, or install nginx ${OLDEST} or newer, and have \`nginx\` in PATH`];
}

/** Takes the package from Debian, and unpacks it: nothing is installed, and lists of packages of its own are used, so that root is not needed. */
export function unpackNginx(): void {
  if (existsSync(UNPACKED) || !['apt-get', 'dpkg'].every(isInstalled)) {
    return;
  }
  const apt = join(BUILT, 'apt');
  for (const dir of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(apt, dir), { recursive: true });
  }
  const aptGet = (...args: string[]) => run('apt-get', [
    '-q', '-o', `Dir::State::Lists=${join(apt, 'lists')}`, '-o', `Dir::Cache=${join(apt, 'cache')}`, '-o', 'Debug::NoLocking=true', '-o', 'APT::Sandbox::User=root', ...args,
  ], apt);
  aptGet('update');
  aptGet('download', PACKAGE);
  const archive = readdirSync(apt).find(name => name.startsWith(`${PACKAGE}_`) && name.endsWith('.deb'));
  if (archive === undefined) {
    throw new Error(`apt-get download ${PACKAGE} left no package in ${apt}: see above`);
  }
  const half = `${FOLDER}.partial`;
  run('dpkg', ['-x', archive, half], apt);
  renameSync(half, FOLDER);
  rmSync(apt, { recursive: true });
  version();
}

/** The nginx to run: the unpacked one, else the one in PATH. */
export function nginxBinary(): string {
  return existsSync(UNPACKED) ? UNPACKED : installed() ?? UNPACKED;
}

/** Refuses one that is too old, or that lacks libraries. */
function version(): void {
  let text: string;
  try {
    text = execFileSync('sh', ['-c', `"${nginxBinary()}" -v 2>&1`], { encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${nginxBinary()} does not run: ${(error as { stdout?: string }).stdout ?? ''}install what it needs, such as libpcre2-8-0, libssl3 and libcrypt1`);
  }
  if (isOlder(text)) {
    throw new Error(`nginx is too old, got ${text.trim()}: ${OLDEST} or newer is needed`);
  }
}

function isOlder(text: string): boolean {
  const [major, minor] = (/nginx\/(\d+)\.(\d+)/.exec(text) ?? ['', '0', '0']).slice(1).map(Number);
  return major < 1 || (major === 1 && minor < 22);
}

function installed(): string | undefined {
  try {
    const path = execFileSync('sh', ['-c', 'PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v nginx'], { encoding: 'utf8' }).trim();
    return isOlder(execFileSync('sh', ['-c', `"${path}" -v 2>&1`], { encoding: 'utf8' })) ? undefined : path;
  } catch {
    return undefined;
  }
}

function isInstalled(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' } });
}
