import { Construct } from 'constructs';
import { writeNginxConfig } from './nginx-config-text';
import { NginxEdge } from './nginx-edge';
import { NginxEdgePart } from './nginx-edge-part';
import { NginxKeptHosts } from './nginx-kept-hosts';
import { NginxLocation, nginxLocation } from './nginx-location';
import { NginxGatewayOptions } from './nginx-options';
import { NginxHostHeader, NginxRoute } from './nginx-route';
import { NginxSettings, nginxSettings } from './nginx-settings';
import { NginxWorkload, PUBLIC_PORTS } from './nginx-workload';
import { CaCertificate } from '../../gateway-api/ca-certificate';
import { Certificate } from '../../gateway-api/certificate';
import { MtlsMode, PeerAuthentication } from '../../istio/peer-authentication';
import { hostSlug } from '../../semantics/names';
import { EdgeGateway, GatewayEdgeEnforcement } from '../edge/gateway-edge-enforcement';
import { ClientAddress } from '../gateway/client-address';
import { GatewayBody, GatewayBodyProps } from '../gateway/gateway-body';
import { GatewayExposure } from '../gateway/gateway-exposure';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';
import { patternLabels } from '../pattern-labels';

interface NginxGatewayProps extends GatewayBodyProps {
  readonly options: NginxGatewayOptions;
}

interface ServedHost {
  readonly hostname: string;
  readonly host: string;
  readonly certificates: string[];
  readonly locations: NginxLocation[];
}

/** A gateway that is an nginx, with a proxy of the mesh on its way to Services. */
export class NginxGateway implements GatewayBody {
  public readonly serviceAccountName: string;
  public readonly nginx: NginxWorkload;

  private readonly settings: NginxSettings;
  private readonly edge: NginxEdgePart[] = [];
  private readonly servers = new Map<string, ServedHost>();
  private readonly keptHosts: NginxKeptHosts;
  private readonly allowed = new Set<string>();

  constructor(scope: Construct, private readonly props: NginxGatewayProps) {
    const { name, namespace, options, tls, clientAddress, exposures = [GatewayExposure.external()] } = props;
    this.settings = nginxSettings(props, options);
    this.nginx = new NginxWorkload(scope, 'Nginx', {
      ...options,
      name,
      namespace,
      exposures,
      seesPeer: clientAddress === ClientAddress.PEER,
      writeConfig: () => writeNginxConfig({ ...this.settings, servers: [...this.servers.values()], edge: this.edge }),
    });
    this.serviceAccountName = this.nginx.serviceAccount.name;
    this.keptHosts = new NginxKeptHosts(scope, name, namespace);
    this.takeClientsInPlain(scope);
    if (tls.clientCertificates !== undefined) {
      const { authority } = tls.clientCertificates;
      this.checkReference(authority, 'authority of clients', ['Secret', 'ConfigMap']);
      this.nginx.mountClientAuthority(authority.kind, authority.name);
    }
  }

  public addHost(host: GatewayHost): void {
    const { protocol, hostname, certificates } = host;
    if (protocol !== GatewayHostProtocol.HTTPS && protocol !== GatewayHostProtocol.HTTP) {
      throw new Error(`gateway '${this.props.name}' with nginx serves HTTP and HTTPS only, got ${host._description} for ${protocol}: use GatewayForm.selfManaged() for it`);
    }
    if (protocol === GatewayHostProtocol.HTTP || this.props.redirect) {
      this.nginx.open(80, 'http');
    }
    if (protocol === GatewayHostProtocol.HTTPS) {
      this.nginx.open(443, 'https');
    }
    for (const certificate of certificates) {
      this.checkReference(certificate, `certificate of host '${hostname}'`, ['Secret']);
      this.nginx.mountCertificate(certificate.name);
    }
    this.servers.set(hostname, { hostname, host: hostname, certificates: certificates.map(({ name }) => name), locations: [] });
  }

  public edgeOf(gateway: EdgeGateway): GatewayEdgeEnforcement {
    return new NginxEdge({ ...gateway, knowsClients: (this.props.clientAddress ?? this.settings.realIp) !== undefined }, this.edge);
  }

  /** Adds a route for a hostname that a host covers. */
  public addRoute(route: NginxRoute, host: GatewayHost): void {
    const { name, namespace, admits } = this.props;
    const { hostname, upstream, path } = route;
    const owner = upstream.namespace.name;
    if (owner !== namespace.name && !admits.includes(owner)) {
      throw new Error(`gateway '${name}' does not admit namespace '${owner}' of service '${upstream.name}': it admits ${admits.join(', ') || 'only its own'}; ` +
        'add it to admits');
    }
    const location = nginxLocation(route);
    const server = this.servers.get(hostname) ?? this.serveCovered(hostname, host);
    if (server.locations.some(other => other.path === location.path && other.isPrefix === location.isPrefix)) {
      throw new Error(`path '${path?.value ?? '/'}' of '${hostname}' has a route at gateway '${name}' already: leave one of them out`);
    }
    server.locations.push(location);
    if (route.hostHeader === NginxHostHeader.CLIENT && namespace.mesh._istio?.sidecars) {
      this.keptHosts.add(route);
    }
    this.allow(route);
  }

  /** Sidecars that call the gateway by its Service must know that nobody takes mutual TLS on the public ports. A selector counts for nothing in the root namespace. */
  private takeClientsInPlain(scope: Construct): void {
    const { name, namespace } = this.props;
    if (namespace.mesh._istio?.sidecars && namespace.name !== namespace.mesh.rootNamespace) {
      new PeerAuthentication(scope, 'PublicPorts', {
        metadata: { name: `${name}-public-ports`, namespace: namespace.name, labels: patternLabels('meshed-gateway', name) },
        selector: this.nginx.selector,
        portModes: PUBLIC_PORTS.map(port => ({ port, mode: MtlsMode.DISABLE })),
      });
    }
  }

  /** A hostname under a wildcard that has routes of its own. */
  private serveCovered(hostname: string, { hostname: covering }: GatewayHost): ServedHost {
    const server = { hostname, host: covering, certificates: this.servers.get(covering)!.certificates, locations: [] };
    this.servers.set(hostname, server);
    return server;
  }

  /** In a closed namespace a route is worth nothing unless the pods take requests of the gateway. */
  private allow({ hostname, upstream, hostHeader }: NginxRoute): void {
    const { name, namespace } = this.props;
    const kept = hostHeader === NginxHostHeader.CLIENT;
    const policy = [upstream.name, upstream.port, ...kept ? [hostSlug(hostname)] : [], 'from', name].join('-');
    const key = `${upstream.namespace.name}/${policy}`;
    if (this.allowed.has(key)) {
      return;
    }
    this.allowed.add(key);
    upstream.namespace._policies.openWhenClosed({ name: policy, selector: upstream._pods(), services: upstream._services() }, {
      client: { clientNamespace: namespace, clientServiceAccount: this.serviceAccountName },
      ports: [upstream.targetPort],
      routedHosts: [kept ? hostname : upstream.host],
    });
  }

  private checkReference({ group, kind, name, namespace }: Certificate | CaCertificate, what: string, kinds: string[]): void {
    const own = this.props.namespace.name;
    if (group !== '' || !kinds.includes(kind)) {
      throw new Error(`${what} of gateway '${this.props.name}' must be in a ${kinds.join(' or ')} that nginx's pods mount, got ${kind} '${name}'`);
    }
    if (namespace !== undefined && namespace !== own) {
      throw new Error(`${what} of gateway '${this.props.name}' must be in namespace '${own}', got '${name}' in '${namespace}': pods mount what is in their own namespace only`);
    }
  }
}

