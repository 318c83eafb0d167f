import { ServiceType } from 'cdk8s-plus-28';
import { CloudLoadBalancer } from './cloud-load-balancer';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { checkIpAddress } from '../../semantics/ip-address';
import { checkDnsLabel } from '../../semantics/names';
import { checkPort } from '../../semantics/port';

/** Which nodes take traffic from outside the cluster. */
export enum ExternalTrafficPolicy {
  /** Every node, which passes it on in its own name: the gateway sees the address of a node. */
  CLUSTER = 'Cluster',
  /** Only nodes that run a pod of the gateway, which sees the address of the client. */
  LOCAL = 'Local',
}

/** What every Service of a gateway has. */
export interface GatewayServiceOptions {
  /**
   * Annotations of the Service.
   *
   * @default - those of the cloud's load balancer only
   */
  readonly annotations?: { [key: string]: string };
}

/** Options of a Service that listens on the nodes too. */
export interface GatewayNodePortOptions extends GatewayServiceOptions {
  /**
   * Which nodes take traffic.
   *
   * @default - LOCAL where the gateway reads the address of its peer (`ClientAddress.PEER`), else CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * The port of the nodes (mostly 30000 to 32767) for a port of the gateway, by its number: `{ '443': 30443 }`.
   *
   * @default - Kubernetes chooses them
   */
  readonly nodePorts?: { [port: string]: number };
}

/** Options of a Service with a load balancer. */
export interface GatewayLoadBalancerOptions extends GatewayNodePortOptions {
  /**
   * The addresses that may reach the load balancer, as CIDR blocks; at least one.
   *
   * @default - every address
   */
  readonly sourceRanges?: string[];

  /**
   * What makes the load balancer; it cannot be changed later.
   *
   * @default - what the cluster has
   */
  readonly loadBalancerClass?: string;

  /**
   * The address of the load balancer, where the cloud takes it.
   *
   * @default - the cloud chooses it
   */
  readonly loadBalancerIp?: string;

  /**
   * Whether the load balancer reaches pods through ports of nodes.
   *
   * @default true
   */
  readonly allocateNodePorts?: boolean;
}

/** Options of a Service whose load balancer the internet reaches. */
export interface GatewayExternalOptions extends GatewayLoadBalancerOptions {
  /**
   * The cloud, which has to be told that a load balancer is public.
   *
   * @default - it need not be told
   */
  readonly cloud?: CloudLoadBalancer;
}

