import { Service } from 'cdk8s-plus-28';
import { checkRegistryHost } from './namespaced-host';
import { checkDnsLabel, serviceHost } from '../semantics/names';
import { checkPort } from '../semantics/port';

/**
 * A host as Istio's registry knows it: always fully qualified, because a short name means the namespace of whatever mentions it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule
 */
export class IstioHost {
  /** Every host that a Gateway serves; in the mesh, and as a destination, it is refused. */
  public static readonly ANY = new IstioHost('*');

  /**
   * A Service of this app.
   *
   * @param service the Service
   * @throws when its namespace is not known: set `metadata.namespace`, or the chart's namespace
   */
  public static service(service: Service): IstioHost {
    if (service.metadata.namespace === undefined) {
      throw new Error(`service '${service.name}' needs a namespace to have a host: set metadata.namespace, or the namespace of its chart`);
    }
    return new IstioHost(serviceHost(service.name, service.metadata.namespace), service);
  }

  /**
   * A Service that is in the cluster already.
   *
   * @param name the name of the Service
   * @param namespace its namespace
   * @throws when one of them is not a DNS label
   */
  public static serviceName(name: string, namespace: string): IstioHost {
    return new IstioHost(serviceHost(checkDnsLabel(name, 'name of the Service'), checkDnsLabel(namespace, 'namespace of the Service')));
  }

  /**
   * Any other host: an external name, or a wildcard such as `*.example.com`.
   *
   * @param host fully qualified
   * @throws when it is no DNS name, or has no dot
   */
  public static of(host: string): IstioHost {
    checkRegistryHost(host, 'host');
    if (!host.includes('.')) {
      throw new Error(`host must be fully qualified, got '${host}': use IstioHost.serviceName(name, namespace)`);
    }
    return new IstioHost(host);
  }

  /**
   * A host that proxies look up only when a request comes.
   *
   * @internal
   */
  public static _dynamic(host: string): IstioHost {
    return new IstioHost(IstioHost.of(host).host, undefined, true);
  }

  private constructor(
    /** The fully qualified name. */
    public readonly host: string,
    private readonly knownService?: Service,
    /** @internal */
    public readonly _isDynamic = false,
  ) {}

  /**
   * Refuses a port that the host is known not to have.
   *
   * @internal
   */
  public _checkPort(port: number): number {
    checkPort(port, `port of host '${this.host}'`);
    const ports = this.knownPorts();
    if (ports.length > 0 && !ports.includes(port)) {
      throw new Error(`host '${this.host}' has no port ${port}: it has ${ports.join(', ')}`);
    }
    return port;
  }

  /**
   * The port to write for this host: the one that is asked for, else its only one, else none when its ports are not known.
   *
   * @internal
   */
  public _portOrOnly(port?: number): number | undefined {
    if (port !== undefined) {
      return this._checkPort(port);
    }
    const ports = this.knownPorts();
    if (ports.length > 1) {
      throw new Error(`host '${this.host}' has several ports: ${ports.join(', ')}; pass port`);
    }
    return ports[0];
  }

  private knownPorts(): number[] {
    return this.knownService?.ports.map(({ port }) => port) ?? [];
  }
}
