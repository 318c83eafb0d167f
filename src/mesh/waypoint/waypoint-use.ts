import { Service, Workload } from 'cdk8s-plus-28';
import type { IWaypoint } from './waypoint-reference';
import type { Mesh } from '../mesh';

/** A waypoint that stands before something, as its labels say. */
export interface WaypointBefore {
  readonly waypoint: IWaypoint;
  /** A second one that takes a share. */
  readonly canary?: IWaypoint;
  /** Whether ingress gateways send to it. */
  readonly ingress?: boolean;
}

/** No waypoint, whatever the namespace says. */
const NONE = 'none';

/** Which waypoints stand before what of a namespace, as far as this app says it. */
export class WaypointUse {
  /** That of a namespace, whichever object of this app stands for it. */
  public static of(mesh: Mesh, namespace: string): WaypointUse {
    const known = this.known.get(mesh) ?? new Map<string, WaypointUse>();
    this.known.set(mesh, known);
    const use = known.get(namespace) ?? new WaypointUse(namespace);
    known.set(namespace, use);
    return use;
  }

  private static readonly known = new WeakMap<Mesh, Map<string, WaypointUse>>();

  private ofNamespace?: WaypointBefore;
  private readonly own = new Map<Service | Workload, WaypointBefore | typeof NONE>();
  /** Who was told which waypoint it has: an answer that changed later would leave policies behind that let requests past it. */
  private readonly told: { readonly by: string; readonly services: readonly Service[] }[] = [];

  private constructor(private readonly namespace: string) {}

  public set(before: WaypointBefore): void {
    if (this.told.length > 0) {
      throw this.late(before.waypoint.name, this.told[0].by, `namespace '${this.namespace}'`);
    }
    this.ofNamespace = before;
  }

  public setOwn(consumer: Service | Workload, before?: WaypointBefore): void {
    const early = this.told.find(({ services }) => services.some(service => service === consumer));
    if (early !== undefined) {
      throw this.late(before?.waypoint.name, early.by, `Service '${consumer.name}'`);
    }
    this.own.set(consumer, before ?? NONE);
  }

  /**
   * The waypoint before a Service.
   *
   * @param by who asks, for the message to one who changes the answer later
   */
  public before(service: Service, by: string): WaypointBefore | undefined {
    this.told.push({ by, services: [service] });
    const own = this.own.get(service);
    return own === NONE ? undefined : withIngress(own, this.ofNamespace) ?? this.ofNamespace;
  }

  /** The waypoint before the pods of a workload, or before all that a namespace has. */
  public beforePods(workload: Workload | undefined, by: string): WaypointBefore | undefined {
    this.told.push({ by, services: [] });
    const own = workload && this.own.get(workload);
    return own === NONE ? undefined : own ?? this.ofNamespace;
  }

  private late(waypoint: string | undefined, by: string, where: string): Error {
    return new Error(`${waypoint === undefined ? 'no waypoint' : `waypoint '${waypoint}'`} before ${where} comes after calls to ${by} were allowed, which do not heed it: ` +
      'say it before the first allowFrom');
  }
}

/** What a Service says of ingress goes before what its namespace says. */
function withIngress(own: WaypointBefore | undefined, of: WaypointBefore | undefined): WaypointBefore | undefined {
  return own && { ...own, ingress: own.ingress ?? of?.ingress };
}
