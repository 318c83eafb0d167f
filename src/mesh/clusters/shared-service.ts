import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { RegionFailover } from '../../istio/locality-load-balancing';
import { OutlierDetection } from '../../istio/outlier-detection';
import { checkDnsLabel } from '../../semantics/names';
import { IMeshNamespace } from '../mesh-client';

/** How Linkerd lets other clusters reach a Service. */
export enum LinkerdExport {
  /** Through the gateway of its cluster, as `<service>-<cluster>`. */
  GATEWAY = 'gateway',
  /** From pod to pod, where clusters share a network, as `<service>-<cluster>`. */
  FLAT = 'flat',
  /** As one Service over all clusters that share a network, `<service>-federated`. */
  FEDERATED = 'federated',
}

/** Properties of a SharedService. */
export interface SharedServiceProps {
  /** The namespace of the Service, and with it the mesh; it has the same name in all clusters. */
  readonly namespace: IMeshNamespace;

  /** The Service of this cluster. Others have one of the same name. */
  readonly service: Service;

  /**
   * Which region takes over from which; Istio with sidecars only.
   *
   * @default - the client's zone comes first, then its region, then any
   */
  readonly failover?: RegionFailover[];

  /**
   * When endpoints are left out, so that others take over; Istio with sidecars only. With a maxEjectionPercent below 100, a cluster whose endpoints all fail
   * keeps some of its requests.
   *
   * @default - after five answers of the 500s in a row, all if need be
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * How Linkerd lets other clusters reach it; Linkerd only.
   *
   * @default LinkerdExport.GATEWAY
   */
  readonly linkerdExport?: LinkerdExport;
}

/**
 * What a mesh is told of a Service that clusters share.
 *
 * @internal
 */
export interface ServiceShare {
  readonly service: Service;
  readonly namespace: string;
  readonly failover?: RegionFailover[];
  readonly outlierDetection?: OutlierDetection;
  readonly linkerdExport?: LinkerdExport;
}

/**
 * A Service that the clusters of a mesh share. Istio with sidecars shares every Service, and this one fails over: nearer endpoints come first, and others take
 * over when they fail. A cluster without control plane is told so by the SharedService of the same name in its primary: here nothing is written, as nobody would
 * read it. An ambient mesh shares it by its label, and Linkerd too, which mirrors it under other names.
 *
 * `serviceSettings` of a MultiClusterMesh keep a Service in its cluster.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/
 */
export class SharedService extends Construct {
  /** The Service of this cluster. */
  public readonly service: Service;

  private readonly props: SharedServiceProps;

  /**
   * @throws when the Service is in another namespace, an option is for another mesh, or would not be read in a cluster without control plane
   */
  constructor(scope: Construct, id: string, props: SharedServiceProps) {
    super(scope, id);
    const { namespace, service, ...options } = props;
    this.props = props;
    this.service = service;
    if (service.metadata.namespace !== namespace.name) {
      throw new Error(`service '${service.name}' is in namespace '${service.metadata.namespace ?? 'default'}', got namespace '${namespace.name}': ` +
        'set metadata.namespace of the Service');
    }
    namespace.mesh._shareService(this, { ...options, service, namespace: namespace.name });
  }

  /**
   * The name under which this cluster knows the Service of another one; Linkerd only.
   *
   * @param clusterName the other cluster, as it was linked
   * @throws when the mesh is not Linkerd, or the Service is federated
   */
  public mirrorName(clusterName: string): string {
    this.requireMirrors('mirrorName', this.props.linkerdExport !== LinkerdExport.FEDERATED, 'use federatedName');
    return checkDnsLabel(`${this.service.name}-${checkDnsLabel(clusterName, 'name of the cluster')}`, 'name of the mirror');
  }

  /**
   * The name of the Service over all clusters; Linkerd only.
   *
   * @throws when the mesh is not Linkerd, or the Service is not federated
   */
  public get federatedName(): string {
    this.requireMirrors('federatedName', this.props.linkerdExport === LinkerdExport.FEDERATED, 'pass linkerdExport: LinkerdExport.FEDERATED');
    return checkDnsLabel(`${this.service.name}-federated`, 'name of the federated Service');
  }

  private requireMirrors(what: string, exported: boolean, instead: string): void {
    const { mesh } = this.props.namespace;
    if (mesh._istio !== undefined) {
      throw new Error(`${what} of service '${this.service.name}' is for Linkerd only, got an Istio mesh: there it has one name in all clusters`);
    }
    if (!exported) {
      throw new Error(`${what} of service '${this.service.name}' does not fit to how it is exported, ${this.props.linkerdExport ?? LinkerdExport.GATEWAY}: ${instead}`);
    }
  }
}
