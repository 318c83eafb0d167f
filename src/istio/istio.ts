import { IConstruct } from 'constructs';
import { DataPlane } from './data-plane';
import { ExtensionProvider, ProviderUse } from './extension-provider';
import { MeshDefaultProviders } from './mesh-config-observability';
import { Checked, formatMet, Gate } from '../semantics/gate';
import { istioGateOf, newestIstioVersion, whyNoIstioKind, whyNotInIstio } from '../semantics/istio-since';
import { IstioVersion } from '../semantics/istio-version';
import { declareMesh } from '../semantics/mesh-declaration';

/** What is declared of an Istio mesh. */
export interface IstioDeclaration {
  readonly version: IstioVersion;
  readonly dataPlane: DataPlane;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly extensionProviders: readonly ExtensionProvider[];
  readonly defaultProviders?: MeshDefaultProviders;
  /** The cluster in which the control plane reads its configuration, where it is another one. */
  readonly remoteControlPlane?: { readonly clusterName: string };
  /** As it is written for istiod. */
  readonly meshConfig: {
    readonly accessLogFile?: unknown;
    readonly defaultTrafficPolicy?: { readonly outlierDetection?: unknown };
    readonly localityLbSetting?: { readonly failoverPriority?: unknown };
  };
}

export const DEFAULT_ROOT_NAMESPACE = 'istio-system';
const REMEDY = 'leave it out, or say in the IstioMesh what the clusters run';
const INDEX = /\[\d+\]/g;

/** What is known, where a construct stands, of the Istio that will read it: all that a mesh declares, or nothing but a release. */
export class Istio {
  /** Says which Istio runs in the clusters for which a scope is made, before anything in it has asked. */
  public static declare(scope: IConstruct, declaration: IstioDeclaration): void {
    const { path } = scope.node;
    if (this.declared.has(scope)) {
      throw new Error(`'${path || 'the app'}' has an Istio mesh already: what is for another mesh needs a scope of its own, with that mesh in it`);
    }
    if (this.asked.has(scope)) {
      throw new Error(`an Istio mesh must be declared before the Istio objects in '${path || 'the app'}': make it first`);
    }
    this.declared.set(scope, new Istio(declaration.version, declaration));
    declareMesh(scope, declaration.version);
  }

  /** What is known for what stands in a scope. */
  public static of(scope: IConstruct): Istio {
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const found = this.declared.get(at);
      if (found) {
        return found;
      }
      this.asked.add(at);
    }
    return this.undeclared;
  }

  private static readonly declared = new WeakMap<IConstruct, Istio>();
  private static readonly asked = new WeakSet<IConstruct>();
  private static readonly undeclared = new Istio(IstioVersion.V1_31);

  /** By kind and place in its spec. */
  private readonly missing = new Map<string, Gate<string> | undefined>();

  private constructor(
    public readonly version: IstioVersion,
    /** What a mesh says; undefined where none is declared. */
    public readonly declaration?: IstioDeclaration,
  ) {}

  /** Where Istio looks for what is about the whole mesh: by default where no mesh says it. */
  public get rootNamespace(): string {
    return this.declaration?.rootNamespace ?? DEFAULT_ROOT_NAMESPACE;
  }

  /** The newest apiVersion in which a kind is served. */
  public apiVersion(group: string, kind: string): string {
    const newest = newestIstioVersion(kind, this.version);
    if (newest === undefined) {
      throw new Error(`${whyNoIstioKind(kind, this.version)}; ${REMEDY}`);
    }
    return `${group}/${newest}`;
  }

  /**
   * Refuses what the declared release does not know.
   *
   * @param object the object, by kind and name
   * @param at where in the spec the part stands, as `http[]` or `http[2]`; '' is the spec
   * @param part the part as it is written
   */
  public check(object: Checked, at: string, part: unknown): void {
    const [met] = this.gate(object.kind, at)?.meet(part) ?? [];
    if (met) {
      throw new Error(`${formatMet(object, at, met)} ${whyNotInIstio(met.barrier, this.version)}; ${REMEDY}`);
    }
  }

  /** Refuses an object that no control plane would read in this cluster; of others, istiod reads WorkloadEntries beside the objects of Kubernetes. */
  public checkRead(kind: string): void {
    const primary = this.declaration?.remoteControlPlane?.clusterName;
    if (primary !== undefined && kind !== 'WorkloadEntry') {
      throw new Error(`a ${kind} is not read in a cluster without control plane: make it in cluster '${primary}', where it holds for this one too`);
    }
  }

  /** Refuses a provider that the declared mesh does not have, or that is for something else. */
  public checkProvider(provider: ExtensionProvider, use: ProviderUse, what: string): void {
    if (!provider._uses.includes(use)) {
      throw new Error(`${what} needs a provider for ${use}, got '${provider.name}', which is for ${provider._uses.join(', ')}`);
    }
    const declared = this.declaration?.extensionProviders;
    if (declared && !provider._builtIn && !declared.some(({ name }) => name === provider.name)) {
      throw new Error(`${what} names the extension provider '${provider.name}', which the mesh does not have: it has ${
        declared.map(({ name }) => name).join(', ') || 'none'}; pass it in extensionProviders of the IstioMesh`);
    }
  }

  private gate(kind: string, at: string): Gate<string> | undefined {
    const key = `${kind} ${at}`.replace(INDEX, '[]');
    if (!this.missing.has(key)) {
      this.missing.set(key, istioGateOf(kind, this.version)?.at(at));
    }
    return this.missing.get(key);
  }
}
