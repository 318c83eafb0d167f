import { ApiObjectMetadataDefinition } from 'cdk8s';
import { Service, Workload } from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import { IWaypoint, WaypointServeOptions, WaypointTraffic } from './waypoint-reference';
import { WaypointBefore, WaypointUse } from './waypoint-use';
import { Istio } from '../../istio/istio';
import { ServiceEntry, ServiceEntryLocation } from '../../istio/service-entry';
import { ServiceEntryResolution } from '../../istio/service-entry-resolution';
import { UseWaypoint } from '../../istio/use-waypoint';
import { IstioLabel } from '../../semantics/keys';
import { IMeshClient, IMeshNamespace } from '../mesh-client';

/** What a label is written on. */
interface Consumer {
  /** By kind and name, for messages. */
  readonly what: string;
  readonly metadata: ApiObjectMetadataDefinition;
  /** Where it is, when that is not in its own metadata. */
  readonly namespace?: string;
}

const FOR_SERVICES = [WaypointTraffic.SERVICE, WaypointTraffic.ALL];
const FOR_WORKLOADS = [WaypointTraffic.WORKLOAD, WaypointTraffic.ALL];

/** Puts labels on what uses a waypoint: on exactly the objects whose labels istiod reads. */
export class WaypointConsumers {
  constructor(private readonly scope: IConstruct, private readonly waypoint: IWaypoint) {}

  public namespace(namespace: IMeshNamespace, options: WaypointServeOptions): void {
    const { name, mesh } = namespace;
    if (mesh !== this.waypoint.clientNamespace.mesh) {
      throw new Error(`namespace '${name}' of waypoint '${this.waypoint.name}' is in another mesh: pass a namespace of the same one`);
    }
    this.requireTraffic([...FOR_SERVICES, ...FOR_WORKLOADS], `namespace '${name}'`, 'SERVICE, WORKLOAD or ALL');
    this.waypoint._admit(name);
    const { labels, annotations } = this.marks(options, name);
    WaypointUse.of(mesh, name).set(this.before(options));
    namespace._mark(`waypoint '${this.waypoint.name}'`, labels, annotations);
  }

  public service(service: Service, options: WaypointServeOptions): void {
    if (service.name === this.waypoint.name && service.metadata.namespace === this.waypoint.namespace) {
      throw new Error(`Service '${service.name}' has the name of its waypoint, for which istiod would then make no Service: give the waypoint another name`);
    }
    this.serve({ what: `Service '${service.name}'`, metadata: service.metadata }, FOR_SERVICES, 'SERVICE or ALL', options);
    this.useIn(service.metadata.namespace)?.setOwn(service, this.before(options));
  }

  public serviceEntry(entry: ServiceEntry, options: WaypointServeOptions): void {
    const { resolution, location } = entry._toKube();
    if (resolution === ServiceEntryResolution.DYNAMIC_DNS && location === ServiceEntryLocation.MESH_INTERNAL) {
      throw new Error(`a ServiceEntry with resolution ${resolution} that uses waypoint '${this.waypoint.name}' must have location MESH_EXTERNAL, got ${location}`);
    }
    this.serve({ what: `ServiceEntry '${entry.name}'`, metadata: entry.metadata }, FOR_SERVICES, 'SERVICE or ALL', options);
  }

  public workload(workload: Workload): void {
    this.serve(pods(workload), FOR_WORKLOADS, 'WORKLOAD or ALL', {});
    this.useIn(workload.metadata.namespace)?.setOwn(workload, this.before({}));
  }

  public serviceAccount({ clientNamespace, clientServiceAccount }: IMeshClient): void {
    if (clientServiceAccount === undefined) {
      throw new Error(`waypoint '${this.waypoint.name}' serves a service account, got all of namespace '${clientNamespace.name}': use serve`);
    }
    clientNamespace._policies.eachWorkload(workload => {
      if (workload.serviceAccount?.name === clientServiceAccount) {
        this.workload(workload);
      }
    });
  }

  public except(consumer: Service | ServiceEntry | Workload): void {
    const { what, metadata } = consumer instanceof Workload ? pods(consumer) : { what: `${consumer.kind} '${consumer.name}'`, metadata: consumer.metadata };
    this.write(what, metadata, UseWaypoint.NONE._labels(Istio.of(this.scope), metadata.namespace), {});
    if (!(consumer instanceof ServiceEntry)) {
      this.useIn(consumer.metadata.namespace)?.setOwn(consumer);
    }
  }

  private before({ canary, ingress }: WaypointServeOptions): WaypointBefore {
    return { waypoint: this.waypoint, canary, ingress };
  }

  private useIn(namespace: string | undefined): WaypointUse | undefined {
    return namespace === undefined ? undefined : WaypointUse.of(this.waypoint.clientNamespace.mesh, namespace);
  }

  private serve(consumer: Consumer, takes: WaypointTraffic[], remedy: string, options: WaypointServeOptions): void {
    const { what, metadata, namespace = metadata.namespace } = consumer;
    if (namespace === undefined) {
      throw new Error(`${what} of waypoint '${this.waypoint.name}' needs a namespace, by which it is admitted: set metadata.namespace`);
    }
    this.requireTraffic(takes, what, remedy);
    this.waypoint._admit(namespace);
    const { labels, annotations } = this.marks(options, namespace);
    this.write(what, metadata, labels, annotations);
  }

  private marks({ canary, canaryWeight, ingress }: WaypointServeOptions, namespace: string) {
    if (canary !== undefined) {
      canary._admit(namespace);
      if (!FOR_SERVICES.includes(canary.traffic)) {
        throw new Error(`canary '${canary.name}' of waypoint '${this.waypoint.name}' must take traffic of Services, got ${canary.traffic}: ` +
          'pass traffic SERVICE or ALL');
      }
    }
    const use = UseWaypoint.gateway(this.waypoint, { canary, canaryWeight });
    return {
      labels: {
        ...use._labels(Istio.of(this.scope), namespace),
        ...ingress !== undefined && { [IstioLabel.INGRESS_USE_WAYPOINT]: String(ingress) },
      },
      annotations: use._annotations(),
    };
  }

  private write(
    what: string, metadata: ApiObjectMetadataDefinition, labels: { [key: string]: string }, annotations: { [key: string]: string },
  ): void {
    const [before, asked] = [metadata.getLabel(IstioLabel.USE_WAYPOINT), labels[IstioLabel.USE_WAYPOINT]];
    if (before !== undefined) {
      throw new Error(`${what} says already that it uses ${before === 'none' ? 'no waypoint' : `waypoint '${before}'`}, got ${
        asked === 'none' ? 'none' : `'${asked}'`}: say it once`);
    }
    Object.entries(labels).forEach(([key, value]) => metadata.addLabel(key, value));
    Object.entries(annotations).forEach(([key, value]) => metadata.addAnnotation(key, value));
  }

  private requireTraffic(takes: WaypointTraffic[], what: string, remedy: string): void {
    const { name, traffic } = this.waypoint;
    if (!takes.includes(traffic)) {
      throw new Error(`waypoint '${name}' takes traffic '${traffic}' and would not stand before ${what}: pass traffic ${remedy}`);
    }
  }
}

function pods(workload: Workload): Consumer {
  return { what: `workload '${workload.name}'`, metadata: workload.podMetadata, namespace: workload.metadata.namespace };
}
