import { Namespace, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { AllowMonitoringOptions, allowMonitoring } from './calls/allow-monitoring';
import { isLeftOut } from './enrolment/gateway-enrolment';
import { joinMesh, NAMESPACE_ENROLMENT_KEYS } from './enrolment/namespace-enrolment';
import { enrolPods, leaveOutPods } from './enrolment/pod-enrolment';
import { ProxyOptions } from './enrolment/proxy-options';
import { FromNamespaceNameOptions, ImportedNamespace } from './imported-namespace';
import { Enrolment, Mesh } from './mesh';
import { IMeshClient, IMeshNamespace } from './mesh-client';
import { NamespacePolicies } from './namespace-policies';
import { patternLabels } from './pattern-labels';
import { IWaypoint } from './waypoint/waypoint-reference';
import { MtlsMode } from '../istio/peer-authentication';
import { LinkerdAnnotation } from '../semantics/keys';
import { checkDnsLabel } from '../semantics/names';

/** Properties of a namespace of a mesh. */
export interface MeshNamespaceProps {
  /** The mesh. */
  readonly mesh: Mesh;

  /** The name of the namespace: it is what other teams refer to, so it is never derived. */
  readonly name: string;

  /**
   * More labels of the namespace; how it joins the mesh is not among them.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * More annotations of the namespace.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Whether every pod of the namespace joins the mesh. A namespace of gateways, whose pods join by their own label, needs it not.
   *
   * @default true
   */
  readonly enrolled?: boolean;

  /**
   * A waypoint of another namespace, that is there already, which takes the traffic of this one; ambient only. One of its own namespace is told so
   * afterwards: `waypoint.serve(namespace)`.
   *
   * @default - none
   */
  readonly waypoint?: IWaypoint;

  /**
   * Whether the provider of a managed control plane also restarts the proxies of this namespace to upgrade them.
   *
   * @default - as the control plane of the mesh says
   */
  readonly managedDataPlane?: boolean;

  /**
   * How the proxies of its pods run, where a pod does not say it; Linkerd only. Istio reads it on pods: pass it to `enrol`.
   *
   * @default - as the mesh says
   */
  readonly proxy?: ProxyOptions;

  /**
   * Which connections workloads take; Istio only. `MtlsMode.UNSET` writes nothing, so that the mesh's own setting holds.
   *
   * @default MtlsMode.STRICT
   */
  readonly mtls?: MtlsMode;
}

/**
 * A namespace whose workloads are in the mesh, by the one key that the mesh wants, and take mTLS only.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export class MeshNamespace extends Construct implements IMeshNamespace {
  /**
   * A namespace that is in the cluster already, or that another chart makes. Policies for it are made in this scope.
   *
   * @throws when its labels enrol it twice
   */
  public static fromNamespaceName(scope: Construct, id: string, name: string, options: FromNamespaceNameOptions): IMeshNamespace {
    return new ImportedNamespace(scope, id, name, options);
  }

  /** The mesh. */
  public readonly mesh: Mesh;
  /** The name of the namespace. */
  public readonly name: string;
  /** The labels of the namespace. */
  public readonly labels: { [key: string]: string };
  /** The Namespace itself. */
  public readonly namespace: Namespace;
  /** The namespace of the caller, when the namespace stands for its workloads. */
  public readonly clientNamespace: IMeshNamespace = this;

  /** @internal */
  public readonly _policies: NamespacePolicies;
  /** @internal */
  public readonly _enrolled: boolean;

  /**
   * @throws when the namespace is that of the control plane, or one that injectors leave out, or its labels and annotations enrol it as well
   */
  constructor(scope: Construct, id: string, props: MeshNamespaceProps) {
    super(scope, id);
    this.mesh = props.mesh;
    this.name = checkDnsLabel(props.name, 'name of the namespace');
    if (props.name === props.mesh.rootNamespace) {
      throw new Error(`namespace '${props.name}' is that of the mesh's control plane, whose policies hold everywhere: use MeshNamespace.fromNamespaceName`);
    }
    if (isLeftOut(props.name)) {
      throw new Error(`namespace '${props.name}' cannot join a mesh: injectors leave it out`);
    }
    this._enrolled = props.enrolled ?? true;
    const enrolment = enrolmentOf(props);
    const proxy = props.proxy && props.mesh._namespaceProxy(props.name, props.proxy);
    const said = Object.keys(proxy ?? {}).find(key => key in (props.annotations ?? {}));
    if (said !== undefined) {
      throw new Error(`annotations of namespace '${props.name}' must leave '${said}' alone: proxy says it`);
    }
    const taken = [...NAMESPACE_ENROLMENT_KEYS, LinkerdAnnotation.INJECT].find(key => key in { ...props.labels, ...props.annotations });
    if (taken !== undefined) {
      const by = Object.keys({ ...enrolment.labels, ...enrolment.annotations })[0];
      throw new Error(`namespace '${props.name}' ${by ? `is enrolled by '${by}'` : 'is not to be enrolled'}, got '${taken}' as well: ` +
        'leave enrolment to the mesh, or describe another control plane there');
    }
    this.labels = { ...patternLabels('mesh-namespace', props.name), ...props.labels, ...enrolment.labels };
    this.namespace = new Namespace(this, 'Namespace', {
      metadata: { name: props.name, labels: this.labels, annotations: { ...props.annotations, ...proxy, ...enrolment.annotations } },
    });
    this._policies = new NamespacePolicies(this, 'Policies', this);
    this._policies.requireMtls(props.mtls);
    joinMesh(this, this._enrolled, true);
    props.waypoint?.serve(this);
  }

  /**
   * Keeps workloads of this namespace from going out of the cluster by themselves: their sidecars refuse hosts that they do not know, and a NetworkPolicy keeps
   * the pods inside. An `EgressGateway` does so for its clients; do it for others too, such as the namespace of a gateway that only takes requests in.
   *
   * @throws when the mesh is not one of Istio with sidecars
   * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/#additional-security-considerations
   */
  public confine(): this {
    this.mesh._requireSidecars('confine', `write a NetworkPolicy for namespace '${this.name}'`);
    this._policies.confine();
    return this;
  }

  /**
   * Refuses in this namespace, from now on, what nothing allows: `allowFrom` of its workloads, and what patterns of this app need, such as a route of a gateway.
   * The first `allowFrom` does so too.
   *
   * @throws when the namespace is that of the control plane
   */
  public close(): IMeshNamespace {
    this._policies.close();
    return this;
  }

  /**
   * Lets a monitoring system, by its identity, get metrics from the workloads of this namespace when it is closed. What proxies tell of themselves needs it not.
   *
   * @param monitoring who scrapes, which must be in the mesh: nobody else has an identity
   * @param options where the metrics are
   * @throws when the client cannot be known, or there is no port
   */
  public allowMonitoring(monitoring: IMeshClient, options: AllowMonitoringOptions): IMeshNamespace {
    allowMonitoring(this, monitoring, options);
    return this;
  }

  /**
   * Lets workloads of this namespace reach Services of another one, where their proxies know only some namespaces: `confine` limits them so.
   *
   * @param namespace the other namespace
   */
  public reach(namespace: IMeshNamespace): this {
    this._policies.reach(namespace.name);
    return this;
  }

  /**
   * Has the pods of a workload join the mesh, where the namespace does not do so already, with a proxy that runs as the options say.
   *
   * @param workload the Deployment, StatefulSet or other workload, in this namespace
   * @param options how its proxy runs; default: as the mesh and the namespace say
   * @throws when the workload is in another namespace, uses the network of its node, is enrolled or left out already, or has labels of enrolment; when an option is one
   *   that the mesh does not know, or takes no effect
   */
  public enrol(workload: Workload, options: ProxyOptions = {}): IMeshNamespace {
    enrolPods(this, workload, options);
    return this;
  }

  /**
   * Keeps the pods of a workload out of the mesh: they have no identity, so that workloads which take mTLS only refuse them.
   *
   * @param workload the Deployment, StatefulSet or other workload, in this namespace
   * @throws when the workload is in another namespace, is enrolled or left out already, or has labels of enrolment
   */
  public leaveOut(workload: Workload): IMeshNamespace {
    leaveOutPods(this, workload);
    return this;
  }

  /** @internal */
  public _mark(what: string, labels: { [key: string]: string }, annotations: { [key: string]: string }): void {
    const taken = Object.keys(labels).find(key => key in this.labels && this.labels[key] !== labels[key]);
    if (taken !== undefined) {
      throw new Error(`namespace '${this.name}' has '${taken}: ${this.labels[taken]}' already, got '${labels[taken]}' for ${what}: say it once`);
    }
    Object.assign(this.labels, labels);
    Object.entries(labels).forEach(([key, value]) => this.namespace.metadata.addLabel(key, value));
    Object.entries(annotations).forEach(([key, value]) => this.namespace.metadata.addAnnotation(key, value));
  }
}

/** What a namespace says of the mesh; who restarts its proxies concerns pods that join by themselves, too. */
function enrolmentOf(props: MeshNamespaceProps): Enrolment {
  const enrolment = props.mesh._enrolNamespace(props.name, props);
  return props.enrolled ?? true ? enrolment : { labels: {}, annotations: props.managedDataPlane === undefined ? {} : enrolment.annotations };
}
