import { Construct } from 'constructs';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule, isRestricted } from './egress-body';
import { addDirectEntry, addDirectOrigination, addTunnel } from './egress-entry';
import { requireNamespaces } from './egress-namespaces';
import { requireTellable } from './egress-tcp';
import { ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { Destination } from '../../istio/destination';
import { IstioHost } from '../../istio/istio-host';
import { VirtualService } from '../../istio/virtual-service';
import { hostSlug } from '../../semantics/names';
import { IMeshNamespace } from '../mesh-client';

/** Hosts that sidecars know, and reach by themselves. */
export class EgressWithoutGateway implements EgressBody {
  public readonly identity = EgressIdentity.NAMESPACE;

  /** The namespaces that see each service; `undefined` for all. */
  private readonly exported = new Map<ExternalService, string[] | undefined>();

  constructor(_scope: Construct, private readonly props: EgressBodyProps) {}

  public check(service: ExternalService, rule: EgressRule): void {
    const { hostname, ports } = service;
    requireNamespaces(service, rule, 'a sidecar that goes out by itself asks nobody');
    if ((rule.methods ?? rule.paths) !== undefined) {
      throw new Error(`methods and paths of external host '${hostname}' need a gateway, which reads requests on their way out: use EgressForm.selfManaged or provisioned`);
    }
    const readable = ports.find(({ _isReadable }) => _isReadable);
    if (service._isWildcard && readable !== undefined) {
      throw new Error(`external host '${hostname}' must be one host with ${readable.protocol} on port ${readable.port}, because sidecars look up what requests name only where ` +
        'no other service has that port: name the hosts one by one, let applications begin TLS with ExternalService.tls, or use an ambient mesh');
    }
    if (service.addresses === undefined) {
      requireTellable(service, this.props.namespace.mesh);
    }
    const secret = ports.find(({ originatedTls }) => originatedTls?.secretName !== undefined)?.originatedTls?.secretName;
    if (secret !== undefined) {
      throw new Error(`Secret '${secret}' for external host '${hostname}' cannot be read by the sidecars of its clients: use a gateway, which reads those of its namespace`);
    }
  }

  public open({ scope, service, rules }: AllowedService): void {
    const { metadata } = this.props;
    const exportTo = this.exportTo(rules);
    addDirectEntry(scope, service, { metadata, exportTo });
    addDirectOrigination(scope, service, { metadata, exportTo });
    service.hostnames.forEach((host, index) => this.tunnel(scope, host, service, index, exportTo));
    this.exported.set(service, exportTo);
  }

  public admit({ service }: AllowedService, { clients = [] }: EgressRule): void {
    clients.forEach(({ clientNamespace }) => add(this.exported.get(service), clientNamespace.name));
  }

  public welcome({ name }: IMeshNamespace, allowed: readonly AllowedService[]): void {
    allowed.filter(one => !isRestricted(one)).forEach(({ service }) => add(this.exported.get(service), name));
  }

  public authorize(): void {
    // Who may call is said by whom a host is exported to.
  }

  /** Grows with the clients. */
  private exportTo(rules: readonly EgressRule[]): string[] | undefined {
    const listed = rules.flatMap(({ clients = [] }) => clients.map(({ clientNamespace }) => clientNamespace.name));
    if (listed.length > 0) {
      return [...new Set(listed)];
    }
    return this.props.clientsKnown ? this.props.clientNamespaces.map(({ name }) => name) : undefined;
  }

  private tunnel(scope: Construct, host: string, service: ExternalService, index: number, exportTo: string[] | undefined): void {
    const tunnelled = service.ports.filter(({ proxy }) => proxy !== undefined);
    if (tunnelled.length === 0) {
      return;
    }
    const own = index === 0 ? scope : new Construct(scope, host);
    const routes = new VirtualService(own, 'VirtualService', {
      metadata: this.props.metadata(index === 0 ? service.slug : hostSlug(host)), hosts: [IstioHost.of(host)], exportTo,
    });
    for (const port of tunnelled) {
      const proxy = addTunnel(own, host, port, { metadata: this.props.metadata, exportTo });
      const destinations = [{ destination: Destination.host(proxy, { port: port.proxy!.port }) }];
      if (port.protocol === ExternalProtocol.TLS) {
        routes.addTlsRoute({ matches: [{ port: port.port, sniHosts: [host] }], destinations });
      } else {
        routes.addTcpRoute({ matches: [{ port: port.port }], destinations });
      }
    }
  }
}

function add(namespaces: string[] | undefined, name: string): void {
  if (namespaces !== undefined && !namespaces.includes(name)) {
    namespaces.push(name);
  }
}
