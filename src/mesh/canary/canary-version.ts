import { ApiObject } from 'cdk8s';
import { Protocol, Service } from 'cdk8s-plus-28';
import { Backend, IBackend } from '../../gateway-api/backend';
import { servicePort } from '../../gateway-api/service-port';
import { IstioHost } from '../../istio/istio-host';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkPort } from '../../semantics/port';

/** A version of one Service, by labels of its pods. */
export interface CanarySubsetOptions {
  /** The name of the subset, a DNS label. */
  readonly name: string;

  /** The labels that the pods of this version have beside those that the Service selects by. */
  readonly labels: { [key: string]: string };

  /**
   * The port of the Service.
   *
   * @default - its only port
   */
  readonly port?: number;
}

/** A version that a Service of the cluster stands for. */
export interface CanaryServiceNameOptions {
  /** The port of the Service. */
  readonly port: number;

  /**
   * The port on which its pods listen.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
}

/** One of the versions between which a CanaryRoute divides requests. */
export class CanaryVersion {
  /**
   * A version with a Service of its own.
   *
   * @param service the Service
   * @param port the port of the Service; default: its only port
   * @throws when the Service has no such port, or several and none is given
   */
  public static service(service: Service, port?: number): CanaryVersion {
    const known = servicePort(service, 'TCP', port);
    return new CanaryVersion(service.name, known, targetOf(service, known), service);
  }

  /**
   * A version with a Service that is in the route's namespace already.
   *
   * @param name the name of the Service
   * @param options its ports
   * @throws when a port is none
   */
  public static serviceName(name: string, options: CanaryServiceNameOptions): CanaryVersion {
    return new CanaryVersion(name, checkPort(options.port), checkPort(options.targetPort ?? options.port));
  }

  /**
   * Some of the pods of a Service: Istio only.
   *
   * @param service the Service of all versions
   * @param options which of its pods
   * @throws when the Service has no such port, or several and none is given
   */
  public static subset(service: Service, options: CanarySubsetOptions): CanaryVersion {
    const known = servicePort(service, 'TCP', options.port);
    return new CanaryVersion(service.name, known, targetOf(service, known), service, options);
  }

  private constructor(
    private readonly nameOfService: string,
    /** The port of the Service. */
    public readonly port: number,
    /** The port of the pods. */
    public readonly targetPort: number,
    private readonly knownService?: Service,
    /** @internal */
    public readonly _subset?: CanarySubsetOptions,
  ) {}

  /**
   * The pods of the version's Service, when the Service is known and selects any.
   *
   * @internal
   */
  public _pods(): WorkloadSelector | undefined {
    const labels = this.knownService && ApiObject.of(this.knownService).toJson().spec.selector;
    return labels && Object.keys(labels).length > 0 ? WorkloadSelector.labels(labels) : undefined;
  }

  /**
   * How routes refer to it; those of another namespace say the one of its Service.
   *
   * @internal
   */
  public _backend(namespace?: string): IBackend {
    return this.knownService && namespace === undefined ? Backend.service(this.knownService, { port: this.port }) :
      Backend.serviceName(this.nameOfService, { port: this.port, namespace });
  }

  /**
   * The name of its Service.
   *
   * @internal
   */
  public get _serviceName(): string {
    return this.nameOfService;
  }

  /**
   * Its Service, where that is of this app.
   *
   * @internal
   */
  public get _service(): Service | undefined {
    return this.knownService;
  }

  /** @internal */
  public _host(namespace: string): IstioHost {
    return this.knownService ? IstioHost.service(this.knownService) : IstioHost.serviceName(this.nameOfService, namespace);
  }
}

/** The port of the pods behind a port of their Service. */
function targetOf(service: Service, port: number): number {
  return service.ports.find(p => p.port === port && p.protocol !== Protocol.UDP)?.targetPort ?? port;
}
