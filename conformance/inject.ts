import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Case } from './case';
import { Engine } from './engine';
import { BUILT, buildGo, goBinary, GoProgram, missingGo } from './go';
import { buildIstioctl, istioctl } from './istioctl';
import { KubeObject, objectsOf } from './objects';
import { podsOf } from './pods';
import { Program } from './program';

const PROGRAM: GoProgram = { module: 'istio', package: './cmd/inject', output: 'inject' };
/** The revision that Istio has when none is said. */
const DEFAULT_REVISION = 'default';
/** What istiod finds out for itself on nodes of Kubernetes 1.33 and later. */
const ENVIRONMENT = { ENABLE_NATIVE_SIDECARS: 'true' };

/** What case.yaml may tell. */
interface InjectSpec {
  /** The revisions of Istio in the cluster; the default one when nothing is said. */
  readonly revisions?: readonly string[];
  /** Tags, with the revision that each points to. */
  readonly tags?: { readonly [tag: string]: string };
  /** Whether the verdict says how proxies run, too. */
  readonly details?: boolean;
}

/** What becomes of a pod. */
export interface Injection {
  /** What the pod is made from, such as `Deployment edge/public`. */
  readonly pod: string;
  /** The webhooks that it goes through. */
  readonly takenBy: readonly string[];
  /** `gateway` or `sidecar` when a proxy of Istio runs in it, else `none`. */
  readonly role: string;
  /** The control plane that the proxy was injected by. */
  readonly revision?: string;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  /** The labels that it got. */
  readonly labels?: { readonly [key: string]: string };
  /** The annotations that it got. */
  readonly annotations?: { readonly [key: string]: string };
  /** How the proxy runs, where the case asks for details. */
  readonly proxy?: object;
}

interface Container {
  readonly name: string;
  readonly image: string;
}

/** Istio's webhooks, by their own selectors, and the injector behind them. */
export class Inject implements Engine {
  readonly name = 'inject';
  private readonly clusters = new Map<string, Promise<Program>>();
  private readonly controlPlanes = new Map<string, Promise<string>>();

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildIstioctl();
    await buildGo(PROGRAM);
  }

  async judge(c: Case): Promise<Injection[]> {
    const { revisions = [DEFAULT_REVISION], tags = {}, details } = (c.spec.inject ?? {}) as InjectSpec;
    const objects = [...objectsOf(c.world), ...objectsOf(c.manifests)];
    const pods = podsOf(objects);
    const program = await this.clusterWith(revisions.map(revision => ({ revision, tags: Object.keys(tags).filter(tag => tags[tag] === revision) })));
    const answer = await program.ask({
      revisions,
      namespaces: labelsOfNamespaces(objects),
      pods: pods.map(({ pod }) => pod),
      details,
    }) as { pods: Omit<Injection, 'pod'>[] };
    return answer.pods.map((outcome, i) => ({ pod: pods[i].from, ...outcome }));
  }

  async close(): Promise<void> {
    // Those that did not start must not keep the others from ending.
    const programs = await Promise.allSettled(this.clusters.values());
    await Promise.all(programs.flatMap(program => program.status === 'fulfilled' ? [program.value.close()] : []));
    this.clusters.clear();
  }

  /** A cluster that has some revisions of Istio; cases share it. */
  private clusterWith(installed: readonly Installed[]): Promise<Program> {
    const key = installed.map(fileName).join(' ');
    const program = this.clusters.get(key) ?? this.install(installed);
    this.clusters.set(key, program);
    return program;
  }

  private async install(installed: readonly Installed[]): Promise<Program> {
    const files = await Promise.all(installed.map(one => {
      const file = this.controlPlanes.get(fileName(one)) ?? generate(one);
      this.controlPlanes.set(fileName(one), file);
      return file;
    }));
    return new Program(goBinary(PROGRAM), files, { ...process.env, ...ENVIRONMENT });
  }
}

/** A control plane, and the tags that point to it. */
interface Installed {
  readonly revision: string;
  readonly tags: readonly string[];
}

function fileName({ revision, tags }: Installed): string {
  return [revision, ...tags].join('.');
}

/** The file of what an installation of a revision consists of. */
async function generate(installed: Installed): Promise<string> {
  const { revision, tags } = installed;
  const dir = join(BUILT, 'control-planes');
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${fileName(installed)}.yaml`);
  writeFileSync(file, await istioctl([
    'manifest', 'generate',
    ...(revision === DEFAULT_REVISION ? [] : ['--set', `revision=${revision}`]),
    ...tags.flatMap((tag, i) => ['--set', `values.revisionTags[${i}]=${tag}`]),
  ]));
  return file;
}

function labelsOfNamespaces(objects: readonly KubeObject[]): { [name: string]: object } {
  return Object.fromEntries(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
}
