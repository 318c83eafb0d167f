import { Service, Workload } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { WaypointConsumers } from './waypoint-consumers';
import { IWaypoint, WaypointServeOptions, WaypointTraffic } from './waypoint-reference';
import { GatewayClass, IGatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { ListenerNamespaces } from '../../gateway-api/listener-namespaces';
import { RouteNamespaces } from '../../gateway-api/route-namespaces';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { PolicyTarget } from '../../istio/policy-target';
import { ServiceEntry } from '../../istio/service-entry';
import { checkDnsLabel, checkDnsSubdomain } from '../../semantics/names';
import { Closure } from '../calls/closure';
import { IMeshClient, IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** What is known of a waypoint, be it of this app or in the cluster already. */
export interface WaypointFacts {
  /** The name of its Gateway. */
  readonly name: string;

  /** The namespace of its Gateway. */
  readonly namespace: IMeshNamespace;

  /**
   * What of the traffic to its consumers it takes.
   *
   * @default WaypointTraffic.SERVICE
   */
  readonly traffic?: WaypointTraffic;

  /**
   * The namespaces whose objects may use it.
   *
   * @default - those that it serves
   */
  readonly admits?: RouteNamespaces;

  /**
   * The service account of its pods.
   *
   * @default - the name of its Gateway, by which istiod makes one
   */
  readonly serviceAccount?: string;

  /**
   * Whether it refuses already what no policy allows.
   *
   * @default false
   */
  readonly closed?: boolean;
}

/**
 * What a waypoint of this app and one that is in the cluster already have in common: which namespaces, Services and workloads use it.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export abstract class WaypointBase extends Construct implements IWaypoint {
  /** The name of the waypoint. */
  public readonly name: string;
  /**
   * The namespace of the waypoint, by name.
   *
   * @default - it always has one
   */
  public readonly namespace?: string;
  /** What of the traffic to its consumers it takes. */
  public readonly traffic: WaypointTraffic;
  /** The class of its Gateway. */
  public readonly gatewayClass?: IGatewayClass = GatewayClass.ISTIO_WAYPOINT;
  /** The namespace of the caller that it is to workloads. */
  public readonly clientNamespace: IMeshNamespace;
  /** The service account by which workloads know it. */
  public readonly clientServiceAccount?: string;
  /**
   * The trust domain of its identity.
   *
   * @default - that of the mesh
   */
  public readonly clientTrustDomain?: string;
  /**
   * The namespaces whose ListenerSets may add listeners.
   *
   * @default - none: a waypoint has one listener
   */
  public readonly allowedListeners?: ListenerNamespaces;

  /** The namespaces that it serves as a whole. */
  private readonly served: IMeshNamespace[] = [];
  private readonly closure = new Closure();
  private readonly closedBefore: boolean;
  private readonly admits?: RouteNamespaces;
  private readonly consumers: WaypointConsumers;

  /**
   * @throws when the mesh is not an ambient one of Istio, or a name is none
   */
  constructor(scope: Construct, id: string, facts: WaypointFacts) {
    super(scope, id);
    const { name, namespace, traffic = WaypointTraffic.SERVICE, admits, serviceAccount, closed = false } = facts;
    this.name = checkDnsLabel(name, 'name of the waypoint');
    requireAmbient(name, namespace);
    this.namespace = namespace.name;
    this.traffic = traffic;
    this.clientNamespace = namespace;
    // istiod names the service account after the Gateway.
    this.clientServiceAccount = serviceAccount === undefined ? name : checkDnsSubdomain(serviceAccount, 'name of the service account');
    this.admits = admits;
    this.closedBefore = closed;
    this.consumers = new WaypointConsumers(this, this);
    this.node.addValidation({ validate: () => this.cutOff() });
  }

  /** The one listener. */
  public abstract get listeners(): Listener[] | undefined;

  /**
   * Puts the waypoint before all that the namespace has: its Services, or its workloads, or both, as its traffic says.
   *
   * @throws when the namespace is of another mesh, is not of this app and not known to use it, is not admitted, or uses another waypoint
   */
  public serve(namespace: IMeshNamespace, options: WaypointServeOptions = {}): IWaypoint {
    this.consumers.namespace(namespace, options);
    this.served.push(namespace);
    return this;
  }

  /**
   * Puts the waypoint before a Service.
   *
   * @throws when it takes no traffic of Services, the Service has no namespace or one that is not admitted, or uses another waypoint
   */
  public serveService(service: Service, options: WaypointServeOptions = {}): IWaypoint {
    this.consumers.service(service, options);
    return this;
  }

  /**
   * Puts the waypoint before the hosts of a ServiceEntry.
   *
   * @throws when it takes no traffic of Services, the ServiceEntry has no namespace or one that is not admitted, or uses another waypoint
   */
  public serveServiceEntry(entry: ServiceEntry, options: WaypointServeOptions = {}): IWaypoint {
    this.consumers.serviceEntry(entry, options);
    return this;
  }

  /**
   * Puts the waypoint before the pods of a workload.
   *
   * @throws when it takes no traffic of workloads, the workload has no namespace or one that is not admitted, or uses another waypoint
   */
  public serveWorkload(workload: Workload): IWaypoint {
    this.consumers.workload(workload);
    return this;
  }

  /**
   * Puts the waypoint before the pods of every `MeshWorkload` that runs as a service account, be it made before or after.
   *
   * @param account the service account, such as `MeshClient.serviceAccount(namespace, account)`
   * @throws when it takes no traffic of workloads, the client is a whole namespace, or its namespace is not admitted
   */
  public serveServiceAccount(account: IMeshClient): IWaypoint {
    this.consumers.serviceAccount(account);
    return this;
  }

  /**
   * Leaves a Service out, whatever its namespace says.
   *
   * @throws when the Service uses a waypoint by itself
   */
  public exceptService(service: Service): IWaypoint {
    this.consumers.except(service);
    return this;
  }

  /**
   * Leaves a ServiceEntry out, whatever its namespace says.
   *
   * @throws when the ServiceEntry uses a waypoint by itself
   */
  public exceptServiceEntry(entry: ServiceEntry): IWaypoint {
    this.consumers.except(entry);
    return this;
  }

  /**
   * Leaves the pods of a workload out, whatever its namespace says.
   *
   * @throws when the workload uses a waypoint by itself
   */
  public exceptWorkload(workload: Workload): IWaypoint {
    this.consumers.except(workload);
    return this;
  }

  /**
   * Refuses what no policy of a Service behind it, or of it, allows. It is closed with its own namespace; close one that is in a namespace of its own, so that
   * a Service of which nobody thought is no way in.
   *
   * @see https://istio.io/latest/docs/ambient/usage/l7-features/#layer-7-authorization-policy
   */
  public close(): IWaypoint {
    if (!this.closedBefore && this.closure.close()) {
      AuthorizationPolicy.allowNothing(this, 'AllowNothing', {
        metadata: { name: `${this.name}-allow-nothing`, namespace: this.namespace, labels: patternLabels('waypoint', this.name) },
        targets: [PolicyTarget.gateway(this)],
      });
    }
    return this;
  }

  /** @internal */
  public get _closed(): boolean {
    return this.closedBefore || this.closure.isClosed;
  }

  /** Namespaces that it serves and in which nothing allows anything, although it refuses what nothing allows. */
  private cutOff(): string[] {
    return this.closure.isClosed ? this.served.filter(({ _policies }) => !_policies.isClosed).map(({ name }) =>
      `waypoint '${this.name}' is closed, and so is all behind it in namespace '${name}', which says not who may call it: call allowFrom of its workloads, ` +
      'or give it another waypoint') : [];
  }

  /** @internal */
  public _admit(namespace: string): void {
    if (this.admits === undefined) {
      this._welcome(namespace);
    } else if (!this.admits._admits(namespace, this.namespace)) {
      throw new Error(`waypoint '${this.name}' does not admit namespace '${namespace}': it admits ${this.admits._describe()}; add it to admits`);
    }
  }

  /**
   * Admits one more namespace.
   *
   * @internal
   */
  protected abstract _welcome(namespace: string): void;
}

function requireAmbient(name: string, { mesh }: IMeshNamespace): void {
  const istio = mesh._istio;
  if (istio === undefined || istio.sidecars) {
    throw new Error(`waypoint '${name}' needs an ambient Istio mesh, got ${istio ? 'one with sidecars' : `a ${mesh.meshName} mesh`}: ` +
      `proxies beside the workloads read HTTP there, leave it out${istio ? ', or declare DataPlane.AMBIENT' : ''}`);
  }
}
