import { Construct } from 'constructs';
import { clusterOf } from './cluster-of';
import { CROSS_NETWORK_PORT, EastWestFacts } from './east-west-facts';
import { EastWestForm } from './east-west-form';
import { makeProvisioned } from './east-west-provisioned';
import { registerEastWestGateway } from './east-west-registry';
import { makeSelfManaged } from './east-west-self-managed';
import { Gateway } from '../../gateway-api/gateway';
import { DataPlane } from '../../istio/data-plane';
import { IstioNetwork } from '../../istio/istio-network';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { requireOwnControlPlane } from '../control-plane/own-control-plane';
import { GatewayWorkload } from '../gateway/gateway-workload';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** Properties of an EastWestGateway. */
export interface EastWestGatewayProps {
  /** The namespace of the gateway, and with it the mesh: `controlPlaneNamespace` of a MeshCluster, or a namespace of its own. */
  readonly namespace: IMeshNamespace;

  /**
   * The network that the gateway leads into.
   *
   * @default - that of the cluster; none where the mesh is no MeshCluster
   */
  readonly network?: IstioNetwork;

  /**
   * The name of the gateway and of what is made for it.
   *
   * @default 'istio-eastwestgateway', which istioctl looks for
   */
  readonly name?: string;

  /**
   * Who runs its proxy.
   *
   * @default - EastWestForm.selfManaged() for sidecars, EastWestForm.provisioned() in an ambient mesh
   */
  readonly form?: EastWestForm;

  /**
   * Whether other networks reach services through it. They speak mTLS of the mesh with the workloads themselves.
   *
   * @default - true when there is a network
   */
  readonly exposeServices?: boolean;

  /**
   * The services that other networks may reach, as hosts such as `*.shop.svc.cluster.local`; sidecars only. Ambient services say it by `SharedService`.
   *
   * @default - all services of the cluster: `*.local`
   */
  readonly serviceHosts?: string[];

  /**
   * The port for other networks, 1 to 65535; sidecars only, because ambient networks are entered at 15008.
   *
   * @default 15443
   */
  readonly gatewayPort?: number;

  /**
   * Whether istiod is reached through it, at 15012 and 15017: by machines, and by clusters without a control plane.
   *
   * @default false
   */
  readonly exposeControlPlane?: boolean;

  /**
   * The revisions of istiod that are exposed, as they are installed; tags are none.
   *
   * @default - that of the mesh's control plane; of a tag, the one to which it points
   */
  readonly controlPlaneRevisions?: string[];
}

