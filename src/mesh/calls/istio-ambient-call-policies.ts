import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { AllowedCall, CalledPods, CallPolicies } from './call-policies';
import { httpRule, policyMetadata } from './istio-call-policies';
import { AuthorizationAction } from '../../istio/authorization-action';
import { AuthorizationPolicy } from '../../istio/authorization-policy';
import { IMeshClient } from '../mesh-client';
import { sourceOf } from '../source';
import { IWaypoint, WaypointTraffic } from '../waypoint/waypoint-reference';
import { WaypointBefore, WaypointUse } from '../waypoint/waypoint-use';

/** Waypoints that would forward what is sent to a pod itself, for which no policy of a Service holds. */
const FOR_PODS = [WaypointTraffic.WORKLOAD, WaypointTraffic.ALL];

/**
 * Policies of which each proxy on the way enforces its part. The proxy of the node knows the connection only, and of a connection that a waypoint forwards it sees the
 * waypoint: it admits that one, and the waypoint says who may call the Service. A client that sends past the waypoint is admitted by the node itself.
 */
export class AmbientCallPolicies implements CallPolicies {
  private readonly admitted = new Set<string>();
  private policy?: AuthorizationPolicy;

  constructor(private readonly scope: Construct, private readonly pods: CalledPods) {}

  public allow(call: AllowedCall): void {
    const ways = this.ways(call);
    if (ways.length === 0) {
      this.refuseHttp(call);
      this.admit(call.client, call.ports);
      return;
    }
    const { client, methods, paths, hosts, routedHosts } = call;
    const ports = ways.map(({ service }) => portsOf(service, call.ports));
    if (ports.every(each => each?.length === 0)) {
      throw new Error(`ports ${call.ports!.join(', ')} of '${this.pods.name}' are no target ports of its Services ${ways.map(({ service }) => service.name).join(', ')}, ` +
        `by which waypoint '${ways[0].before.waypoint.name}' is asked: add them to a Service, or pass pastWaypoint: true`);
    }
    ways.forEach(({ service, before }, i) => {
      if (ports[i]?.length !== 0) {
        const rule = httpRule({ client, methods, paths, hosts, routedHosts, ports: ports[i] });
        if (!this.pods.isCopy) {
          this.pods.namespace._policies.atWaypoint(service).addRule(rule);
        }
        [before.waypoint, before.canary].forEach(waypoint => waypoint && this.admit(waypoint, call.ports));
      }
    });
  }

  /** The Services by which the call comes through a waypoint. */
  private ways({ client, pastWaypoint }: AllowedCall): { service: Service; before: WaypointBefore }[] {
    const { name, namespace, services, workload } = this.pods;
    const use = WaypointUse.of(namespace.mesh, namespace.name);
    const atPods = use.beforePods(workload, `'${name}'`)?.waypoint;
    if (atPods !== undefined && FOR_PODS.includes(atPods.traffic) && !atPods._closed) {
      throw new Error(`waypoint '${atPods.name}' takes what is sent to pods of '${name}' themselves, where it asks no policy of a Service: ` +
        'close it before, with close(), or let it take traffic of Services only');
    }
    if (pastWaypoint) {
      return [];
    }
    if (services === undefined) {
      if (atPods !== undefined && !client._entersPastWaypoints) {
        throw new Error(`'${name}' is behind waypoint '${atPods.name}', which tells calls by their Service: pass its services to the MeshWorkload, [] when it has none`);
      }
      return [];
    }
    return services.flatMap(service => {
      const before = use.before(service, `'${name}'`);
      return before === undefined || (client._entersPastWaypoints && !before.ingress) ? [] : { service, before };
    });
  }

  private refuseHttp({ client, methods, paths, hosts }: AllowedCall): void {
    const [attribute] = Object.entries({ methods, paths, hosts }).flatMap(([key, value]) => value === undefined ? [] : key);
    if (attribute !== undefined) {
      throw new Error(`${attribute} of a call to '${this.pods.name}' are HTTP, which only a waypoint reads in an ambient mesh, and none is on the way: ` +
        `${client._entersPastWaypoints ? 'let the waypoint serve with ingress: true' : 'let one serve its Services before, and pass them to the MeshWorkload'}; ` +
        'or allow ports only');
    }
  }

  /** What the proxy of the node lets through: once, however many calls come this way. */
  private admit(client: IMeshClient | IWaypoint, ports: number[] | undefined): void {
    const rule = { sources: [sourceOf(client)], operations: ports && [{ ports }] };
    const key = JSON.stringify([client.clientNamespace.mesh.trustDomain, client.clientNamespace.name, client.clientServiceAccount, ports]);
    if (!this.admitted.has(key)) {
      this.admitted.add(key);
      this.policy ??= new AuthorizationPolicy(this.scope, 'AuthorizationPolicy', {
        metadata: policyMetadata(this.pods), action: AuthorizationAction.ALLOW, selector: this.pods.selector,
      });
      this.policy.addRule(rule);
    }
  }
}

/** The ports of a Service that lead to ports of its pods: a waypoint knows calls by those. */
function portsOf({ ports }: Service, targets: number[] | undefined): number[] | undefined {
  return targets && ports.filter(({ port, targetPort = port }) => targets.includes(targetPort)).map(({ port }) => port);
}
