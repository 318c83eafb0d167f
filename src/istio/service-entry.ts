import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ConnectStrategy } from './connect-strategy';
import { checkExportTo } from './export-to';
import { IstioConstruct } from './istio-construct';
import { IstioHost } from './istio-host';
import { checkAddresses, checkHosts, checkPorts, endpointsManifest } from './service-entry-checks';
import { checkDiscovery } from './service-entry-discovery';
import { ServiceEntryPort } from './service-entry-port';
import { FromServiceEntryNameOptions, IServiceEntry } from './service-entry-reference';
import { ServiceEntryResolution } from './service-entry-resolution';
import { TrafficDistribution } from './traffic-distribution';
import { UseWaypoint } from './use-waypoint';
import { WorkloadEndpoint } from './workload-endpoint';
import { WorkloadSelector } from './workload-selector';
import type { ServiceEntrySpec } from '../imports/networking.istio.io';
import { IstioAnnotation, IstioLabel } from '../semantics/keys';
import { Manifest } from '../semantics/manifest';
import { checkNamed } from '../semantics/names';

/** Properties of a ServiceEntry. */
export interface ServiceEntryProps extends ResourceProps {
  /**
   * The hosts, 1 to 256; they may start with `*.`.
   *
   * With DYNAMIC_DNS each must be a wildcard, and `*` may be a part of its label.
   */
  readonly hosts: string[];

  /** The ports, at most 256. TCP and its like need `addresses`, or addresses that Istio gives out. */
  readonly ports: ServiceEntryPort[];

  /** How a proxy finds the addresses of the hosts. */
  readonly resolution: ServiceEntryResolution;

  /**
   * Whether what the hosts stand for is in the mesh.
   *
   * @default ServiceEntryLocation.MESH_EXTERNAL
   */
  readonly location?: ServiceEntryLocation;

  /**
   * The IP addresses that clients use, at most 256; with NONE and STATIC also blocks of them.
   *
   * @default - Istio gives out an address, except with NONE and for wildcard hosts
   */
  readonly addresses?: string[];

  /**
   * Where the traffic goes: with STATIC and DNS at most 4096, with DNS_ROUND_ROBIN at most 1. STATIC needs them, or `workloadSelector`.
   *
   * @default - what DNS answers for the hosts, or the workloads of `workloadSelector`
   */
  readonly endpoints?: WorkloadEndpoint[];

  /**
   * The pods and WorkloadEntries of its own namespace to which the traffic goes; not with `endpoints`, nor with NONE and DYNAMIC_DNS.
   *
   * @default - none
   */
  readonly workloadSelector?: WorkloadSelector;

  /**
   * The namespaces that see it: names, `.` for its own, `*` for all, `~` for none. Only sidecars and gateways heed it.
   *
   * @default - what the mesh says, which is all unless configured
   */
  readonly exportTo?: string[];

  /**
   * The alternative names of which the server's certificate must have one.
   *
   * @default - any
   */
  readonly subjectAltNames?: string[];

  /**
   * Whether Istio gives out an address for each host, by which clients that ask Istio's DNS proxy reach it.
   *
   * @default - it does, except with `addresses`, with NONE and for wildcard hosts
   */
  readonly autoAllocateIp?: boolean;

  /**
   * How connections are opened to what DNS answers; with DNS and DNS_ROUND_ROBIN, and at most 1 endpoint.
   *
   * @default - to one address, of the preferred family
   */
  readonly connectStrategy?: ConnectStrategy;

  /**
   * Which endpoints come first; not with NONE and DYNAMIC_DNS.
   *
   * @default - what the namespace says, else all are alike
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * The waypoint that stands before the hosts, in ambient. With DYNAMIC_DNS the location must be MESH_EXTERNAL then.
   *
   * @default - what the namespace says
   */
  readonly useWaypoint?: UseWaypoint;

  /**
   * Whether ingress gateways go by the waypoint as well, rather than to the endpoints themselves.
   *
   * @default - what the namespace says, else they do not
   */
  readonly ingressUseWaypoint?: boolean;
}

/** Whether what a ServiceEntry stands for is in the mesh. */
export enum ServiceEntryLocation {
  /** Outside: no mTLS of the mesh. */
  MESH_EXTERNAL = 'MESH_EXTERNAL',
  /** Inside, such as a virtual machine that runs a proxy. */
  MESH_INTERNAL = 'MESH_INTERNAL',
}

