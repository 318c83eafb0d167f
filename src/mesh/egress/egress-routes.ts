import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowedService } from './egress-body';
import { addTunnel } from './egress-entry';
import { CLIENT_CERTIFICATE_HEADER } from './egress-path';
import { ProvisionedHop } from './egress-provisioned-hop';
import { ExternalPort, ExternalProtocol } from './external-port';
import { Backend } from '../../gateway-api/backend';
import { HttpRoute } from '../../gateway-api/http-route';
import { HttpRouteFilter } from '../../gateway-api/http-route-filter';
import { RouteParent } from '../../gateway-api/route-parent';
import { TcpRoute } from '../../gateway-api/tcp-route';
import { TlsRoute } from '../../gateway-api/tls-route';
import { ServiceEntry } from '../../istio/service-entry';
import { hostSlug } from '../../semantics/names';

/** Makes the metadata of what is named so. */
type Metadata = (name: string) => ApiObjectMetadata;

/** Two routes for each port of a host: from the mesh to the gateway, whose parent is the ServiceEntry, and from there to the host. */
export function makeEgressRoutes(allowed: AllowedService, entry: ServiceEntry, hop: ProvisionedHop, metadata: Metadata): void {
  const { scope, service, identified } = allowed;
  service.ports.forEach((port, index) => {
    service.hostnames.forEach((host, n) => {
      const listener = hop.listener(host, port, identified);
      const slug = `${n === 0 ? service.slug : hostSlug(host)}${index === 0 ? '' : `-${port.port}`}`;
      const own = new Construct(scope, `${host}-${port.port}`);
      // Those of one service share HTTP up to the gateway: an HTTPRoute with a ServiceEntry as its parent is for all of its hosts.
      if (n === 0 || !port._isReadable) {
        toGateway(own, { entry, port, host, to: hop.backend(listener.port), metadata: metadata(slug) });
        interceptOwnTls(own, { entry, port, hosts: service.hostnames, to: hop.backend(listener.port), metadata: metadata(`${slug}-tls`) });
      }
      fromGateway(own, host, port, { parent: listener.parent, identified, metadata, slug });
    });
  });
}

interface ToGateway {
  readonly entry: ServiceEntry;
  readonly port: ExternalPort;
  readonly to: Backend;
  readonly metadata: ApiObjectMetadata;
}

function parentOf({ name }: ServiceEntry, port: number): RouteParent {
  return RouteParent.of({ group: 'networking.istio.io', kind: 'ServiceEntry', name, port });
}

function toGateway(scope: Construct, { entry, port, host, to, metadata }: ToGateway & { readonly host: string }): void {
  const parents = [parentOf(entry, port.port)];
  switch (port.protocol) {
    case ExternalProtocol.TLS:
      new TlsRoute(scope, 'ToGateway', { metadata, parents, hostnames: [host], backends: [{ backend: to }] });
      return;
    case ExternalProtocol.TCP:
      new TcpRoute(scope, 'ToGateway', { metadata, parents, backends: [{ backend: to }] });
      return;
    default:
      new HttpRoute(scope, 'ToGateway', { metadata, parents, rules: [{ backends: [{ backend: to }] }] });
  }
}

/** TLS that an application begins by itself where the gateway is to, ends at the gateway instead of passing by it. */
function interceptOwnTls(scope: Construct, { entry, port, hosts, to, metadata }: ToGateway & { readonly hosts: string[] }): void {
  if (port._originates) {
    new TlsRoute(scope, 'OwnTls', { metadata, parents: [parentOf(entry, port.hostPort)], hostnames: hosts, backends: [{ backend: to }] });
  }
}

interface FromGateway {
  readonly parent: RouteParent;
  readonly identified: boolean;
  readonly metadata: Metadata;
  readonly slug: string;
}

function fromGateway(scope: Construct, host: string, port: ExternalPort, { parent, identified, metadata, slug }: FromGateway): void {
  const tunnel = port.proxy && addTunnel(scope, host, port, { metadata, exportTo: ['.'] });
  const backend = tunnel === undefined ?
    Backend.istioHostname(host, { port: port.hostPort }) : Backend.istioHostname(tunnel.host, { port: port.proxy!.port });
  const props = { metadata: metadata(`${slug}-out`), parents: [parent] };
  if (port._isReadable) {
    new HttpRoute(scope, 'FromGateway', {
      ...props,
      hostnames: [host],
      // In it a gateway tells whom it serves who called, which is no business of the world outside.
      rules: [{ filters: [HttpRouteFilter.requestHeaders({ remove: [CLIENT_CERTIFICATE_HEADER] })], backends: [{ backend }] }],
    });
  } else if (port.protocol === ExternalProtocol.TLS || identified) {
    new TlsRoute(scope, 'FromGateway', { ...props, hostnames: [host], backends: [{ backend }] });
  } else {
    new TcpRoute(scope, 'FromGateway', { ...props, backends: [{ backend }] });
  }
}
