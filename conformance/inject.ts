import { Case } from './case';
import { ControlPlane, controlPlaneFile, controlPlanes, InstalledSpec, nameOfControlPlane } from './control-plane';
import { Engine } from './engine';
import { buildGo, goBinary, GoProgram, missingGo } from './go';
import { buildIstioctl } from './istioctl';
import { KubeObject, objectsOf } from './objects';
import { podsOf } from './pods';
import { Program } from './program';

const PROGRAM: GoProgram = { module: 'istio', package: './cmd/inject', output: 'inject' };
/** What istiod finds out for itself on nodes of Kubernetes 1.33 and later. */
const ENVIRONMENT = { ENABLE_NATIVE_SIDECARS: 'true' };

/** What case.yaml may tell. */
export interface InjectSpec extends InstalledSpec {
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
  /** Why the injector refused it. */
  readonly error?: string;
  /** How the proxy runs, where the case asks for details. */
  readonly proxy?: object;
}

interface Container {
  readonly name: string;
  readonly image: string;
  /** `Always` for a sidecar that Kubernetes knows as one. */
  readonly restartPolicy?: string;
  /** What the author of the pod said of it, and is now otherwise. */
  readonly changed?: readonly string[];
}

/** Istio's webhooks, by their own selectors, and the injector behind them. */
export class Inject implements Engine {
  readonly name = 'inject';
  private readonly clusters = new Map<string, Promise<Program>>();

  missing(): string[] {
    return missingGo();
  }

  async build(): Promise<void> {
    await buildIstioctl();
    await buildGo(PROGRAM);
  }

  async judge(c: Case): Promise<Injection[]> {
    return this.inject([...objectsOf(c.world), ...objectsOf(c.manifests)], (c.spec.inject ?? {}) as InjectSpec);
  }

  /** What becomes of the pods of these objects. */
  async inject(objects: readonly KubeObject[], spec: InjectSpec): Promise<Injection[]> {
    const installed = controlPlanes(spec);
    const pods = podsOf(objects);
    const program = await this.clusterWith(installed);
    const answer = await program.ask({
      revisions: installed.map(({ revision }) => revision),
      namespaces: labelsOfNamespaces(objects),
      pods: pods.map(({ pod }) => pod),
      details: spec.details,
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
  private clusterWith(installed: readonly ControlPlane[]): Promise<Program> {
    const key = installed.map(nameOfControlPlane).join(' ');
    const program = this.clusters.get(key) ?? install(installed);
    this.clusters.set(key, program);
    return program;
  }
}

async function install(installed: readonly ControlPlane[]): Promise<Program> {
  return new Program(goBinary(PROGRAM), await Promise.all(installed.map(controlPlaneFile)), { ...process.env, ...ENVIRONMENT });
}

function labelsOfNamespaces(objects: readonly KubeObject[]): { [name: string]: object } {
  return Object.fromEntries(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
}
