import { join } from 'path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { checkClusterFit } from './cluster-fit';
import { eastWestGatewaysOf, remoteNetworksOf } from './east-west-registry';
import { MeshCluster, MeshClusterProps } from './mesh-cluster';
import { networkGatewayAddress } from './network-gateway-address';
import { NetworkGatewayOptions } from './network-gateway-options';
import { DataPlane } from '../../istio/data-plane';
import { IstioNetwork } from '../../istio/istio-network';
import { checkDnsLabel } from '../../semantics/names';
import { ControlPlane } from '../control-plane/control-plane';
import { IstioMeshProps } from '../istio-mesh-props';

/** Properties of a mesh of several clusters: what all of them say alike. */
export interface MultiClusterMeshProps extends IstioMeshProps {
  /** The name of the mesh, as telemetry knows it. */
  readonly meshId: string;

  /**
   * The directory in which each cluster gets a folder of its name.
   *
   * @default - what the environment variable CDK8S_OUTDIR says, which the cdk8s CLI sets, else 'dist'
   */
  readonly outdir?: string;
}

/** What every cluster says for itself. */
export interface MeshClusterOptions {
  /**
   * The network of the cluster; either all clusters have one, or none.
   *
   * @default - the one network that all clusters share
   */
  readonly network?: IstioNetwork;

  /**
   * The trust domain of the cluster; one that others do not have must be among `trustDomainAliases` of the mesh.
   *
   * @default - that of the mesh
   */
  readonly trustDomain?: string;

  /**
   * Where the cluster's mesh is declared.
   *
   * @default - an app of its own, which writes into the folder of the cluster
   */
  readonly scope?: Construct;
}

/** What a cluster with a control plane says for itself. */
export interface PrimaryClusterOptions extends MeshClusterOptions {
  /**
   * What carries the traffic of workloads; clusters of several networks must all say the same.
   *
   * @default - that of the mesh
   */
  readonly dataPlane?: DataPlane;

  /**
   * The control plane, by its revision.
   *
   * @default - that of the mesh
   */
  readonly controlPlane?: ControlPlane;
}

/** What a cluster without a control plane says for itself. */
export interface RemoteClusterOptions extends MeshClusterOptions {
  /** The cluster whose control plane it uses. */
  readonly primary: MeshCluster;

  /** The IP address or the host name at which it reaches that control plane: the address of the load balancer of the primary's EastWestGateway. */
  readonly controlPlaneAddress: string;

  /**
   * Whether something else than an EastWestGateway of this app exposes the control plane at that address.
   *
   * @default false
   */
  readonly exposedElsewhere?: boolean;
}

/**
 * A mesh of several Istio clusters in one program: each cluster is an app of its own, and `synth` writes a folder for each, `dist/west` and `dist/east`.
 *
 * ```ts
 * const mesh = new MultiClusterMesh({ meshId: 'shop' });
 * const west = mesh.addPrimary('west', { network: IstioNetwork.of('network1') });
 * new EastWestGateway(new Chart(west.app, 'east-west'), 'Gateway', { namespace: west.controlPlaneNamespace });
 * ```
 *
 * Clusters with control planes trust each other by a common root only: several need a `certificateAuthority` below it.
 *
 * A Service of one name and namespace is one service in all clusters. `serviceSettings` keeps services in their cluster, `SharedService` says how they
 * fail over, and shares them where that has to be said.
 *
 * @see https://istio.io/latest/docs/ops/deployment/deployment-models/
 */
export class MultiClusterMesh {
  private readonly made: MeshCluster[] = [];
  private readonly apps: App[] = [];
  /** The primaries whose control plane nothing but an EastWestGateway exposes. */
  private readonly exposed = new Set<MeshCluster>();

  /**
   * @throws when the name of the mesh is empty
   */
  constructor(private readonly props: MultiClusterMeshProps) {
    if (props.meshId === '') {
      throw new Error('meshId must not be empty: it is how telemetry tells meshes apart');
    }
  }

  /** The clusters so far. */
  public get clusters(): MeshCluster[] {
    return [...this.made];
  }

  /**
   * Adds a cluster with a control plane of its own.
   *
   * @param name the name of the cluster and of its folder
   * @param options what the cluster says for itself
   * @throws when the name is taken, the cluster does not fit to the others, or each would sign with a root of its own
   */
  public addPrimary(name: string, options: PrimaryClusterOptions = {}): MeshCluster {
    const { network, trustDomain, scope, dataPlane = this.props.dataPlane, controlPlane = this.props.controlPlane } = options;
    return this.add(name, scope, { network, trustDomain, dataPlane, controlPlane });
  }

