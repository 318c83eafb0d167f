import { ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { nginxBinary } from './package';
import { adapt, NginxPod, Place, placeOf } from './pod';
import { bindable } from '../world/addresses';

const START_TIMEOUT = 10_000;
const STOP_TIMEOUT = 5_000;
const PACE = 30;

/** A real nginx with the configuration and the files of a pod. */
export class NginxServer {
  private readonly arguments: string[];
  private child?: ChildProcess;
  private complaints = '';

  constructor(private readonly pod: NginxPod, private readonly place: Place) {
    const file = join(place.dir, 'nginx.conf');
    pod.mounts.forEach(({ path }) => mkdirSync(placeOf(path, place.dir), { recursive: true }));
    writeFileSync(file, adapt(pod, place));
    this.arguments = [
      '-e', 'stderr', '-p', place.dir, '-c', file,
      // Workers of root become somebody who cannot read the files.
      ...process.getuid?.() === 0 ? ['-g', 'user root;'] : [],
    ];
  }

  /** Puts a file where the pod has it mounted. */
  public write(mount: string, name: string, text: string): void {
    writeFileSync(join(placeOf(mount, this.place.dir), name), text);
  }

  /** What `nginx -t` says: `taken`, or its complaints. */
  public test(): Promise<string> {
    return new Promise(resolve => execFile(nginxBinary(), [...this.arguments, '-t'], (error, _, stderr) => {
      const complaints = stderr.split('\n').filter(line => /\[(warn|error|emerg|crit|alert)\]/.test(line)).map(line => line.replaceAll(this.place.dir, '').replace(/^.*?\[/, '['));
      resolve(error === null && complaints.length === 0 ? 'taken' : complaints.join('; ') || String(error));
    }));
  }

  /** Starts it, and gives the status of its health endpoint. */
  public async start(): Promise<number> {
    this.child = spawn(nginxBinary(), this.arguments, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', text => this.complaints = (this.complaints + text).slice(-4000));
    this.child.on('error', error => this.complaints += error.message);
    const { healthPath, healthPort } = this.pod;
    for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline && this.child.exitCode === null; await sleep(PACE)) {
      const status = await statusOf(`http://${this.place.ip}:${bindable(healthPort)}${healthPath}`).catch(() => undefined);
      if (status !== undefined) {
        return status;
      }
    }
    throw new Error(`nginx of ${this.pod.workload} does not answer on ${healthPort}: ${this.complaints.trim() || 'it said nothing'}`);
  }

  public async stop(): Promise<void> {
    const { child } = this;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('close', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
      await gone;
      clearTimeout(timer);
    }
  }
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { timeout: 2000 }, response => {
      response.resume();
      resolve(response.statusCode!);
    }).on('error', reject);
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
