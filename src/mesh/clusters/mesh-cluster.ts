import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkTrustInApp } from './cluster-trust';
import { clusterHelmOptions } from './mesh-cluster-values';
import { meshNetworks, NetworkGatewayAddress } from './network-gateway-address';
import { DataPlane } from '../../istio/data-plane';
import { IstioNetwork } from '../../istio/istio-network';
import { checkHostname } from '../../semantics/hostname';
import { isIpAddress } from '../../semantics/ip-address';
import { IstioAnnotation, IstioLabel } from '../../semantics/keys';
import { declarePrimary } from '../../semantics/mesh-declaration';
import { checkDnsLabel } from '../../semantics/names';
import { IstioChart, IstioHelmOptions } from '../control-plane/istio-helm';
import { isManaged } from '../control-plane/own-control-plane';
import { IstioMesh } from '../istio-mesh';
import { IstioMeshProps } from '../istio-mesh-props';
import { IMeshNamespace } from '../mesh-client';
import { MeshNamespace } from '../mesh-namespace';
import { patternLabels } from '../pattern-labels';

/** The control plane of another cluster, as a cluster without one uses it. */
export interface RemoteControlPlane {
  /** The name of the cluster that runs it. */
  readonly clusterName: string;

  /** The IP address or the host name at which its istiod takes connections on 15012 and 15017: that of an EastWestGateway which exposes it. */
  readonly address: string;
}

/** Properties of one cluster of a mesh. */
export interface MeshClusterProps extends IstioMeshProps {
  /** The name of the cluster, which no other cluster of the mesh has. */
  readonly clusterName: string;

  /**
   * The name of the mesh, the same in all of its clusters, as telemetry knows it.
   *
   * @default - what `defaultConfig` says, else the trust domain
   */
  readonly meshId?: string;

  /**
   * The network of the cluster: pods reach each other directly in one network, and others by their gateways.
   *
   * @default - the one network that all clusters share
   */
  readonly network?: IstioNetwork;

  /**
   * The control plane of another cluster, which this one uses: it is a remote then.
   *
   * @default - a control plane of its own: it is a primary
   */
  readonly remoteControlPlane?: RemoteControlPlane;

  /**
   * Whether clusters without a control plane use that of this one.
   *
   * @default - false; `MultiClusterMesh.addRemote` sets it
   */
  readonly servesRemotes?: boolean;
}

const COMPONENT = 'mesh-cluster';

/**
 * The Istio mesh as one of several clusters runs it: with its name, its network, and the namespace of the control plane, labelled as istiod looks for it.
 * `MultiClusterMesh` makes one for each cluster of an app.
 *
 * What is never written is the Secret by which a primary reads another cluster, because it is a credential:
 * `istioctl create-remote-secret --context=east --name=east | kubectl apply --context=west -f -`, for every pair of a primary and another cluster.
 * All clusters need certificate authorities of one root.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/
 */
export class MeshCluster extends IstioMesh {
  /** The name of the cluster. */
  public readonly clusterName: string;

  /**
   * The network of the cluster.
   *
   * @default - the one network that all clusters share
   */
  public readonly network?: IstioNetwork;

  /**
   * The control plane of another cluster.
   *
   * @default - the cluster has its own
   */
  public readonly remoteControlPlane?: RemoteControlPlane;

  /** The namespace of the control plane, with the labels by which istiod knows the network of the cluster. It is where an EastWestGateway runs. */
  public readonly controlPlaneNamespace: IMeshNamespace;

  /**
   * Gateways that are found by no label, for MeshNetworks.
   *
   * @internal
   */
  public readonly _networkGateways: NetworkGatewayAddress[] = [];

  /** @internal */
  public _servesRemotes: boolean;

