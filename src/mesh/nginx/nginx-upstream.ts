import { ApiObject } from 'cdk8s';
import { Protocol, Service } from 'cdk8s-plus-28';
import { servicePort } from '../../gateway-api/service-port';
import { WorkloadSelector } from '../../istio/workload-selector';
import { checkDnsLabel, serviceHost } from '../../semantics/names';
import { checkPort } from '../../semantics/port';
import { IMeshNamespace } from '../mesh-client';

/** The ports of a Service that is only named. */
export interface NginxServiceNameOptions {
  /** The port of the Service. */
  readonly port: number;

  /**
   * The port on which its pods listen.
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;
}

/** What begins the names of ports on which plain HTTP/1.1 is not understood, and why. */
const NOT_HTTP: { readonly [protocol: string]: string } = {
  'grpc': 'it has no gRPC on the way to a Service; use GatewayForm.selfManaged() for gRPC',
  'grpc-web': 'it has no gRPC on the way to a Service; use GatewayForm.selfManaged() for gRPC',
  'https': 'the mesh encrypts what it sends; use the port for plain HTTP',
  'tls': 'the mesh encrypts what it sends; use the port for plain HTTP',
  'udp': 'it speaks HTTP; use the port for HTTP',
};

/** A Service to which an nginx sends requests, by its name: so the mesh knows which Service is meant. */
export class NginxUpstream {
  /**
   * A Service of this app.
   *
   * @param namespace the namespace of the Service
   * @param service the Service
   * @param port the port of the Service; default: its only one
   * @throws when the Service is in another namespace, is of type ExternalName, has no such port, or the name of the port says that it is not for HTTP
   */
  public static service(namespace: IMeshNamespace, service: Service, port?: number): NginxUpstream {
    if (service.metadata.namespace !== namespace.name) {
      throw new Error(`service '${service.name}' is in namespace '${service.metadata.namespace ?? 'default'}', got namespace '${namespace.name}': ` +
        'set metadata.namespace of the Service');
    }
    const { spec } = ApiObject.of(service).toJson();
    if (spec.externalName !== undefined) {
      throw new Error(`service '${service.name}' stands for '${spec.externalName}' outside of the mesh: use a Service with pods, and an EgressGateway on its way out`);
    }
    const known = servicePort(service, 'TCP', port, 'nginx');
    const { name = '', targetPort = known } = service.ports.find(each => each.port === known && each.protocol !== Protocol.UDP)!;
    const why = NOT_HTTP[name.toLowerCase().startsWith('grpc-web') ? 'grpc-web' : name.toLowerCase().split('-')[0]];
    if (why !== undefined) {
      throw new Error(`nginx sends plain HTTP/1.1, which port ${known} of service '${service.name}' does not take by its name '${name}': ${why}`);
    }
    return new NginxUpstream(namespace, service.name, known, targetPort, spec.selector, service);
  }

  /**
   * A Service that is in the cluster already.
   *
   * @param namespace the namespace of the Service
   * @param name its name
   * @param options its ports
   * @throws when the name is no DNS label, or a port is none
   */
  public static serviceName(namespace: IMeshNamespace, name: string, options: NginxServiceNameOptions): NginxUpstream {
    const port = checkPort(options.port, `port of service '${name}'`);
    return new NginxUpstream(namespace, checkDnsLabel(name, 'name of the Service'), port, checkPort(options.targetPort ?? port, `targetPort of service '${name}'`));
  }

  private constructor(
    /** The namespace of the Service. */
    public readonly namespace: IMeshNamespace,
    /** The name of the Service. */
    public readonly name: string,
    /** The port of the Service. */
    public readonly port: number,
    /** The port of its pods. */
    public readonly targetPort: number,
    private readonly selector?: { [key: string]: string },
    private readonly service?: Service,
  ) {}

  /** The name of the Service in the DNS of the cluster; nginx knows no search path. */
  public get host(): string {
    return serviceHost(this.name, this.namespace.name);
  }

  /**
   * The Service, when it is of this app.
   *
   * @internal
   */
  public _services(): Service[] | undefined {
    return this.service && [this.service];
  }

  /**
   * The pods behind the Service, when it is known whom it selects.
   *
   * @internal
   */
  public _pods(): WorkloadSelector | undefined {
    return this.selector && Object.keys(this.selector).length > 0 ? WorkloadSelector.labels(this.selector) : undefined;
  }
}
