import { ApiObject } from 'cdk8s';
import { Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { AllowedCall, CalledPods } from './call-policies';
import type { IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { AuthorizationAction } from '../istio/authorization-action';
import { AuthorizationPolicy } from '../istio/authorization-policy';
import { AuthorizationRule } from '../istio/authorization-rule';
import { Istio } from '../istio/istio';
import { MtlsMode, PeerAuthentication } from '../istio/peer-authentication';
import { OutboundTrafficMode, Sidecar } from '../istio/sidecar';
import { WorkloadSelector } from '../istio/workload-selector';

/** What patterns decide for a namespace as a whole: one object each, however many patterns ask for it. */
export class NamespacePolicies extends Construct {
  private sidecar?: Sidecar;
  private readonly reached: string[] = [];
  private closed = false;
  private confined = false;
  private mtls?: MtlsMode;
  private readonly waiting: (() => void)[] = [];
  private readonly workloads: Workload[] = [];
  private readonly watchers: ((workload: Workload) => void)[] = [];

  constructor(scope: Construct, id: string, private readonly namespace: IMeshNamespace) {
    super(scope, id);
  }

  /** mTLS for every workload; nothing to write in a mesh where no object says it. */
  public requireMtls(mode: MtlsMode | undefined): void {
    if (mode !== undefined) {
      this.namespace.mesh._requireIstio('mtls');
    }
    // Where the control plane is in another cluster, the namespace of this name says it there.
    if (this.namespace.mesh._istio !== undefined && mode !== MtlsMode.UNSET && (mode ?? Istio.of(this).declaration?.remoteControlPlane) === mode) {
      this.writeMtls(mode ?? MtlsMode.STRICT);
    }
  }

  /** What a migration says for the namespace, where nothing else says it. */
  public migrateMtls(mode: MtlsMode): void {
    if (this.mtls === undefined) {
      this.writeMtls(mode);
    } else if (this.mtls !== mode) {
      throw new Error(`namespace '${this.namespace.name}' has mtls ${this.mtls} already, got ${mode} by a migration: pass mtls: MtlsMode.UNSET to the MeshNamespace`);
    }
  }

  /** Refuses every request that no policy allows. */
  public close(): void {
    if (!this.closed) {
      this.closed = true;
      this.namespace.mesh._closeNamespace(this, this.namespace);
      this.waiting.forEach(allow => allow());
    }
  }

  /** Does what is needed as soon as the namespace refuses what is not allowed, be it now or later. */
  public whenClosed(allow: () => void): void {
    if (this.closed) {
      allow();
    } else {
      this.waiting.push(allow);
    }
  }

  /** Allows what a route of this app needs. */
  public allowWhenClosed(name: string, selector: WorkloadSelector | undefined, rule: () => AuthorizationRule): void {
    this.whenClosed(() => new AuthorizationPolicy(this, name, {
      metadata: this.metadata(name), selector, action: AuthorizationAction.ALLOW, rules: [rule()],
    }));
  }

  /** Lets a call of a route through, as soon as the namespace refuses what is not allowed. */
  public openWhenClosed(pods: Omit<CalledPods, 'namespace'>, call: AllowedCall): void {
    this.whenClosed(() => this.namespace.mesh._callPolicies(new Construct(this, pods.name), { ...pods, namespace: this.namespace }).allow(call));
  }

  /** Lets the proxies of the namespace know the Services of another one. */
  public reach(namespace: string): void {
    this.reached.push(namespace);
    this.sidecar?.addEgressHosts(`${namespace}/*`);
  }

  /** Lets workloads call known hosts only, and reach nothing outside of the cluster by themselves. */
  public confine(): void {
    if (this.confined) {
      return;
    }
    this.confined = true;
    // Only proxies of workloads know what is registered: those of nodes, and those of Linkerd, pass on what they do not know.
    if (this.namespace.mesh._istio?.sidecars) {
      this.sidecar = new Sidecar(this, 'Sidecar', { metadata: this.metadata('default'), outboundTrafficMode: OutboundTrafficMode.REGISTRY_ONLY });
      this.sidecar.addEgressHosts('./*', `${this.namespace.mesh.rootNamespace}/*`, ...this.reached.map(name => `${name}/*`));
    }
    new ApiObject(this, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: this.metadata('stay-in-cluster'),
      // Every pod of the cluster may be called, and nothing else.
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] },
    });
  }

  /** Takes down a workload that is part of the mesh. */
  public addWorkload(workload: Workload): void {
    this.workloads.push(workload);
    this.watchers.forEach(watch => watch(workload));
  }

  /** Does something with every workload that is part of the mesh, be it known now or later. */
  public eachWorkload(watch: (workload: Workload) => void): void {
    this.workloads.forEach(watch);
    this.watchers.push(watch);
  }

  private writeMtls(mode: MtlsMode): void {
    this.mtls = mode;
    new PeerAuthentication(this, 'PeerAuthentication', { metadata: this.metadata('default'), mode });
  }

  private metadata(name: string) {
    return { name, namespace: this.namespace.name, labels: patternLabels('mesh-namespace', this.namespace.name) };
  }
}