  /**
   * @throws when a name is no DNS label, or the mesh does not work so: an ambient cluster without network or without control plane, a remote of a
   * managed control plane, a root that another cluster of the mesh in this app does not trust
   */
  constructor(scope: Construct, id: string, props: MeshClusterProps) {
    super(scope, id, withMeshId(props));
    const { network, remoteControlPlane } = props;
    this.clusterName = checkDnsLabel(props.clusterName, 'name of the cluster');
    this.network = network;
    this.remoteControlPlane = remoteControlPlane;
    this._servesRemotes = props.servesRemotes ?? false;
    if (remoteControlPlane !== undefined) {
      this.checkRemote(remoteControlPlane);
      declarePrimary(scope, remoteControlPlane.clusterName);
    }
    if (this.dataPlane === DataPlane.AMBIENT && network === undefined) {
      throw new Error(`ambient cluster '${this.clusterName}' needs a network of its own: Istio joins ambient clusters over networks only, pass network`);
    }
    checkTrustInApp(this);
    this.controlPlaneNamespace = this.labelControlPlane(scope);
  }

  /** The app of the cluster, for its charts. */
  public get app(): App {
    return App.of(this);
  }

  /**
   * Where networks are entered whose gateways istiod finds by no label, in the words of Istio's MeshNetworks. The values of the charts have it already, and so have what
   * `IstioArgoCd` and `IstioFlux` install; another installer writes it, as YAML, into the key `meshNetworks` of the ConfigMap `istio` (with a revision `istio-<revision>`) in the
   * namespace of the control plane, or of the ConfigMap that SHARED_MESH_CONFIG of istiod names. It knows what is declared so far: ask when all is.
   *
   * @default - nothing to write: there is no such network, or the control plane is in another cluster
   */
  public get meshNetworks(): { [field: string]: any } | undefined {
    const networks = this.remoteControlPlane ? undefined : meshNetworks(this._networkGateways);
    return networks && { networks };
  }

  /**
   * The values with which one of Istio's official charts installs the mesh in this cluster.
   *
   * @param chart the chart
   * @throws when options or free values say something else than the cluster or the mesh
   */
  public helmValues(chart: IstioChart, options: IstioHelmOptions = {}): { [key: string]: any } {
    return super.helmValues(chart, clusterHelmOptions(this, chart, options));
  }

  /** @internal */
  public get _clusterName(): string | undefined {
    return this.clusterName;
  }

  private checkRemote({ clusterName, address }: RemoteControlPlane): void {
    if (clusterName === this.clusterName) {
      throw new Error(`cluster '${clusterName}' cannot be a remote of itself: leave remoteControlPlane out`);
    }
    checkDnsLabel(clusterName, 'name of the cluster of the control plane');
    if (!isIpAddress(address)) {
      checkHostname(address, `address of the control plane of cluster '${this.clusterName}'`);
    }
    if (isManaged(this)) {
      throw new Error(`cluster '${this.clusterName}' cannot use the control plane of another one, because '${this.controlPlane.revisionName}' is managed: ` +
        'its provider serves each cluster');
    }
    if (this.dataPlane === DataPlane.AMBIENT) {
      throw new Error(`ambient cluster '${this.clusterName}' needs a control plane of its own: Istio does not run ambient in remotes, make it a primary`);
    }
  }

  private labelControlPlane(scope: Construct): IMeshNamespace {
    const inChart = scope.node.scopes.some(each => Chart.isChart(each));
    const place = inChart ? this : new Chart(scope, this.rootNamespace);
    const labels = {
      ...patternLabels(COMPONENT, this.rootNamespace),
      ...this.network && { [IstioLabel.TOPOLOGY_NETWORK]: this.network.name },
    };
    const annotations = this.remoteControlPlane && { [IstioAnnotation.CONTROL_PLANE_CLUSTERS]: this.remoteControlPlane.clusterName };
    new Namespace(place, 'Namespace', { metadata: { name: this.rootNamespace, labels, annotations } });
    return MeshNamespace.fromNamespaceName(place, 'ControlPlane', this.rootNamespace, { mesh: this, labels });
  }
}

function withMeshId({ meshId, ...props }: MeshClusterProps): IstioMeshProps {
  const known = props.defaultConfig?.meshId;
  if (meshId !== undefined && known !== undefined && known !== meshId) {
    throw new Error(`meshId must be said once, got '${meshId}' and '${known}' in defaultConfig: leave it out there`);
  }
  return meshId === undefined ? props : { ...props, defaultConfig: { ...props.defaultConfig, meshId } };
}
