import { ApiObject, Lazy } from 'cdk8s';
import { Resource, ResourceProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ConnectionPool } from './connection-pool';
import { importsToo } from './namespaced-host';
import { SidecarEgressListener, SidecarIngressListener, SidecarPort } from './sidecar-listener';
import { checkEgressListener, checkImport, checkIngressListener } from './sidecar-listener-checks';
import { WorkloadSelector } from './workload-selector';
import type { SidecarSpec } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Properties of a Sidecar. */
export interface SidecarProps extends ResourceProps {
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
   * What happens with destinations that are not imported.
   *
   * @default - what the mesh says
   */
  readonly outboundTrafficMode?: OutboundTrafficMode;

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

/**
 * What the sidecars of workloads know, and how they are reached. It does nothing for gateways and ambient workloads.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends Resource {
  /** The plural name of the kind. */
  public readonly resourceType = 'sidecars';

  protected readonly apiObject: ApiObject;

  private readonly egress: SidecarEgressListener[] = [];
  private readonly ingress: SidecarIngressListener[] = [];
  private readonly catchAllHosts: string[] = [];

  /**
   * @throws when a listener is refused
   */
  constructor(scope: Construct, id: string, private readonly props: SidecarProps = {}) {
    super(scope, id);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: props.metadata,
      spec: Lazy.any({ produce: () => this._toKube() }),
    });
    props.egress?.forEach(listener => this.addEgressListener(listener));
    props.ingress?.forEach(listener => this.addIngressListener(listener));
    this.node.addValidation({
      validate: () => Object.entries(this._toKube()).some(([key, value]) => key !== 'workloadSelector' && value !== undefined) ? [] :
        ['a Sidecar needs egress, ingress, outboundTrafficMode or inboundConnectionPool: pass one, or call addEgressHosts'],
    });
  }

  /**
   * Adds a listener of what the workloads may reach. The one without a port is written last, as Istio wants it.
   *
   * @throws when a host is none, or the port or socket is taken
   */
  public addEgressListener(listener: SidecarEgressListener): this {
    checkEgressListener(listener, this.egress, this.metadata.namespace);
    if (listener.port === undefined) {
      this.catchAllHosts.push(...listener.hosts);
    }
    this.egress.push(listener);
    return this;
  }

  /**
   * Imports hosts for the ports that no other egress listener has. Those that are imported already are left out.
   *
   * @param hosts each `namespace/host`, as in `SidecarEgressListener.hosts`
   * @throws when a host is none, or excludes everything
   */
  public addEgressHosts(...hosts: string[]): this {
    const own = this.metadata.namespace;
    for (const host of hosts) {
      if (this.egress.every(listener => listener.port !== undefined)) {
        this.addEgressListener({ hosts: [host] });
      } else if (!this.catchAllHosts.some(present => importsToo(present, host, own))) {
        const narrower = this.catchAllHosts.filter(present => importsToo(host, present, own));
        narrower.forEach(present => this.catchAllHosts.splice(this.catchAllHosts.indexOf(present), 1));
        checkImport(host, this.catchAllHosts, own);
        this.catchAllHosts.push(host);
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
    this.ingress.push(listener);
    return this;
  }

  /** @internal */
  public _toKube(): Manifest<SidecarSpec> {
    const { workloadSelector, outboundTrafficMode, inboundConnectionPool } = this.props;
    const catchAll = this.egress.filter(({ port }) => port === undefined).map(listener => ({ ...listener, hosts: this.catchAllHosts }));
    const egress = [...this.egress.filter(({ port }) => port !== undefined), ...catchAll];
    return {
      workloadSelector: workloadSelector && { labels: workloadSelector.matchLabels },
      ingress: this.ingress.length === 0 ? undefined : this.ingress.map(({ port, bind, captureMode, defaultEndpoint, tls, connectionPool }) => ({
        port: writePort(port),
        bind,
        captureMode,
        defaultEndpoint,
        tls: tls?._toKube(),
        connectionPool: connectionPool?._toKube(),
      })),
      egress: egress.length === 0 ? undefined :
        egress.map(({ port, bind, captureMode, hosts }) => ({ port: port && writePort(port), bind, captureMode, hosts })),
      outboundTrafficPolicy: outboundTrafficMode && { mode: outboundTrafficMode },
      inboundConnectionPool: inboundConnectionPool?._toKube(),
    };
  }
}

function writePort({ number, protocol, name }: SidecarPort): SidecarPort {
  return { number, protocol, name };
}
