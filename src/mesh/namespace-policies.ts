import { ApiObject } from 'cdk8s';
import { Service, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { AllowedCall, CalledPods, CallPolicies } from './calls/call-policies';
import { Closure } from './calls/closure';
import type { IMeshNamespace } from './mesh-client';
import { patternLabels } from './pattern-labels';
import { whenFlaggerCopies } from '../gateway-api/flagger-copy';
import { AuthorizationAction } from '../istio/authorization-action';
import { AuthorizationPolicy } from '../istio/authorization-policy';
import { Istio } from '../istio/istio';
import { MtlsMode, PeerAuthentication } from '../istio/peer-authentication';
import { PolicyTarget } from '../istio/policy-target';
import { OutboundTrafficMode, Sidecar } from '../istio/sidecar';
import { WorkloadSelector } from '../istio/workload-selector';

/** A call that is allowed, for reports. */
interface KnownCall {
  /** The name of what is called; not known of routes, which know pods only. */
  readonly to?: string;
  /** The pods that are called; all of the namespace when it is left out. */
  readonly selector?: WorkloadSelector;
  readonly call: AllowedCall;
}

/** What patterns decide for a namespace as a whole: one object each, however many patterns ask for it. */
export class NamespacePolicies extends Construct {
  private sidecar?: Sidecar;
  private readonly reached: string[] = [];
  private readonly closure = new Closure();
  private confined = false;
  private mtls?: MtlsMode;
  private readonly workloads: Workload[] = [];
  private readonly watchers: ((workload: Workload) => void)[] = [];
  private readonly allowed: KnownCall[] = [];
  private readonly behindWaypoints = new Map<Service, AuthorizationPolicy>();

  constructor(scope: Construct, id: string, private readonly namespace: IMeshNamespace) {
    super(scope, id);
  }

  /** mTLS for every workload; nothing to write in a mesh where no object says it. */
  public requireMtls(mode: MtlsMode | undefined): void {
    if (mode !== undefined) {
      this.namespace.mesh._requireIstio('mtls', 'its proxies speak mTLS to each other anyway, and a namespace that is closed refuses whoever has no identity');
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
    const { mesh, name } = this.namespace;
    if (name === mesh.rootNamespace) {
      throw new Error(`namespace '${name}' is that of the control plane, and to close it would close the whole mesh: use new MeshClosure for that`);
    }
    if (!this.closure.isClosed) {
      mesh._closeNamespace(this, this.namespace);
      this.closure.close();
    }
  }

  /** Whether it refuses what is not allowed: it, or the whole mesh. */
  public get isClosed(): boolean {
    return this.closure.isClosed || this.namespace.mesh._closure.isClosed;
  }

  /** What is known to be allowed. */
  public get calls(): readonly KnownCall[] {
    return this.allowed;
  }

  /** The workloads that are part of the mesh. */
  public get members(): readonly Workload[] {
    return this.workloads;
  }

  /** Does what is needed as soon as the namespace refuses what is not allowed, be it now or later. */
  public whenClosed(allow: () => void): void {
    const once = new Closure();
    once.when(allow);
    this.closure.when(() => once.close());
    this.namespace.mesh._closure.when(() => once.close());
  }

  /** Lets a call of a route through, as soon as the namespace refuses what is not allowed. */
  public openWhenClosed(pods: Omit<CalledPods, 'namespace'>, call: AllowedCall): void {
    const { labels } = this.metadata(pods.name);
    this.whenClosed(() => this.openAs(undefined, new Construct(this, pods.name), { labels, ...pods }).allow(call));
  }

  /** What lets calls to some pods through, and takes them down. */
  public open(scope: Construct, pods: Omit<CalledPods, 'namespace'>): CallPolicies {
    return this.openAs(pods.name, scope, pods);
  }

  /** The policy that waypoints enforce before a Service: one, whoever is called by it. */
  public atWaypoint(service: Service): AuthorizationPolicy {
    const known = this.behindWaypoints.get(service) ?? new AuthorizationPolicy(this, `Waypoint-${service.name}`, {
      metadata: this.metadata(`${service.name}-waypoint`), action: AuthorizationAction.ALLOW, targets: [PolicyTarget.service(service)],
    });
    this.behindWaypoints.set(service, known);
    return known;
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

  /** Whether its workloads take plain text only, so that they know nobody. */
  public get isPlainText(): boolean {
    return this.mtls === MtlsMode.DISABLE;
  }

  private openAs(to: string | undefined, scope: Construct, pods: Omit<CalledPods, 'namespace'>): CallPolicies {
    const { namespace, namespace: { mesh } } = this;
    const policies = [mesh._callPolicies(scope, { ...pods, namespace })];
    const before: AllowedCall[] = [];
    if (pods.workload !== undefined) {
      whenFlaggerCopies(pods.workload, labels => {
        const copy = { ...pods, namespace, name: `${pods.name}-primary`, selector: WorkloadSelector.labels(labels), isCopy: true };
        policies.push(mesh._callPolicies(new Construct(scope, 'Primary'), copy));
        before.forEach(call => policies[1].allow(call));
      });
    }
    return {
      allow: call => {
        policies.forEach(each => each.allow(call));
        before.push(call);
        this.allowed.push({ to, selector: pods.selector, call });
      },
    };
  }

  private writeMtls(mode: MtlsMode): void {
    this.mtls = mode;
    new PeerAuthentication(this, 'PeerAuthentication', { metadata: this.metadata('default'), mode });
  }

  private metadata(name: string) {
    return { name, namespace: this.namespace.name, labels: patternLabels('mesh-namespace', this.namespace.name) };
  }
}
