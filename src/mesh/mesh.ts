import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ProvidedSecret } from './authority/provided-secret';
import type { CalledPods, CallPolicies } from './calls/call-policies';
import { Closure } from './calls/closure';
import { CanaryMesh } from './canary/canary-mesh';
import type { ServiceShare } from './clusters/shared-service';
import { UpgradePlan } from './control-plane/upgrade-plan';
import { EgressKind } from './egress/egress-kind';
import { ProxyOptions } from './enrolment/proxy-options';
import type { IMeshNamespace } from './mesh-client';
import { MeshMembers } from './mesh-members';
import { IGatewayClass } from '../gateway-api/gateway-class';

/**
 * What joins an object to a mesh.
 *
 * @internal
 */
export interface Enrolment {
  readonly labels: { [key: string]: string };
  readonly annotations: { [key: string]: string };
}

/**
 * What of a mesh a namespace can choose for itself.
 *
 * @internal
 */
export interface NamespaceEnrolmentOptions {
  readonly managedDataPlane?: boolean;
}

/**
 * What a gateway's pods run on.
 *
 * @internal
 */
export interface GatewayPodOptions {
  /** The revision that the user asks for, instead of the mesh's own. */
  readonly revision?: string;
  /** Whether headers of requests say where they go; Linkerd only. */
  readonly linkerdIngressMode?: boolean;
}

/**
 * The mesh that a cluster runs. It is declared once, on the App, and every pattern asks it instead of choosing by itself.
 *
 * @see https://gateway-api.sigs.k8s.io/mesh/
 */
export abstract class Mesh extends Construct {
  /**
   * What of this app is in the mesh.
   *
   * @internal
   */
  public readonly _members = new MeshMembers();

  /** The name of the mesh in messages. */
  public abstract readonly meshName: string;

  /** The name under which workloads of the mesh trust each other's identities. */
  public abstract readonly trustDomain: string;

  /** The namespace of the control plane, whose objects hold for the whole mesh. */
  public abstract readonly rootNamespace: string;

  /**
   * Whether the whole mesh refuses what no policy allows.
   *
   * @internal
   */
  public readonly _closure = new Closure();

  /**
   * What is particular to Istio; `undefined` in another mesh.
   *
   * @internal
   */
  public abstract readonly _istio: IstioFacts | undefined;

  /**
   * What becomes of a canary between workloads of the mesh.
   *
   * @internal
   */
  public abstract readonly _canary: CanaryMesh;

  /** The Secrets that the mesh needs and nobody may write in the app, because they have private keys, or roots that decide whom to trust. */
  public abstract get providedSecrets(): ProvidedSecret[];

  /**
   * The name by which policies know a workload.
   *
   * @param namespace the namespace of the workload
   * @param serviceAccount its service account
   */
  public abstract principal(namespace: string, serviceAccount: string): string;

  /**
   * How the control plane is upgraded, and what has to restart for it. It knows what is declared so far: ask when all is.
   *
   * @throws when the mesh declares no upgrade, or a canary is no namespace of it
   */
  public abstract upgradePlan(): UpgradePlan;

  /** @internal */
  public abstract _enrolNamespace(name: string, options: NamespaceEnrolmentOptions): Enrolment;

  /**
   * What joins pods to the mesh, with a proxy as the options say.
   *
   * @internal
   */
  public abstract _enrolPods(pods: PodsToEnrol, options: ProxyOptions): Enrolment;

  /**
   * What keeps pods out of the mesh.
   *
   * @internal
   */
  public abstract _leaveOutPods(): Enrolment;

  /**
   * How the proxy runs of pods to which clients from outside connect past it, on their public ports.
   *
   * @internal
   */
  public abstract _publicPods(publicPorts: number[], healthPort: number): ProxyOptions;

  /**
   * What a namespace says of the proxies of its pods; refused where no mesh reads it there.
   *
   * @internal
   */
  public abstract _namespaceProxy(namespace: string, options: ProxyOptions): { [key: string]: string };

  /**
   * What joins the proxies to the mesh that a controller makes for a Gateway: for the Gateway itself, and for what is made of it.
   *
   * @internal
   */
  public abstract _enrolProvisionedGateway(gatewayClass: IGatewayClass, options: GatewayPodOptions): ProvisionedGatewayEnrolment;

  /**
   * What makes a pod the mesh's own gateway proxy.
   *
   * @internal
   */
  public abstract _enrolGatewayPod(options: GatewayPodOptions): Enrolment;

  /**
   * The forms that an EgressGateway can take, the usual one first.
   *
   * @internal
   */
  public abstract _egressKinds(): EgressKind[];

  /**
   * Refuses in a namespace, from now on, what no policy allows. It is asked once for each namespace, before the first call is allowed in it.
   *
   * @internal
   */
  public abstract _closeNamespace(scope: Construct, namespace: IMeshNamespace): void;

  /**
   * Refuses everywhere, also in namespaces that nobody has thought of, what no policy allows.
   *
   * @internal
   */
  public abstract _closeMesh(scope: Construct): void;

  /**
   * What lets calls to some pods of a closed namespace through. Nothing is written before the first call is allowed.
   *
   * @internal
   */
  public abstract _callPolicies(scope: Construct, pods: CalledPods): CallPolicies;

  /**
   * Writes what lets other clusters reach a Service.
   *
   * @internal
   */
  public abstract _shareService(scope: Construct, share: ServiceShare): void;

  /**
   * The facts of an Istio mesh, for what only Istio's objects can say; else it says what to do instead.
   *
   * @internal
   */
  public _requireIstio(what: string, instead: string): IstioFacts {
    if (this._istio === undefined) {
      throw new Error(`${what} needs an Istio mesh, got a ${this.meshName} mesh: ${instead}`);
    }
    return this._istio;
  }

  /**
   * Refuses what holds only for workloads with proxies of their own, and says what to do instead.
   *
   * @internal
   */
  public _requireSidecars(what: string, instead: string): void {
    if (!this._requireIstio(what, instead).sidecars) {
      throw new Error(`${what} needs workloads with sidecars, got an ambient mesh: ${instead}`);
    }
  }
}

/**
 * Pods that are to join.
 *
 * @internal
 */
export interface PodsToEnrol {
  readonly namespace: { readonly name: string; readonly labels: { [key: string]: string } };
  readonly workload: Workload;
}

/** @internal */
export interface ProvisionedGatewayEnrolment {
  readonly gateway: Enrolment;
  readonly infrastructure?: Enrolment;
  /** Whether what stands beside the proxy goes by the host that is asked for, which must then be that of a Service. */
  readonly goesByHost?: boolean;
}

/**
 * What patterns made of Istio objects have to know.
 *
 * @internal
 */
export interface IstioFacts {
  /** Whether workloads have a proxy of their own, which reads HTTP and knows only what a Sidecar lists. */
  readonly sidecars: boolean;
  /** Whether proxies answer names themselves, and so know hosts by address. */
  readonly dnsCapture: boolean;
  /** The revision that injects; `undefined` for the default tag. */
  readonly revision?: string;
}
