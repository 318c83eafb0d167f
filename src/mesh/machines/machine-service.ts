import { ApiObjectMetadata } from 'cdk8s';
import { Protocol, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IstioHost } from '../../istio/istio-host';
import { IstioProtocol } from '../../istio/istio-protocol';
import { ServiceEntry, ServiceEntryLocation } from '../../istio/service-entry';
import { ServiceEntryResolution } from '../../istio/service-entry-resolution';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkPreciseHostname } from '../../semantics/hostname';
import { checkDnsLabel } from '../../semantics/names';

/** Options of the service by which clients reach what is no pod. */
export interface MachineServiceOptions {
  /**
   * The ports of the service by the names of the workloads' ports, where they differ.
   *
   * @default - the ports of the workloads
   */
  readonly ports?: { [name: string]: number };
}

/**
 * What a service of machines selects.
 *
 * @internal
 */
export interface MachineEndpoints {
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly ports: { [name: string]: number };
  metadata(name: string): ApiObjectMetadata;
}

/** What a service of machines is made as. */
interface MadeService {
  readonly host?: IstioHost;
  readonly service?: Service;
  readonly serviceEntry?: ServiceEntry;
}

/** How clients of the mesh reach workloads that are no pods. */
export class MachineService {
  /**
   * A Kubernetes Service, whose name every client of the cluster resolves.
   *
   * @param name its name; default: that of the workloads
   */
  public static kubernetes(name?: string, options: MachineServiceOptions = {}): MachineService {
    return new MachineService((scope, endpoints) => {
      const service = new Service(scope, 'Service', {
        metadata: endpoints.metadata(checkDnsLabel(name ?? endpoints.name, 'name of the Service')),
        ports: portsOf(endpoints, options).map(({ port, target, portName }) => ({
          name: portName, port, targetPort: target, protocol: Protocol.TCP,
        })),
      });
      Object.entries(endpoints.labels).forEach(([key, value]) => service.selectLabel(key, value));
      return { service, host: IstioHost.service(service) };
    });
  }

  /**
   * A host that is no name of Kubernetes, such as `billing.vm.example.com`. Proxies resolve it with DNS capture, which ambient has; Istio gives it an address.
   *
   * @param host the host
   */
  public static host(host: string, options: MachineServiceOptions = {}): MachineService {
    checkPreciseHostname(host, 'host of machines');
    return new MachineService((scope, endpoints) => ({
      host: IstioHost.of(host),
      serviceEntry: new ServiceEntry(scope, 'ServiceEntry', {
        metadata: endpoints.metadata(endpoints.name),
        hosts: [host],
        location: ServiceEntryLocation.MESH_INTERNAL,
        resolution: ServiceEntryResolution.STATIC,
        ports: portsOf(endpoints, options).map(({ port, target, portName }) => ({
          number: port, name: portName, protocol: protocolOf(portName), targetPort: target === port ? undefined : target,
        })),
        workloadSelector: WorkloadSelector.labels(endpoints.labels),
      }),
    }));
  }

  /** A Service or ServiceEntry that is there already, and selects the workloads by their labels: also pods, when a service moves. */
  public static existing(): MachineService {
    return new MachineService(() => ({}));
  }

  private constructor(
    /** @internal */
    public readonly _make: (scope: Construct, endpoints: MachineEndpoints) => MadeService,
  ) {}
}

function portsOf({ name, ports }: MachineEndpoints, options: MachineServiceOptions): { portName: string; port: number; target: number }[] {
  const unknown = Object.keys(options.ports ?? {}).find(portName => !(portName in ports));
  if (unknown !== undefined) {
    throw new Error(`ports of the service of '${name}' must be named like those of the workloads, ${Object.keys(ports).join(', ')}, got '${unknown}'`);
  }
  return Object.entries(ports).map(([portName, target]) => ({ portName, target, port: options.ports?.[portName] ?? target }));
}

/** As Istio reads it from the name of a Service's port. */
function protocolOf(portName: string): IstioProtocol {
  const names = Object.values(IstioProtocol) as string[];
  const upper = portName.toUpperCase();
  const found = names.filter(name => upper === name || upper.startsWith(`${name}-`)).sort((a, b) => b.length - a.length)[0];
  return (found ?? IstioProtocol.TCP) as IstioProtocol;
}
