import { ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ConnectionPool } from './connection-pool';
import { DataPlane } from './data-plane';
import { IstioConstruct } from './istio-construct';
import { importsToo, isExclusion } from './namespaced-host';
import { SidecarEgressListener, SidecarIngressListener, SidecarPort } from './sidecar-listener';
import { checkEgressListener, checkImport, checkImportsSome, checkIngressListener } from './sidecar-listener-checks';
import { checkSinceRelease } from './since-release';
import { WorkloadSelector } from './workload-selector';
import type { SidecarSpec, SidecarSpecEgress, SidecarSpecIngress } from '../imports/networking.istio.io';
import { IstioVersion } from '../semantics/istio-version';
import { Manifest } from '../semantics/manifest';

/** Properties of a Sidecar. */
export interface SidecarProps extends ResourceProps {
  /** What happens with destinations that are not imported. It is always written: what the mesh says is not to be seen here. */
  readonly outboundTrafficMode: OutboundTrafficMode;

  /**
   * The pods and WorkloadEntries, in its own namespace. Only one Sidecar may be about a pod.
   *
   * @default - all of the namespace that no other Sidecar selects; of the mesh, in the root namespace
   */
  readonly workloadSelector?: WorkloadSelector;

  /**
   * What the workloads may reach.
   *
   * @default - everything that is exported to the namespace
   */
  readonly egress?: SidecarEgressListener[];

  /**
   * How the workloads are reached. It replaces what Istio makes of their Services: name every port.
   *
   * @default - by every port of their Services
   */
  readonly ingress?: SidecarIngressListener[];


  /**
   * How much each workload is given at once, through every port that no ingress listener says otherwise of.
   *
   * @default - what the DestinationRules of its Services say
   */
  readonly inboundConnectionPool?: ConnectionPool;
}

/** What happens with destinations that a sidecar does not know. */
export enum OutboundTrafficMode {
  /** They cannot be reached: HTTP gets 502, other connections are closed. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
  /** Traffic goes on to them as it is. */
  ALLOW_ANY = 'ALLOW_ANY',
}

type Egress = Manifest<SidecarSpecEgress>;

/**
 * What the sidecars of workloads know, and how they are reached. It does nothing for gateways and ambient workloads.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'sidecars';

  private egress: Egress[] = [];
  private ingress: Manifest<SidecarSpecIngress>[] = [];
  /** The listener without a port, and its hosts, which grow. */
  private catchAll?: Egress;
  private catchAllHosts: string[] = [];
  private readonly rest: Manifest<Omit<SidecarSpec, 'egress' | 'ingress'>>;

  /**
   * @throws when a listener is refused, when the declared mesh is ambient, or when the declared release lacks something
   */
  constructor(scope: Construct, id: string, props: SidecarProps) {
    super(scope, id, 'networking.istio.io', 'Sidecar', props.metadata);
    if (this._istio.declaration?.dataPlane === DataPlane.AMBIENT) {
      throw new Error(`Sidecar '${this.name}' would do nothing: the mesh is ambient; leave it out, or pass dataPlane: DataPlane.SIDECAR to the mesh`);
    }
    const { workloadSelector, outboundTrafficMode, inboundConnectionPool } = props;
    this.rest = {
      workloadSelector: workloadSelector && { labels: workloadSelector.matchLabels },
      outboundTrafficPolicy: { mode: outboundTrafficMode },
      inboundConnectionPool: inboundConnectionPool?._toKube(),
    };
    this._check('', this.rest);
    props.egress?.forEach(listener => this.addEgressListener(listener));
    props.ingress?.forEach(listener => this.addIngressListener(listener));
  }

  /**
   * Adds a listener of what the workloads may reach. The one without a port is written last, as Istio wants it.
   *
   * @throws when a host is none, when nothing is imported but something excluded, or when the port or socket is taken
   */
  public addEgressListener(listener: SidecarEgressListener): this {
    const { port, bind, captureMode, hosts } = listener;
    checkEgressListener(listener, this.catchAll ? this.egress.concat(this.catchAll) : this.egress, this.namespace);
    hosts.forEach(host => this.checkHostSince(host));
    if (port === undefined) {
      this.catchAll = { captureMode, hosts: [] };
      this.catchAllHosts = [...hosts];
    } else {
      this.egress = this.egress.concat({ port: writePort(port), bind, captureMode, hosts: [...hosts] });
    }
    return this;
  }

  /**
   * Imports hosts for the ports that no other egress listener has, or excludes them. Those that are imported already are left out.
   *
   * @param hosts each `namespace/host`, as in `SidecarEgressListener.hosts`
   * @throws when a host is none, when one is excluded and imported, or when nothing is imported but something excluded
   */
  public addEgressHosts(...hosts: string[]): this {
    for (const host of [...hosts.filter(h => !isExclusion(h)), ...hosts.filter(isExclusion)]) {
      if (this.catchAll === undefined) {
        this.addEgressListener({ hosts: [host] });
      } else {
        this.addCatchAllHost(host);
      }
    }
    return this;
  }

  /**
   * Adds a listener of how the workloads are reached.
   *
   * @throws when the port is taken, or an address or tls is refused
   */
  public addIngressListener(listener: SidecarIngressListener): this {
    checkIngressListener(listener, this.ingress);
    const { port, bind, captureMode, defaultEndpoint, tls, connectionPool } = listener;
    const spec = { port: writePort(port), bind, captureMode, defaultEndpoint, tls: tls?._toKube(), connectionPool: connectionPool?._toKube() };
    this._check(`ingress[${this.ingress.length}]`, spec);
    this.ingress = this.ingress.concat(spec);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<SidecarSpec> {
    const egress = this.catchAll ? this.egress.concat({ captureMode: this.catchAll.captureMode, hosts: this.catchAllHosts }) : this.egress;
    return {
      ...this.rest,
      ingress: this.ingress.length > 0 ? this.ingress : undefined,
      egress: egress.length > 0 ? egress : undefined,
    };
  }

  private addCatchAllHost(host: string): void {
    const own = this.namespace;
    if (this.catchAllHosts.some(present => importsToo(present, host, own))) {
      return;
    }
    const wider = this.catchAllHosts.filter(present => !importsToo(host, present, own));
    checkImport(host, wider, own);
    checkImportsSome(wider.concat(host), 'egress listener without a port');
    this.checkHostSince(host);
    this.catchAllHosts = wider.concat(host);
  }

  private checkHostSince(host: string): void {
    if (isExclusion(host)) {
      checkSinceRelease(this._istio, IstioVersion.V1_31, `host '${host}' of Sidecar '${this.name}', an exclusion,`);
    }
  }
}

function writePort({ number, protocol, name }: SidecarPort): SidecarPort {
  return { number, protocol, name };
}