  /**
   * Adds a cluster that uses the control plane of a primary.
   *
   * @param name the name of the cluster and of its folder
   * @param options what the cluster says for itself
   * @throws when the name is taken, the primary is none of this mesh, or the cluster does not fit to the others
   */
  public addRemote(name: string, options: RemoteClusterOptions): MeshCluster {
    const { primary, controlPlaneAddress, exposedElsewhere, network, trustDomain, scope } = options;
    if (!this.made.includes(primary)) {
      throw new Error(`primary '${primary.clusterName}' of cluster '${name}' is not in mesh '${this.props.meshId}': add it there with addPrimary`);
    }
    if (primary.remoteControlPlane !== undefined) {
      throw new Error(`primary '${primary.clusterName}' of cluster '${name}' is a remote itself, of '${primary.remoteControlPlane.clusterName}': ` +
        'pass a cluster that addPrimary made');
    }
    const cluster = this.add(name, scope, {
      network,
      trustDomain,
      dataPlane: primary.dataPlane,
      // Its proxies ask for the revision by name.
      controlPlane: primary.controlPlane,
      remoteControlPlane: { clusterName: primary.clusterName, address: controlPlaneAddress },
    });
    primary._servesRemotes = true;
    if (!exposedElsewhere) {
      this.exposed.add(primary);
    }
    return cluster;
  }

  /**
   * Says where a network is entered, where istiod cannot find it out: its gateway has no load balancer, or none that istiod may read. It becomes part of
   * `global.meshNetworks` in the values of the charts; for other installers, `meshNetworks` of each cluster has it.
   *
   * @param network the network
   * @param options its gateway
   * @throws when the address, the port or a range is none, or an ambient cluster would have to use it
   */
  public addNetworkGateway(network: IstioNetwork, options: NetworkGatewayOptions): this {
    const gateway = networkGatewayAddress(network, options);
    const ambient = this.made.find(({ dataPlane }) => dataPlane === DataPlane.AMBIENT);
    if (ambient !== undefined) {
      throw new Error(`ambient cluster '${ambient.clusterName}' does not read MeshNetworks, got a gateway of network '${network.name}': ` +
        'make a RemoteNetworkGateway in the cluster');
    }
    const registries = this.made.filter(cluster => cluster.network?.name === network.name).map(({ clusterName }) => ({ fromRegistry: clusterName }));
    const endpoints = gateway.endpoints.length > 0 ? gateway.endpoints : registries;
    if (endpoints.length === 0) {
      throw new Error(`network '${network.name}' has no cluster so far, and no cidrs: pass cidrs, or add its clusters before`);
    }
    this.made.forEach(cluster => cluster._networkGateways.push({ ...gateway, endpoints }));
    return this;
  }

  /**
   * Writes the manifests of every cluster into its folder.
   *
   * @throws when a network has no gateway for the others, a control plane that remotes use is not exposed, or a construct of a cluster is not complete
   */
  public synth(): void {
    this.apps.forEach(app => app.synth());
  }

  private add(name: string, scope: Construct | undefined, options: Omit<MeshClusterProps, 'clusterName'>): MeshCluster {
    checkDnsLabel(name, 'name of the cluster');
    if (this.made.some(({ clusterName }) => clusterName === name)) {
      throw new Error(`cluster '${name}' is in mesh '${this.props.meshId}' already: give each cluster a name of its own`);
    }
    const { outdir, ...shared } = this.props;
    const props: MeshClusterProps = { ...shared, ...options, trustDomain: options.trustDomain ?? shared.trustDomain, clusterName: name };
    checkClusterFit(this.made, props, [shared.trustDomain ?? 'cluster.local', ...shared.trustDomainAliases ?? []]);
    const place = scope ?? new App({ outdir: join(outdir ?? process.env.CDK8S_OUTDIR ?? 'dist', name) });
    const cluster = new MeshCluster(place, 'Mesh', props);
    if (this.made.length > 0) {
      cluster._networkGateways.push(...this.made[0]._networkGateways);
    }
    this.made.push(cluster);
    if (place !== scope) {
      this.apps.push(place as App);
    }
    cluster.node.addValidation({ validate: () => this.missing(cluster) });
    return cluster;
  }

  /** What has to be there at last. */
  private missing(cluster: MeshCluster): string[] {
    const { clusterName, network } = cluster;
    const networks = new Set(this.made.map(other => other.network?.name));
    const gateways = this.made.filter(other => other.network?.name === network?.name).flatMap(other => eastWestGatewaysOf(other));
    const told = [...cluster._networkGateways.map(gateway => gateway.network.name), ...this.made.flatMap(other => remoteNetworksOf(other))];
    const entered = gateways.some(gateway => gateway.exposesServices) || told.includes(network?.name ?? '');
    const exposing = eastWestGatewaysOf(cluster).some(gateway => gateway.exposesControlPlane);
    const primary = this.made.find(other => other.clusterName === cluster.remoteControlPlane?.clusterName);
    const alike = primary === undefined ? [] : eastWestGatewaysOf(primary);
    const unconfigured = primary && eastWestGatewaysOf(cluster)
      .find(({ name }) => !alike.some(other => other.name === name && other.selfManaged && other.exposesServices));
    return [
      ...unconfigured ?
        [`east-west gateway '${unconfigured.name}' of cluster '${clusterName}' is configured by none: make a self-managed one of that name in cluster ` +
          `'${primary.clusterName}', which exposes services`] : [],
      ...networks.size > 1 && !entered ?
        [`network '${network!.name}' of cluster '${clusterName}' has no gateway for other networks: make an EastWestGateway there, or call addNetworkGateway`] : [],
      ...this.exposed.has(cluster) && !exposing ?
        [`cluster '${clusterName}' has remotes that cannot reach its control plane: pass exposeControlPlane: true to its EastWestGateway`] : [],
    ];
  }
}
