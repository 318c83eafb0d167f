import { Service } from 'cdk8s-plus-28';
import { IstioHost } from './istio-host';
import { checkRegistryHost } from './namespaced-host';
import { IServiceEntry } from './service-entry-reference';
import { checkPreciseHostname } from '../semantics/hostname';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** How Istio names ports that speak HTTP/2. */
const GRPC = /^(grpc|http2)(-|$)/;

/**
 * Where a provider is reached: a host that Istio's registry knows, and a port of it.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export class ProviderService {
  /**
   * A Service of this app.
   *
   * @param service the Service
   * @param port one of its ports; may be left out when it has only one
   * @throws when its namespace is not known, or it has no such port
   */
  public static service(service: Service, port?: number): ProviderService {
    const host = IstioHost.service(service);
    const known = host._portOrOnly(port);
    if (known === undefined) {
      throw new Error(`service '${service.name}' has no ports yet: pass port`);
    }
    const own = service.ports.find(each => each.port === known);
    return new ProviderService(host.host, known, own && { service: service.name, name: own.name });
  }

  /**
   * A Service that is in the cluster already.
   *
   * @param name its name
   * @param namespace its namespace
   * @param port one of its ports
   * @throws when the name or namespace is not a DNS label, or the port is out of range
   */
  public static serviceName(name: string, namespace: string, port: number): ProviderService {
    return new ProviderService(IstioHost.serviceName(name, namespace).host, checkPort(port, 'port of a provider'));
  }

  /**
   * A host of a ServiceEntry, looked up in the namespace of the ServiceEntry when that is known.
   *
   * @param entry the ServiceEntry
   * @param port one of its ports
   * @param host which of its hosts; may be left out when it has only one
   * @throws when the ServiceEntry has no such host, or its only host is not known
   */
  public static serviceEntry(entry: IServiceEntry, port: number, host?: string): ProviderService {
    const chosen = host ?? (entry.hosts?.length === 1 ? entry.hosts[0] : undefined);
    if (chosen === undefined) {
      throw new Error(`ServiceEntry '${entry.name}' is not known to have a single host, it has ${entry.hosts?.join(', ') || 'unknown ones'}: pass host`);
    }
    if (entry.hosts && !entry.hosts.includes(chosen)) {
      throw new Error(`ServiceEntry '${entry.name}' has no host '${chosen}': it has ${entry.hosts.join(', ')}`);
    }
    return ProviderService.host(chosen, port, entry.namespace);
  }

  /**
   * Any host that the registry knows.
   *
   * @param host a fully qualified name, without wildcard
   * @param port its port
   * @param namespace where it is looked up, which matters when several namespaces have it
   * @throws when the host is not fully qualified, or the port is out of range
   */
  public static host(host: string, port: number, namespace?: string): ProviderService {
    checkPreciseHostname(host, 'host of a provider');
    checkRegistryHost(host, 'host of a provider');
    if (!host.includes('.')) {
      throw new Error(`host of a provider must be fully qualified, got '${host}': use ProviderService.serviceName(name, namespace, port)`);
    }
    const prefix = namespace === undefined ? '' : `${checkDnsLabel(namespace, 'namespace of a provider')}/`;
    return new ProviderService(`${prefix}${host}`, checkPort(port, 'port of a provider'));
  }

  private constructor(
    /** The host, with its namespace where that is said: `auth.shop.svc.cluster.local`, `shop/auth.example.com`. */
    public readonly address: string,
    /** The port. */
    public readonly port: number,
    private readonly own?: { readonly service: string; readonly name?: string },
  ) {}

  /**
   * Refuses a port of this app of which proxies do not know that it speaks gRPC: they would ask in HTTP/1.1, in which nobody answers.
   *
   * @internal
   */
  public _requireGrpc(what: string): void {
    if (this.own !== undefined && !GRPC.test(this.own.name ?? '')) {
      throw new Error(`port ${this.port} of service '${this.own.service}' must be named 'grpc' for ${what}, got ${this.own.name ? `'${this.own.name}'` : 'no name'}: ` +
        'proxies know by the name that it speaks gRPC');
    }
  }

  /** @internal */
  public _toKube(): { service: string; port: number } {
    return { service: this.address, port: this.port };
  }
}
