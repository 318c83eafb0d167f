import { Construct } from 'constructs';
import { WaypointBase } from './waypoint-base';
import { IWaypoint, WaypointTraffic } from './waypoint-reference';
import { Gateway } from '../../gateway-api/gateway';
import { GatewayClass } from '../../gateway-api/gateway-class';
import { Listener } from '../../gateway-api/listener';
import { LocalObjectReference } from '../../gateway-api/local-object-reference';
import { RouteNamespaces } from '../../gateway-api/route-namespaces';
import { ENROLMENT_LABELS } from '../../semantics/key-lists';
import { IstioGatewayAnnotation, IstioLabel } from '../../semantics/keys';
import { checkProxyOptions } from '../gateway/gateway-proxy-manifest';
import { GatewayProxyOptions } from '../gateway/gateway-proxy-options';
import { istioGatewayParameters } from '../gateway/istio-gateway-parameters';
import { IstioGatewayPatches } from '../gateway/provisioned-gateway-options';
import { IMeshNamespace } from '../mesh-client';
import { patternLabels } from '../pattern-labels';

/** Properties of a waypoint. */
export interface WaypointProps extends GatewayProxyOptions {
  /** The namespace of the waypoint, and with it the mesh. */
  readonly namespace: IMeshNamespace;

  /**
   * The name of the waypoint, of its Deployment and Service, and of the service account by which workloads know it.
   *
   * @default 'waypoint'
   */
  readonly name?: string;

  /**
   * What of the traffic to its consumers it takes.
   *
   * @default WaypointTraffic.SERVICE
   */
  readonly traffic?: WaypointTraffic;

  /**
   * The namespaces whose objects may use it.
   *
   * @default - its own, and those of all that it is told to serve
   */
  readonly admits?: RouteNamespaces;

  /**
   * The revision whose proxy it gets.
   *
   * @default - that of the mesh's control plane
   */
  readonly revision?: string;

  /**
   * The service account of its pods, by which workloads know it. Istio makes it where it is not there.
   *
   * @default - the name of the waypoint
   */
  readonly serviceAccount?: string;

  /**
   * More labels of the objects that istiod makes for it.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the objects that istiod makes for it.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What is laid over the objects that istiod makes for it.
   *
   * @default - nothing
   */
  readonly patches?: IstioGatewayPatches;

  /**
   * A ConfigMap of your own, of the same namespace, that holds all overlays.
   *
   * @default - what the other options need, in a ConfigMap `<waypoint>-parameters`
   */
  readonly parameters?: LocalObjectReference;
}

/** What is known of a waypoint that is in the cluster already. */
export interface FromWaypointNameOptions {
  /** The namespace of the waypoint. */
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
   * @default - not known: every one is taken for admitted
   */
  readonly admits?: RouteNamespaces;

  /**
   * The service account of its pods.
   *
   * @default - the name of the waypoint
   */
  readonly serviceAccount?: string;

  /**
   * Whether it refuses what no policy allows.
   *
   * @default false
   */
  readonly closed?: boolean;
}

/** The port on which waypoints take what ztunnels and other waypoints send. */
const HBONE_PORT = 15008;

/**
 * The proxy that reads the HTTP of an ambient mesh, for namespaces, Services, workloads or service accounts, of its own namespace and of others.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export class Waypoint extends WaypointBase {
  /** A waypoint that is in the cluster already: it admits whom it admits, and what uses it is marked here. */
  public static fromWaypointName(scope: Construct, id: string, name: string, options: FromWaypointNameOptions): IWaypoint {
    return new ImportedWaypoint(scope, id, name, options);
  }

  /** The Gateway of which istiod makes it. */
  public readonly gateway: Gateway;

  private readonly guests: string[] = [];

  /**
   * @throws when the mesh is not an ambient one of Istio, a name breaks DNS rules, labels say how it joins the mesh, or numbers of pods do not fit together
   */
  constructor(scope: Construct, id: string, props: WaypointProps) {
    super(scope, id, { name: 'waypoint', ...props });
    const { namespace, admits, revision, serviceAccount, labels, annotations } = props;
    const taken = Object.keys(labels ?? {}).find(key => ENROLMENT_LABELS.includes(key));
    if (taken !== undefined) {
      throw new Error(`labels of waypoint '${this.name}' must leave '${taken}' alone, got '${labels![taken]}': the mesh says how it joins`);
    }
    const { minReplicas = 1, maxReplicas = Math.max(5, minReplicas) } = props;
    checkProxyOptions(this.name, props, minReplicas, maxReplicas);
    const parameters = istioGatewayParameters(this, { name: this.name, namespace }, props, undefined, undefined, 'waypoint');
    const rev = revision ?? namespace.mesh._istio?.revision;
    namespace.mesh._members.provisioned.push({
      namespace: namespace.name, gateway: this.name, deployment: this.name, revision: rev, pinned: revision !== undefined,
    });
    const enrolment: { [key: string]: string } = rev === undefined ? {} : { [IstioLabel.REV]: rev };
    this.gateway = new Gateway(this, 'Gateway', {
      metadata: {
        name: this.name,
        namespace: this.namespace,
        labels: { ...patternLabels('waypoint', this.name), [IstioLabel.WAYPOINT_FOR]: this.traffic, ...enrolment },
        annotations: serviceAccount === undefined ? undefined : { [IstioGatewayAnnotation.SERVICE_ACCOUNT]: serviceAccount },
      },
      gatewayClass: GatewayClass.ISTIO_WAYPOINT,
      infrastructure: (labels ?? annotations ?? parameters) && {
        // Once anything is said here, the Gateway's own labels are no longer copied.
        labels: { ...labels, ...enrolment },
        annotations,
        parameters,
      },
      listeners: [Listener.custom('HBONE', {
        name: 'mesh', port: HBONE_PORT, routes: admits ?? RouteNamespaces._growing(props.namespace.name, this.guests),
      })],
    });
    namespace._policies.whenClosed(() => this.close());
  }

  /** The one listener. */
  public get listeners(): Listener[] | undefined {
    return this.gateway.listeners;
  }

  /** @internal */
  protected _welcome(namespace: string): void {
    if (namespace !== this.namespace && !this.guests.includes(namespace)) {
      this.guests.push(namespace);
    }
  }
}

class ImportedWaypoint extends WaypointBase {
  public readonly listeners = undefined;

  constructor(scope: Construct, id: string, name: string, options: FromWaypointNameOptions) {
    super(scope, id, { name, ...options });
  }

  protected _welcome(): void {
    // Whom it admits is not known here.
  }
}
