import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { AllowedService } from './egress-body';
import { addTunnel, HTTP2 } from './egress-entry';
import { ExternalPort, ExternalProtocol } from './external-port';
import { ClientTls } from '../../istio/client-tls';
import { Destination } from '../../istio/destination';
import { DestinationRule } from '../../istio/destination-rule';
import { IstioGateway } from '../../istio/istio-gateway';
import { VirtualServiceGateway } from '../../istio/istio-gateway-reference';
import { IstioHost } from '../../istio/istio-host';
import { IstioProtocol } from '../../istio/istio-protocol';
import { IstioServer } from '../../istio/istio-server';
import { ServerTls } from '../../istio/server-tls';
import { VirtualService } from '../../istio/virtual-service';
import { hostSlug } from '../../semantics/names';

/** The gateway on the way out. */
export interface EgressHop {
  readonly istioGateway: IstioGateway;
  readonly host: IstioHost;
  /** The rule for the gateway's Service, which has a subset for each host that is called with mTLS of the mesh. */
  readonly rule: () => DestinationRule;
  /** Opens a port of the gateway's Service. */
  readonly open: (port: number, name: string) => void;
}

/** A port of a host, and that of the gateway for it. */
interface PortHop {
  readonly port: ExternalPort;
  readonly number: number;
}

/** The port of the gateway for hosts that are called with mTLS of the mesh, told apart by server name. */
const IDENTIFIED_PORT = 443;

/** How far off the gateway's port is, where the port that applications call cannot be taken. */
const OFFSET = 10_000;

/** A port of the gateway for one that applications call; there are not more than 65535. */
export function otherPort(port: number, offset = OFFSET): number {
  return port + offset > 65_535 ? port - offset : port + offset;
}

/** Holds the identities of the client and of the gateway, and the client's certificate. */
export const CLIENT_CERTIFICATE_HEADER = 'x-forwarded-client-cert';

/** All objects by which requests to one host go through the gateway, and agree on host, port and names. */
export function makeEgressPath(scope: Construct, host: string, { service, identified }: AllowedService, hop: EgressHop,
  metadata: (name: string) => ApiObjectMetadata): void {
  const slug = host === service.hostname ? service.slug : hostSlug(host);
  const hops = portHops(service.ports, identified);
  hops.forEach((one, index) => addServer(hop, host, one, identified, hops.slice(0, index)));
  const subset = identified ? hop.rule().addSubset({
    name: slug,
    trafficPolicy: {
      portLevelSettings: hops.map(({ port, number }) => ({
        port: number, tls: ClientTls.istioMutual({ sni: host }), connectionPool: port._isGrpc ? HTTP2 : undefined,
      })),
    },
  }) : undefined;
  const routes = new VirtualService(scope, 'VirtualService', {
    metadata: metadata(slug),
    hosts: [IstioHost.of(host)],
    gateways: [VirtualServiceGateway.MESH, hop.istioGateway],
  });
  for (const { port, number } of hops) {
    const toGateway = subset === undefined ? Destination.host(hop.host, { port: number }) : Destination.subset(subset, { port: number });
    const beyond = port.proxy && addTunnel(scope, host, port, { metadata, exportTo: ['.'] });
    const toHost = beyond ? Destination.host(beyond, { port: port.proxy!.port }) : Destination.host(IstioHost.of(host), { port: port.hostPort });
    addRoutes(routes, host, { port, number }, { toGateway, toHost, identified, gateway: hop.istioGateway });
  }
}

interface Way {
  readonly toGateway: Destination;
  readonly toHost: Destination;
  readonly identified: boolean;
  readonly gateway: IstioGateway;
}

function addRoutes(routes: VirtualService, host: string, { port, number }: PortHop, { toGateway, toHost, identified, gateway }: Way): void {
  const fromMesh = { gateways: [VirtualServiceGateway.MESH], port: port.port };
  const atGateway = { gateways: [gateway], port: number };
  switch (port.protocol) {
    case ExternalProtocol.TLS:
      routes.addTlsRoute({ matches: [{ ...fromMesh, sniHosts: [host] }], destinations: [{ destination: toGateway }] });
      if (identified) {
        // The mesh's TLS ends at the gateway, and what was in it is bytes.
        routes.addTcpRoute({ matches: [atGateway], destinations: [{ destination: toHost }] });
      } else {
        routes.addTlsRoute({ matches: [{ ...atGateway, sniHosts: [host] }], destinations: [{ destination: toHost }] });
      }
      return;
    case ExternalProtocol.TCP:
      routes.addTcpRoute({ matches: [fromMesh], destinations: [{ destination: toGateway }] });
      routes.addTcpRoute({ matches: [atGateway], destinations: [{ destination: toHost }] });
      return;
    default:
      routes.addHttpRoute({ matches: [fromMesh], destinations: [{ destination: toGateway }] });
      routes.addHttpRoute({
        matches: [atGateway],
        // In it a gateway tells whom it serves who called, which is no business of the world outside.
        headers: { request: { remove: [CLIENT_CERTIFICATE_HEADER] } },
        destinations: [{ destination: toHost }],
      });
      if (port._originates) {
        // The gateway expects HTTP: TLS that an application begins by itself ends there, instead of passing by the gateway and its policies.
        routes.addTlsRoute({
          matches: [{ gateways: [VirtualServiceGateway.MESH], port: port.hostPort, sniHosts: [host] }],
          destinations: [{ destination: toGateway }],
        });
      }
  }
}

/** Which port of the gateway is for each port of a host: nothing but the port tells those of one host apart. */
function portHops(ports: ExternalPort[], identified: boolean): PortHop[] {
  const taken: number[] = [];
  return ports.map(port => {
    const usual = port.gatewayPort ?? (identified && port.protocol !== ExternalProtocol.TLS ? IDENTIFIED_PORT : port.port);
    const number = taken.includes(usual) ? otherPort(port.port) : usual;
    taken.push(number);
    return { port, number };
  });
}

function addServer(hop: EgressHop, host: string, { port, number }: PortHop, identified: boolean, before: PortHop[]): void {
  const opaque = !port._isReadable;
  const protocol = identified ? opaque ? IstioProtocol.TLS : IstioProtocol.HTTPS :
    port.protocol === ExternalProtocol.TLS ? IstioProtocol.TLS : opaque ? IstioProtocol.TCP : IstioProtocol.HTTP;
  const tls = identified ? ServerTls.istioMutual() : protocol === IstioProtocol.TLS ? ServerTls.passthrough() : undefined;
  const name = before.length > 0 ? `${protocol.toLowerCase()}-${hostSlug(host)}-${number}` : undefined;
  hop.istioGateway.addServer(IstioServer.of({ protocol, hosts: [host], port: number, tls, name }));
  if (tls !== undefined) {
    hop.open(number, portName('https', number, IDENTIFIED_PORT));
  } else {
    hop.open(number, protocol === IstioProtocol.TCP ? `tcp-${number}` : portName('http2', number, 80));
  }
}

function portName(name: string, port: number, usual: number): string {
  return port === usual ? name : `${name}-${port}`;
}