/**
 * Hosts that are not Services of the cluster, as the mesh shall know them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends IstioConstruct implements IServiceEntry {
  /**
   * A ServiceEntry that is in the cluster already.
   *
   * @throws when the name or the namespace breaks DNS rules
   */
  public static fromServiceEntryName(name: string, options: FromServiceEntryNameOptions = {}): IServiceEntry {
    return checkNamed('ServiceEntry', { name, ...options });
  }

  /** The plural name of the kind. */
  public readonly resourceType = 'serviceentries';

  private readonly spec: Manifest<ServiceEntrySpec>;

  /**
   * @throws when hosts, ports, addresses, endpoints, workloadSelector, resolution and the defaults of the mesh do not fit together
   */
  constructor(scope: Construct, id: string, private readonly props: ServiceEntryProps) {
    super(scope, id, 'networking.istio.io', 'ServiceEntry', props.metadata);
    const { hosts, ports, resolution, addresses, endpoints, workloadSelector } = props;
    checkHosts(hosts, resolution, Boolean(endpoints?.length));
    checkPorts(ports, hosts, resolution);
    checkAddresses(addresses ?? [], resolution);
    this.checkWorkloads();
    this.checkPanics();
    checkExportTo(props.exportTo, { hidden: true, namespace: this.namespace });
    this.spec = {
      hosts,
      addresses,
      ports: ports.map(({ number, name, protocol, targetPort }) => ({ number, name, protocol, targetPort })),
      location: props.location,
      resolution,
      endpoints: endpoints && endpointsManifest(endpoints, ports, resolution, this.namespace),
      workloadSelector: workloadSelector && { labels: workloadSelector.matchLabels },
      exportTo: props.exportTo,
      subjectAltNames: props.subjectAltNames,
    };
    this._check('', this.spec);
    checkDiscovery(props);
    this.describe();
  }

  /** The hosts. */
  public get hosts(): string[] | undefined {
    return [...this.props.hosts];
  }

  /**
   * The hosts, as routes and rules take them.
   *
   * @throws when one has no dot, or a star that is only a part of its label
   */
  public get istioHosts(): IstioHost[] {
    return this.props.hosts.map(host => this.hostOf(host));
  }

  /**
   * One of the hosts, as routes and rules take it.
   *
   * @param name the host; may be left out when there is just one
   * @throws when it has several hosts and none is named, when it has not the named one, or when the host has no dot, or a star that is only a part of
   * its label
   */
  public host(name?: string): IstioHost {
    const { hosts } = this.props;
    if (name === undefined ? hosts.length > 1 : !hosts.includes(name)) {
      throw new Error(`host must be one of the ServiceEntry's, got ${name === undefined ? 'none' : `'${name}'`}: pass one of ${hosts.join(', ')}`);
    }
    return this.hostOf(name ?? hosts[0]);
  }

  /** @internal */
  public _toKube(): Manifest<ServiceEntrySpec> {
    return this.spec;
  }

  private hostOf(host: string): IstioHost {
    return this.props.resolution === ServiceEntryResolution.DYNAMIC_DNS ? IstioHost._dynamic(host) : IstioHost.of(host);
  }

  /** Refuses what ends istiod in a panic, after which no proxy gets anything new. */
  private checkPanics(): void {
    const { resolution, endpoints = [], trafficDistribution } = this.props;
    const { defaultTrafficPolicy, localityLbSetting } = this._istio.declaration?.meshConfig ?? {};
    if (resolution === ServiceEntryResolution.DYNAMIC_DNS && defaultTrafficPolicy?.outlierDetection) {
      throw new Error(`a ServiceEntry with resolution ${resolution} cannot be in a mesh whose defaultTrafficPolicy has outlierDetection, with which istiod fails: ` +
        'say outlierDetection in DestinationRules instead');
    }
    const places = new Set(endpoints.map(({ locality }) => JSON.stringify(locality)));
    const priority = trafficDistribution ? 'trafficDistribution' :
      localityLbSetting?.failoverPriority && defaultTrafficPolicy?.outlierDetection ? 'a failoverPriority of the mesh' : undefined;
    if (resolution === ServiceEntryResolution.DNS && places.size > 1 && priority) {
      throw new Error(`endpoints of a ServiceEntry with resolution ${resolution} must have one locality with ${priority}, got ${places.size}, with which istiod fails: ` +
        `give all the same locality, or use addresses and ${ServiceEntryResolution.STATIC}`);
    }
  }

  private checkWorkloads(): void {
    const { resolution, endpoints, workloadSelector } = this.props;
    if (workloadSelector !== undefined && endpoints !== undefined) {
      throw new Error('a ServiceEntry takes endpoints or workloadSelector, got both: leave one out');
    }
    if (workloadSelector !== undefined && [ServiceEntryResolution.NONE, ServiceEntryResolution.DYNAMIC_DNS].includes(resolution)) {
      throw new Error(`a ServiceEntry with resolution ${resolution} takes no workloadSelector, got one: use ${ServiceEntryResolution.STATIC}`);
    }
    if (resolution === ServiceEntryResolution.STATIC && workloadSelector === undefined && !endpoints?.length) {
      throw new Error(`a ServiceEntry with resolution ${resolution} needs endpoints or workloadSelector, got neither: traffic would go nowhere`);
    }
  }

  /** Writes what is said by labels and annotations. */
  private describe(): void {
    const { autoAllocateIp, connectStrategy, trafficDistribution, useWaypoint, ingressUseWaypoint, resolution, location } = this.props;
    const labels = {
      [IstioLabel.ENABLE_AUTOALLOCATE_IP]: autoAllocateIp?.toString(),
      [IstioLabel.INGRESS_USE_WAYPOINT]: ingressUseWaypoint?.toString(),
      ...useWaypoint?._labels(this._istio, this.namespace),
    };
    const annotations = {
      [IstioAnnotation.CONNECT_STRATEGY]: connectStrategy,
      [IstioAnnotation.TRAFFIC_DISTRIBUTION]: trafficDistribution,
      ...useWaypoint?._annotations(),
    };
    present(labels).forEach(([key, value]) => this.metadata.addLabel(key, value));
    present(annotations).forEach(([key, value]) => this.metadata.addAnnotation(key, value));
    const waypoint = this.metadata.getLabel(IstioLabel.USE_WAYPOINT);
    if (resolution === ServiceEntryResolution.DYNAMIC_DNS && location === ServiceEntryLocation.MESH_INTERNAL && waypoint && waypoint.toLowerCase() !== 'none') {
      throw new Error(`a ServiceEntry with resolution ${resolution} that uses waypoint '${waypoint}' must have location MESH_EXTERNAL, got ${location}`);
    }
  }
}

function present(pairs: { [key: string]: string | undefined }): [string, string][] {
  return Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== undefined);
}
