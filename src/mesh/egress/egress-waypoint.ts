import { Construct } from 'constructs';
import { allow, requireReadable, serviceRules } from './egress-authorization';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule, isRestricted } from './egress-body';
import { addDirectEntry, addDirectOrigination } from './egress-entry';
import { ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { PolicyTarget } from '../../istio/policy-target';
import { GatewayPodLabel } from '../../semantics/keys';
import { MeshNamespace } from '../mesh-namespace';
import { Waypoint } from '../waypoint/waypoint';
import { IWaypoint } from '../waypoint/waypoint-reference';

/** The port to which proxies of nodes send what is for a waypoint. */
const HBONE_PORT = 15008;

/** A waypoint before hosts outside. */
export class WaypointEgress implements EgressBody {
  public readonly identity = EgressIdentity.ALWAYS;
  public readonly waypoint: IWaypoint;
  public readonly podLabels: { [key: string]: string };
  public readonly entrance = HBONE_PORT;

  private readonly marked: boolean;
  private readonly entries = new Map<ExternalService, PolicyTarget>();

  constructor(scope: Construct, private readonly props: EgressBodyProps, waypoint?: IWaypoint) {
    const { name, namespace } = props;
    if (waypoint !== undefined && waypoint.namespace !== namespace.name) {
      throw new Error(`waypoint '${waypoint.name}' of egress gateway '${name}' must be in its namespace '${namespace.name}', got '${waypoint.namespace}': ` +
        'policies, and certificates of the mesh for hosts outside, are read there');
    }
    this.waypoint = waypoint ?? new Waypoint(scope, 'Waypoint', { namespace, name });
    this.podLabels = { [GatewayPodLabel.GATEWAY_NAME]: this.waypoint.name };
    // A namespace that others make may be without the label: then each host says it.
    this.marked = namespace instanceof MeshNamespace;
    if (this.marked) {
      this.waypoint.serve(namespace);
    }
  }

  public check(service: ExternalService, rule: EgressRule): void {
    const { hostname, ports, _isWildcard } = service;
    requireReadable(service, rule);
    const tunnelled = ports.find(({ proxy }) => proxy !== undefined);
    if (tunnelled !== undefined) {
      throw new Error(`external host '${hostname}' cannot be reached through forward proxy '${tunnelled.proxy!.hostname}' by a waypoint, ` +
        'of which only a VirtualService asks a tunnel: use a mesh with sidecars');
    }
    const sealed = ports.find(({ protocol }) => protocol !== ExternalProtocol.HTTP);
    if (_isWildcard && sealed !== undefined) {
      throw new Error(`external host '${hostname}' must be one host with ${sealed.protocol}, because waypoints look up what requests name for plain HTTP only: ` +
        'name the hosts one by one');
    }
    ports.forEach(({ originatedTls }) => originatedTls?._checkSecret(this.props.namespace.name));
  }

  public open({ scope, service }: AllowedService): void {
    const { metadata } = this.props;
    const entry = addDirectEntry(scope, service, { metadata });
    if (!this.marked) {
      this.waypoint.serveServiceEntry(entry);
    }
    addDirectOrigination(scope, service, { metadata });
    this.entries.set(service, PolicyTarget.serviceEntry(entry));
  }

  /** A policy for a ServiceEntry refuses nothing of others. */
  public authorize(allowed: readonly AllowedService[], closed: boolean): void {
    allowed.filter(one => closed || isRestricted(one))
      .forEach(one => allow(one, { metadata: this.props.metadata, targets: [this.entries.get(one.service)!] }, rule => serviceRules(rule)));
  }
}