/**
 * One way to reach a gateway: a Service of its own. The first one of a gateway has the gateway's name, others are named after what they are for too.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export class GatewayExposure {
  /**
   * From the internet, by a load balancer; others of the gateway's Services end in `-external`.
   *
   * @throws when an address, a range or a port is none
   */
  public static external(options: GatewayExternalOptions = {}): GatewayExposure {
    return new GatewayExposure('external', ServiceType.LOAD_BALANCER, options, options.cloud?._external);
  }

  /**
   * From the private network, by a load balancer; others of the gateway's Services end in `-internal`.
   *
   * @param cloud how the cloud is told that the load balancer is internal
   * @param options how it is reached
   * @throws when an address, a range or a port is none
   */
  public static internal(cloud: CloudLoadBalancer, options: GatewayLoadBalancerOptions = {}): GatewayExposure {
    return new GatewayExposure('internal', ServiceType.LOAD_BALANCER, options, cloud._internal);
  }

  /**
   * By ports of the nodes; others of the gateway's Services end in `-nodes`.
   *
   * @throws when a port is none
   */
  public static nodePort(options: GatewayNodePortOptions = {}): GatewayExposure {
    return new GatewayExposure('nodes', ServiceType.NODE_PORT, options);
  }

  /** From within the cluster only; others of the gateway's Services end in `-cluster`. */
  public static clusterIp(options: GatewayServiceOptions = {}): GatewayExposure {
    return new GatewayExposure('cluster', ServiceType.CLUSTER_IP, options);
  }

  /**
   * The Services of a gateway, by name and construct id.
   *
   * @internal
   */
  public static _named(gateway: string, exposures: GatewayExposure[]): { id: string; name: string; exposure: GatewayExposure }[] {
    if (exposures.length === 0) {
      throw new Error(`gateway '${gateway}' needs at least one exposure, got none: pass GatewayExposure.clusterIp() for one that only the cluster reaches`);
    }
    const twice = exposures.find((each, index) => exposures.findIndex(({ _suffix }) => _suffix === each._suffix) !== index);
    if (twice !== undefined) {
      throw new Error(`exposures of gateway '${gateway}' must differ, got two named '${twice._suffix}': a second one is reached in another way`);
    }
    return exposures.map((exposure, index) => index === 0 ? { id: 'Service', name: gateway, exposure } : {
      id: `Service-${exposure._suffix}`, name: checkDnsLabel(`${gateway}-${exposure._suffix}`, 'name of a Service of the gateway'), exposure,
    });
  }

  /** @internal */
  public readonly _annotations: { [key: string]: string };

  /**
   * @param _suffix what it is for
   * @param type the type of the Service
   * @param _options how it is reached
   * @param cloudAnnotations what the cloud reads
   */
  private constructor(
    /** @internal */
    public readonly _suffix: string,
    /** The type of the Service. */
    public readonly type: ServiceType,
    /** @internal */
    public readonly _options: GatewayLoadBalancerOptions,
    cloudAnnotations: { [key: string]: string } = {},
  ) {
    const { annotations = {}, sourceRanges, loadBalancerIp, nodePorts = {} } = _options;
    const twice = Object.keys(annotations).find(key => cloudAnnotations[key] !== undefined);
    if (twice !== undefined) {
      throw new Error(`annotations of an exposure must leave '${twice}' alone, got '${annotations[twice]}': the cloud says it`);
    }
    if (sourceRanges?.length === 0) {
      throw new Error('sourceRanges of an exposure must name at least one block, got none: leave it out to let every address in');
    }
    sourceRanges?.forEach(range => checkRange(range));
    if (loadBalancerIp !== undefined) {
      checkIpAddress(loadBalancerIp, 'loadBalancerIp of an exposure');
    }
    Object.entries(nodePorts).forEach(([port, node]) => {
      checkPort(Number(port), 'port of nodePorts');
      checkPort(node, `node port for port ${port}`);
    });
    if (Object.keys(nodePorts).length > 0 && _options.allocateNodePorts === false) {
      throw new Error('allocateNodePorts: false of an exposure leaves no node ports, got nodePorts: leave one of both out');
    }
    this._annotations = { ...cloudAnnotations, ...annotations };
  }

  /**
   * The same for another Service, without what only one can have.
   *
   * @internal
   */
  public _again(): GatewayExposure {
    const { loadBalancerIp, nodePorts, annotations, ...options } = this._options;
    return new GatewayExposure(this._suffix, this.type, options, this._annotations);
  }

  /**
   * Which nodes take traffic; `undefined` where it means nothing or Kubernetes' default is right.
   *
   * @param seesPeer whether the gateway has to see the address of its peer
   * @internal
   */
  public _trafficPolicy(what: string, seesPeer: boolean): ExternalTrafficPolicy | undefined {
    const { externalTrafficPolicy } = this._options;
    if (this.type === ServiceType.CLUSTER_IP || !seesPeer) {
      return externalTrafficPolicy;
    }
    if (externalTrafficPolicy === ExternalTrafficPolicy.CLUSTER) {
      throw new Error(`${what} with ClientAddress.PEER needs externalTrafficPolicy LOCAL, got Cluster: nodes pass traffic on in their own name; ` +
        'leave externalTrafficPolicy out');
    }
    return ExternalTrafficPolicy.LOCAL;
  }
}

function checkRange(range: string): void {
  checkIpSubnet(range, 'sourceRanges of an exposure');
  if (!range.includes('/')) {
    throw new Error(`sourceRanges of an exposure must be CIDR blocks, got '${range}': write ${range}/${range.includes(':') ? 128 : 32}`);
  }
}
