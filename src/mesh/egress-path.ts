import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalProtocol, ExternalService } from './external-service';
import { ClientTls } from '../istio/client-tls';
import { Destination } from '../istio/destination';
import { DestinationRule } from '../istio/destination-rule';
import { IstioGateway } from '../istio/istio-gateway';
import { VirtualServiceGateway } from '../istio/istio-gateway-reference';
import { IstioHost } from '../istio/istio-host';
import { IstioProtocol } from '../istio/istio-protocol';
import { IstioServer } from '../istio/istio-server';
import { ServerTls } from '../istio/server-tls';
import { ServiceEntry, ServiceEntryLocation } from '../istio/service-entry';
import { ServiceEntryResolution } from '../istio/service-entry-resolution';
import { VirtualService } from '../istio/virtual-service';

/** The gateway on the way out. */
export interface EgressHop {
  readonly istioGateway: IstioGateway;
  readonly host: IstioHost;
  /** The rule for the gateway's Service, which has a subset for each host that is called with mTLS of the mesh. */
  readonly rule: () => DestinationRule;
  /** Opens a port of the gateway's Service. */
  readonly open: (port: number, name: string) => void;
}

/** The port of the gateway for hosts that are called with mTLS of the mesh, told apart by server name. */
const IDENTIFIED_PORT = 443;

/** Holds the identities of the client and of the gateway, and the client's certificate. */
const CLIENT_CERTIFICATE_HEADER = 'x-forwarded-client-cert';

/** All objects by which requests to one host go through the gateway, and agree on host, port and names. */
export function makeEgressPath(scope: Construct, service: ExternalService, identified: boolean, hop: EgressHop,
  metadata: (name: string) => ApiObjectMetadata): void {
  const { hostname, slug, protocol, port } = service;
  const tls = protocol === ExternalProtocol.TLS;
  const hopPort = identified && !tls ? IDENTIFIED_PORT : port;

  addServiceEntry(scope, service, metadata(slug));
  addServer(hop, service, identified, hopPort);
  const toGateway = identified ?
    Destination.subset(hop.rule().addSubset({
      name: slug,
      trafficPolicy: { portLevelSettings: [{ port: hopPort, tls: ClientTls.istioMutual({ sni: hostname }) }] },
    }), { port: hopPort }) :
    Destination.host(hop.host, { port: hopPort });
  const toHost = Destination.host(IstioHost.of(hostname), { port: service.externalPort });
  const mesh = [VirtualServiceGateway.MESH];
  const gateway = [hop.istioGateway];

  const routes = new VirtualService(scope, 'VirtualService', {
    metadata: metadata(slug),
    hosts: [IstioHost.of(hostname)],
    gateways: [...mesh, ...gateway],
  });
  if (tls) {
    routes.addTlsRoute({ matches: [{ gateways: mesh, port, sniHosts: [hostname] }], destinations: [{ destination: toGateway }] });
    if (identified) {
      // The mesh's TLS ends at the gateway, and what was in it is bytes.
      routes.addTcpRoute({ matches: [{ gateways: gateway, port: hopPort }], destinations: [{ destination: toHost }] });
    } else {
      routes.addTlsRoute({ matches: [{ gateways: gateway, port: hopPort, sniHosts: [hostname] }], destinations: [{ destination: toHost }] });
    }
  } else {
    routes.addHttpRoute({ matches: [{ gateways: mesh, port }], destinations: [{ destination: toGateway }] });
    routes.addHttpRoute({
      matches: [{ gateways: gateway, port: hopPort }],
      // In it a gateway tells whom it serves who called, which is no business of the world outside.
      headers: { request: { remove: [CLIENT_CERTIFICATE_HEADER] } },
      destinations: [{ destination: toHost }],
    });
  }

  if (protocol === ExternalProtocol.HTTP_WITH_TLS_ORIGINATION) {
    // The gateway expects HTTP: TLS that an application begins by itself ends there, instead of passing by the gateway and its policies.
    routes.addTlsRoute({
      matches: [{ gateways: mesh, port: service.externalPort, sniHosts: [hostname] }],
      destinations: [{ destination: toGateway }],
    });
    new DestinationRule(scope, 'DestinationRule', {
      metadata: metadata(slug),
      host: IstioHost.of(hostname),
      // For the gateway only: proxies of applications would begin TLS too.
      exportTo: ['.'],
      trafficPolicy: { portLevelSettings: [{ port: service.externalPort, tls: ClientTls.simple({ sni: hostname }) }] },
    });
  }
}

function addServiceEntry(scope: Construct, { hostname, protocol, port, externalPort }: ExternalService, metadata: ApiObjectMetadata): void {
  const own = protocol === ExternalProtocol.TLS ? { number: port, name: 'tls', protocol: IstioProtocol.TLS } :
    { number: port, name: 'http', protocol: IstioProtocol.HTTP };
  const beyond = { number: externalPort, name: 'https', protocol: IstioProtocol.HTTPS };
  new ServiceEntry(scope, 'ServiceEntry', {
    metadata,
    hosts: [hostname],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    // The gateway looks the host up: with resolution NONE it would send to the address that clients meant, its own.
    resolution: ServiceEntryResolution.DNS,
    ports: protocol === ExternalProtocol.HTTP_WITH_TLS_ORIGINATION ? [own, beyond] : [own],
  });
}

function addServer(hop: EgressHop, { hostname, protocol }: ExternalService, identified: boolean, port: number): void {
  const hosts = [hostname];
  if (protocol === ExternalProtocol.TLS) {
    hop.istioGateway.addServer(IstioServer.tls({ hosts, port, tls: identified ? ServerTls.istioMutual() : ServerTls.passthrough() }));
  } else if (identified) {
    hop.istioGateway.addServer(IstioServer.https({ hosts, port, tls: ServerTls.istioMutual() }));
  } else {
    hop.istioGateway.addServer(IstioServer.http({ hosts, port }));
  }
  hop.open(port, protocol === ExternalProtocol.TLS || identified ? portName('https', port, 443) : portName('http2', port, 80));
}

function portName(name: string, port: number, usual: number): string {
  return port === usual ? name : `${name}-${port}`;
}
