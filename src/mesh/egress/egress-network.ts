import { Construct } from 'constructs';
import { requireReadable } from './egress-authorization';
import { AllowedService, EgressBody, EgressBodyProps, EgressIdentity, EgressRule } from './egress-body';
import { egressMatches } from './egress-matches';
import { requireNamespaces } from './egress-namespaces';
import { EgressNetworkOptions } from './egress-options';
import { ExternalPort, ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { HttpRoute } from '../../gateway-api/http-route';
import { TcpRoute } from '../../gateway-api/tcp-route';
import { TlsRoute } from '../../gateway-api/tls-route';
import { LinkerdBackend } from '../../linkerd/linkerd-backend';
import { LinkerdEgressNetwork, LinkerdTrafficPolicy } from '../../linkerd/linkerd-egress-network';
import { LinkerdRouteParent } from '../../linkerd/linkerd-route-parent';
import { checkDnsLabel } from '../../semantics/names';
import { IMeshNamespace } from '../mesh-client';

/** EgressNetworks that refuse what no route of theirs allows: one in the namespace of each client, or one for all. */
export class LinkerdEgress implements EgressBody {
  public readonly identity = EgressIdentity.NAMESPACE;

  private readonly globalNamespace: string;
  private readonly networks = new Map<string, LinkerdEgressNetwork>();

  constructor(private readonly scope: Construct, private readonly props: EgressBodyProps, { globalNamespace = 'linkerd-egress' }: EgressNetworkOptions) {
    this.globalNamespace = checkDnsLabel(globalNamespace, 'namespace of EgressNetworks for all');
  }

  public check(service: ExternalService, rule: EgressRule): void {
    const { hostname, ports, addresses } = service;
    requireNamespaces(service, rule, 'an EgressNetwork knows clients by namespace alone');
    requireReadable(service, rule);
    const originating = ports.find(({ _originates }) => _originates);
    if (originating !== undefined) {
      throw new Error(`TLS to external host '${hostname}' cannot be begun by Linkerd, whose proxies pass on what they are given: let applications begin it, with ExternalService.tls`);
    }
    const tunnelled = ports.find(({ proxy }) => proxy !== undefined);
    if (tunnelled !== undefined) {
      throw new Error(`external host '${hostname}' cannot be reached through forward proxy '${tunnelled.proxy!.hostname}' by Linkerd, whose proxies ask no tunnel: ` +
        'allow the forward proxy itself, with ExternalService.tcp, and let applications ask it');
    }
    if (addresses === undefined && ports.some(({ protocol }) => protocol === ExternalProtocol.TCP)) {
      throw new Error(`external host '${hostname}' of TCP needs addresses, because Linkerd sees no names in it: pass addresses`);
    }
    egressMatches(hostname, rule);
    if (rule.clients === undefined && !this.props.clientsKnown) {
      this.requireGlobal(hostname);
    }
  }

  public open(): void {
    // The way to a host is that of who may call it.
  }

  public admit({ scope, service, rules }: AllowedService, rule: EgressRule): void {
    const { clientNamespaces, clientsKnown, namespace } = this.props;
    const everybody = clientsKnown ? clientNamespaces : [namespace, ...clientNamespaces];
    const names = (rule.clients?.map(({ clientNamespace }) => clientNamespace) ?? everybody).map(({ name }) => name);
    [...new Set(names)].forEach(name => this.route(scope, service, name, rule, rules.indexOf(rule)));
  }

  /** From now on the namespace has an EgressNetwork of its own, which hides the one for all. */
  public welcome(namespace: IMeshNamespace, allowed: readonly AllowedService[]): void {
    this.network(namespace.name);
    for (const { scope, service, rules } of allowed) {
      rules.forEach((rule, index) => rule.clients === undefined && this.route(scope, service, namespace.name, rule, index));
    }
  }

  public authorize(): void {
    // Who may call is said by the namespace of the routes.
  }

  private requireGlobal(hostname: string): void {
    const { name, namespace } = this.props;
    if (namespace.name !== this.globalNamespace) {
      throw new Error(`external host '${hostname}' is for all clients, whose EgressNetwork must be in namespace '${this.globalNamespace}', got egress gateway '${name}' in '${
        namespace.name}': move it there, or name its clients or clientNamespaces`);
    }
  }

  private route(scope: Construct, service: ExternalService, namespace: string, rule: EgressRule, index: number): void {
    service.ports.forEach((port, n) => {
      const own = new Construct(scope, `${namespace}-${port.port}-${index}`);
      const suffix = `${n === 0 ? '' : `-${port.port}`}${index === 0 ? '' : `-${index}`}`;
      const network = port.protocol === ExternalProtocol.TCP ? this.addressNetwork(service, namespace) : this.network(namespace);
      this.routePort(own, { service, port, network, rule, name: `${service.slug}${suffix}`, namespace });
    });
  }

  private routePort(scope: Construct, { service, port, network, rule, name, namespace }: {
    service: ExternalService; port: ExternalPort; network: LinkerdEgressNetwork; rule: EgressRule; name: string; namespace: string;
  }): void {
    const common = { metadata: this.props.metadata(name, namespace), parents: [LinkerdRouteParent.egressNetwork(network, port.port)] };
    const backends = [{ backend: LinkerdBackend.egressNetwork(network) }];
    switch (port.protocol) {
      case ExternalProtocol.TLS:
        new TlsRoute(scope, 'TlsRoute', { ...common, hostnames: service.hostnames, backends });
        return;
      case ExternalProtocol.TCP:
        new TcpRoute(scope, 'TcpRoute', { ...common, backends });
        return;
      default:
        new HttpRoute(scope, 'HttpRoute', { ...common, hostnames: service.hostnames, rules: [{ matches: egressMatches(service.hostname, rule), backends }] });
    }
  }

  private network(namespace: string): LinkerdEgressNetwork {
    return this.make(namespace, this.props.name);
  }

  /** Of two networks that have an address, the smaller one holds for it. */
  private addressNetwork({ slug, addresses }: ExternalService, namespace: string): LinkerdEgressNetwork {
    return this.make(namespace, `${this.props.name}-${slug}`, addresses);
  }

  private make(namespace: string, name: string, addresses?: string[]): LinkerdEgressNetwork {
    const key = `${namespace}/${name}`;
    const made = this.networks.get(key) ?? new LinkerdEgressNetwork(this.scope, `EgressNetwork-${key.replace('/', '-')}`, {
      metadata: this.props.metadata(name, namespace),
      trafficPolicy: LinkerdTrafficPolicy.DENY,
      networks: addresses?.map(cidr => ({ cidr: withLength(cidr) })),
    });
    this.networks.set(key, made);
    return made;
  }
}

function withLength(address: string): string {
  return address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`;
}