/**
 * Where a network of the mesh is entered from other networks. For sidecars, connections are passed on by the server name that their clients choose, so that
 * mTLS holds from workload to workload; between ambient networks, ztunnels speak HBONE through it.
 *
 * In a cluster without control plane it is made of pods and a Service only: the gateway of the same name in its primary brings the configuration of both.
 *
 * Linkerd's gateway comes with its multicluster extension: there, `SharedService` says which Services go through it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class EastWestGateway extends Construct {
  /** The name of the gateway. */
  public readonly name: string;
  /** The name of the Service in front of it. */
  public readonly serviceName: string;
  /** Whether other networks reach services through it. */
  public readonly exposesServices: boolean;
  /** Whether istiod is reached through it. */
  public readonly exposesControlPlane: boolean;
  /**
   * The network that it leads into.
   *
   * @default - none
   */
  public readonly network?: IstioNetwork;
  /**
   * Its pods and what they need.
   *
   * @default - there are none, because the gateway is provisioned
   */
  public readonly workload?: GatewayWorkload;
  /**
   * The Gateway of Gateway API.
   *
   * @default - there is none, because the gateway is self-managed
   */
  public readonly gateway?: Gateway;

  /** The cluster whose control plane configures it, where it is another one. */
  private readonly primary?: string;

  /**
   * @throws when the mesh is not Istio, nothing is exposed, the form cannot do what is asked, a host is none, or the namespace has such a gateway already
   */
  constructor(scope: Construct, id: string, props: EastWestGatewayProps) {
    super(scope, id);
    const { namespace, serviceHosts, gatewayPort = CROSS_NETWORK_PORT } = props;
    const { mesh } = namespace;
    if (mesh._istio === undefined) {
      throw new Error(`EastWestGateway needs an Istio mesh, got a ${mesh.meshName} mesh: its gateway comes with its multicluster extension, use SharedService`);
    }
    const ambient = !mesh._istio.sidecars;
    this.name = checkDnsLabel(props.name ?? 'istio-eastwestgateway', 'name of the east-west gateway');
    const cluster = clusterOf(mesh);
    this.network = props.network ?? cluster?.network;
    this.primary = cluster?.remoteControlPlane?.clusterName;
    this.exposesServices = props.exposeServices ?? this.network !== undefined;
    this.exposesControlPlane = props.exposeControlPlane ?? false;
    const form = props.form ?? (ambient ? EastWestForm.provisioned() : EastWestForm.selfManaged());
    this.check(props, ambient, form);
    const facts: EastWestFacts = {
      name: this.name,
      namespace,
      network: this.network,
      serviceHosts: this.exposesServices ? serviceHosts ?? ['*.local'] : undefined,
      gatewayPort: checkPort(gatewayPort, `gatewayPort of east-west gateway '${this.name}'`),
      controlPlanes: this.exposesControlPlane ? this.controlPlanes(props) : undefined,
      ambient,
      remote: this.primary !== undefined,
      metadata: (name, labels) => ({ name, namespace: namespace.name, labels: { ...patternLabels('east-west-gateway', this.name), ...labels } }),
    };
    if (form._workload !== undefined) {
      this.workload = makeSelfManaged(this, facts, form._workload);
    } else {
      this.gateway = makeProvisioned(this, facts, form._provisioned!);
    }
    this.serviceName = this.workload || ambient ? this.name : checkDnsLabel(`${this.name}-istio`, 'name of the east-west gateway with that of its class');
    const { serviceName, exposesServices, exposesControlPlane } = this;
    registerEastWestGateway(mesh, {
      name: this.name, namespace: namespace.name, serviceName, exposesServices, exposesControlPlane, selfManaged: this.workload !== undefined,
    });
  }

  private check({ serviceHosts, gatewayPort, controlPlaneRevisions }: EastWestGatewayProps, ambient: boolean, form: EastWestForm): void {
    const what = `east-west gateway '${this.name}'`;
    if (!this.exposesServices && !this.exposesControlPlane) {
      throw new Error(`${what} exposes nothing: pass network to expose services, or exposeControlPlane: true`);
    }
    if (this.exposesServices && this.network === undefined) {
      throw new Error(`${what} needs a network to expose services: pass network, as the workloads of the cluster have it`);
    }
    const elsewhere = this.primary !== undefined && (this.exposesControlPlane ? 'expose a control plane' : form._provisioned && 'be provisioned');
    if (elsewhere) {
      throw new Error(`${what} cannot ${elsewhere} in a cluster without one: its control plane is in cluster '${this.primary}'`);
    }
    if (ambient && this.exposesServices && form._workload !== undefined) {
      throw new Error(`${what} cannot be self-managed in an ambient mesh, where ztunnels speak HBONE with it: use EastWestForm.provisioned()`);
    }
    const idle = Object.entries({ serviceHosts, gatewayPort }).find(([, value]) => value !== undefined && (ambient || !this.exposesServices));
    if (idle !== undefined) {
      throw new Error(`${idle[0]} of ${what} ${ambient ? 'is for sidecars only, got it in an ambient mesh' : 'is about services, which it does not expose'}: ` +
        'leave it out');
    }
    if (serviceHosts?.length === 0) {
      throw new Error(`serviceHosts of ${what} must have at least one host, got none: leave it out to expose all services`);
    }
    const outside = serviceHosts?.find(host => !host.endsWith('.local'));
    if (outside !== undefined) {
      throw new Error(`serviceHosts of ${what} must be hosts of the cluster that end with .local, got '${outside}'`);
    }
    if (controlPlaneRevisions !== undefined && !this.exposesControlPlane) {
      throw new Error(`controlPlaneRevisions of ${what} are exposed by exposeControlPlane: true only: pass it, or leave them out`);
    }
    if (controlPlaneRevisions?.length === 0) {
      throw new Error(`controlPlaneRevisions of ${what} must have at least one revision, got none: leave them out to mean that of the mesh`);
    }
  }

  private controlPlanes({ namespace, controlPlaneRevisions, form }: EastWestGatewayProps): string[] {
    const mesh = requireOwnControlPlane(namespace.mesh, 'exposeControlPlane', 'its provider lets proxies reach it, leave exposeControlPlane out');
    if (mesh.dataPlane === DataPlane.AMBIENT && form?._workload === undefined && Number(mesh.version.split('.')[1]) < 31) {
      throw new Error(`exposeControlPlane of a provisioned ambient gateway needs Istio 1.31, got ${mesh.version}: ` +
        'make a second EastWestGateway with exposeServices: false and EastWestForm.selfManaged() in another namespace');
    }
    return controlPlaneRevisions?.map(revision => checkDnsLabel(revision, 'revision of the control plane')) ?? [mesh.controlPlane.installedRevision ?? ''];
  }
}
