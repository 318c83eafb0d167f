import { ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { LoggedHop, readAccessLog } from './access-log';
import { envoyBinary } from './binary';
import { Message } from '../istiod/ask';

/** A listener or cluster that Envoy does not take. */
export interface Refusal {
  readonly kind: 'listener' | 'cluster';
  readonly name: string;
}

/** What a proxy runs with. */
export interface ProxyFiles {
  /** Such as `shop/web-v1`. */
  readonly name: string;
  readonly dir: string;
  readonly log: string;
  readonly listeners: readonly Message[];
  readonly clusters: readonly Message[];
}

/** By it a waypoint hands what it took out of a tunnel to itself. */
const INTERNAL_LISTENER = 'type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener';
const START_TIMEOUT = 15_000;
const STOP_TIMEOUT = 5_000;
const PACE = 30;

/** A real Envoy, with its configuration in files: one that it refuses does not hinder the others. */
export class Proxy {
  private readonly admin: string;
  private readonly child: ChildProcess;
  private ended = false;
  private complaints = '';

  constructor(private readonly files: ProxyFiles) {
    this.admin = join(files.dir, 'admin');
    this.child = spawn(envoyBinary(), [
      '-c', this.writeFiles(), '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error',
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', text => this.complaints = (this.complaints + text).slice(-4000));
    this.child.on('error', error => this.complaints += error.message).on('close', () => this.ended = true);
  }

  /** Waits until it serves, and says what it refused. */
  public async ready(): Promise<Refusal[]> {
    for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline && !this.ended; await sleep(PACE)) {
      if (await this.ask('/ready').catch(() => '') === 'LIVE\n') {
        return this.refusals();
      }
    }
    throw new Error(`envoy of ${this.files.name} is not ready: ${this.complaints.trim() || 'it said nothing'}`);
  }

  /** What it logged, once it has stopped. */
  public hops(): LoggedHop[] {
    return readAccessLog(this.files.name, this.files.log);
  }

  public async stop(): Promise<void> {
    if (!this.ended && this.child.pid !== undefined) {
      const gone = new Promise(resolve => this.child.once('close', resolve));
      this.child.kill('SIGTERM');
      const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT);
      await gone;
      clearTimeout(timer);
    }
  }

  private async refusals(): Promise<Refusal[]> {
    const names = async (path: string, parts: string[]) => {
      const dump = JSON.parse(await this.ask(path)) as { configs?: Message[] };
      return new Set((dump.configs ?? []).filter(config => parts.some(part => part in config)).map(config => config.name ?? config.cluster?.name));
    };
    const listeners = await names('/config_dump?resource=dynamic_listeners', ['active_state', 'warming_state']);
    const clusters = new Set([
      ...await names('/config_dump?resource=dynamic_active_clusters', ['cluster']),
      ...await names('/config_dump?resource=dynamic_warming_clusters', ['cluster']),
    ]);
    return [
      ...this.files.listeners.filter(({ name }) => !listeners.has(name)).map(({ name }) => ({ kind: 'listener' as const, name })),
      ...this.files.clusters.filter(({ name }) => !clusters.has(name)).map(({ name }) => ({ kind: 'cluster' as const, name })),
    ];
  }

  private writeFiles(): string {
    const { dir, name } = this.files;
    mkdirSync(dir, { recursive: true });
    const write = (file: string, content: object) => {
      const path = join(dir, file);
      writeFileSync(path, JSON.stringify(content));
      return path;
    };
    const resources = (type: string, list: readonly Message[]) => ({
      pathConfigSource: {
        path: write(`${type}.json`, { versionInfo: '1', resources: list.map(one => ({ '@type': `type.googleapis.com/envoy.config.${type}`, ...one })) }),
      },
      resourceApiVersion: 'V3',
    });
    return write('bootstrap.json', {
      node: { id: name, cluster: name },
      admin: { address: { pipe: { path: this.admin } } },
      dynamicResources: { ldsConfig: resources('listener.v3.Listener', this.files.listeners), cdsConfig: resources('cluster.v3.Cluster', this.files.clusters) },
      bootstrapExtensions: [{ name: 'envoy.bootstrap.internal_listener', typedConfig: { '@type': INTERNAL_LISTENER } }],
      // Istio's own build takes what upstream has deprecated.
      layeredRuntime: { layers: [{ name: 'static', staticLayer: { 'envoy.features.enable_all_deprecated_features': true } }] },
    });
  }

  private ask(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      request({ socketPath: this.admin, path, timeout: 2000 }, response => {
        let text = '';
        response.setEncoding('utf8').on('data', more => text += more).on('end', () => resolve(text)).on('error', reject);
      }).on('error', reject).end();
    });
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
