import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ExternalPort, ExternalProtocol } from './external-port';
import { ExternalService } from './external-service';
import { ConnectionPool, H2UpgradePolicy } from '../../istio/connection-pool';
import { DestinationRule } from '../../istio/destination-rule';
import { IstioHost } from '../../istio/istio-host';
import { IstioProtocol } from '../../istio/istio-protocol';
import { ServiceEntry, ServiceEntryLocation } from '../../istio/service-entry';
import { ServiceEntryPort } from '../../istio/service-entry-port';
import { ServiceEntryResolution } from '../../istio/service-entry-resolution';
import { PortTrafficPolicy, TrafficPolicySettings } from '../../istio/traffic-policy';
import { hostSlug } from '../../semantics/names';

/** What an object of one service is about. */
export interface EntryProps {
  readonly metadata: (name: string) => ApiObjectMetadata;
  readonly exportTo?: string[];
}

const SPOKEN: { [protocol in ExternalProtocol]: { readonly name: string; readonly protocol: IstioProtocol } } = {
  [ExternalProtocol.TLS]: { name: 'tls', protocol: IstioProtocol.TLS },
  [ExternalProtocol.HTTP]: { name: 'http', protocol: IstioProtocol.HTTP },
  [ExternalProtocol.HTTP_WITH_TLS_ORIGINATION]: { name: 'http', protocol: IstioProtocol.HTTP },
  [ExternalProtocol.GRPC]: { name: 'grpc', protocol: IstioProtocol.GRPC },
  [ExternalProtocol.GRPC_WITH_TLS_ORIGINATION]: { name: 'grpc', protocol: IstioProtocol.GRPC },
  [ExternalProtocol.TCP]: { name: 'tcp', protocol: IstioProtocol.TCP },
};

/** gRPC is HTTP/2, which a port that is for TLS does not say. */
export const HTTP2 = ConnectionPool.of({ http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE } });

/** A service as a gateway knows it: what applications call, and beside it the port to which the gateway begins TLS. */
export function addGatewayEntry(scope: Construct, service: ExternalService, { metadata, exportTo }: EntryProps): ServiceEntry {
  const { addresses, hostname } = service;
  const range = addresses?.find(address => address.includes('/'));
  if (range !== undefined) {
    throw new Error(`address of external host '${hostname}' must be a single one, got '${range}': a gateway does not know which of them the client meant; ` +
      'use EgressForm.withoutGateway, or EgressBypass');
  }
  const beyond = service.ports.filter(({ _originates }) => _originates)
    .map(({ hostPort }, index) => ({ number: hostPort, name: index === 0 ? 'https' : `https-${hostPort}`, protocol: IstioProtocol.HTTPS }));
  return new ServiceEntry(scope, 'ServiceEntry', {
    metadata: metadata(service.slug),
    hosts: service.hostnames,
    location: ServiceEntryLocation.MESH_EXTERNAL,
    // The gateway looks the host up: with resolution NONE it would send to the address that clients meant, its own.
    resolution: addresses === undefined ? ServiceEntryResolution.DNS : ServiceEntryResolution.STATIC,
    addresses,
    endpoints: addresses?.map(address => ({ address })),
    ports: [...called(service), ...beyond],
    exportTo,
  });
}

/** A service as that proxy knows it which also begins TLS. */
export function addDirectEntry(scope: Construct, service: ExternalService, { metadata, exportTo }: EntryProps): ServiceEntry {
  const { addresses, _isWildcard } = service;
  return new ServiceEntry(scope, 'ServiceEntry', {
    metadata: metadata(service.slug),
    hosts: service.hostnames,
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: _isWildcard ? ServiceEntryResolution.DYNAMIC_DNS : addresses === undefined ? ServiceEntryResolution.DNS : ServiceEntryResolution.NONE,
    addresses,
    ports: called(service).map((port, index) => {
      const { hostPort } = service.ports[index];
      return { ...port, targetPort: hostPort === port.number ? undefined : hostPort };
    }),
    exportTo,
  });
}

/** TLS that the gateway begins to the ports beyond it. */
export function addGatewayOrigination(scope: Construct, service: ExternalService, props: EntryProps): void {
  addOrigination(scope, service, props, port => port.hostPort);
}

/** TLS that the proxy begins which was called in clear text. */
export function addDirectOrigination(scope: Construct, service: ExternalService, props: EntryProps): void {
  if (service.ports.length > 1) {
    addOrigination(scope, service, props, port => port.port);
    return;
  }
  const [port] = service.ports;
  if (port._originates) {
    service.hostnames.forEach(host => addRule(scope, service, host, props, settings(port, host)));
  }
}

/** The host of a proxy as that through which one host is reached: what is sent to it goes through a tunnel. */
export function addTunnel(scope: Construct, host: string, { proxy, hostPort }: ExternalPort, { metadata, exportTo }: EntryProps): IstioHost {
  const { hostname, port, ipAddress: address } = proxy!;
  const slug = `${hostSlug(host)}-${hostPort}-proxy`;
  const alias = IstioHost.of(`${hostSlug(host)}-${hostPort}.${hostname}`);
  new ServiceEntry(scope, `Proxy${hostPort}`, {
    metadata: metadata(slug),
    hosts: [alias.host],
    location: ServiceEntryLocation.MESH_EXTERNAL,
    resolution: address === undefined ? ServiceEntryResolution.DNS : ServiceEntryResolution.STATIC,
    endpoints: [{ address: address ?? hostname }],
    // As TLS it takes nothing but what asks for this very name, which nobody does.
    ports: [{ number: port, name: 'tls', protocol: IstioProtocol.TLS }],
    exportTo,
  });
  new DestinationRule(scope, `ProxyRule${hostPort}`, {
    metadata: metadata(slug),
    host: alias,
    exportTo,
    trafficPolicy: { tunnel: { targetHost: host, targetPort: hostPort } },
  });
  return alias;
}

function addOrigination(scope: Construct, service: ExternalService, props: EntryProps, number: (port: ExternalPort) => number): void {
  const originating = service.ports.filter(({ _originates }) => _originates);
  if (originating.length > 0) {
    service.hostnames.forEach(host => addRule(scope, service, host, props, {
      portLevelSettings: originating.map(port => ({ port: number(port), ...settings(port, host) })),
    }));
  }
}

function addRule(scope: Construct, { hostname, slug }: ExternalService, host: string, { metadata, exportTo }: EntryProps,
  trafficPolicy: TrafficPolicySettings & { portLevelSettings?: PortTrafficPolicy[] }): void {
  new DestinationRule(scope, host === hostname ? 'DestinationRule' : `DestinationRule-${host}`, {
    metadata: metadata(host === hostname ? slug : hostSlug(host)), host: IstioHost.of(host), exportTo, trafficPolicy,
  });
}

function settings(port: ExternalPort, host: string): TrafficPolicySettings {
  return { tls: port.originatedTls!._clientTls(host), connectionPool: port._isGrpc ? HTTP2 : undefined };
}

/** The ports that applications call; the first of a name has it alone. */
function called({ ports }: ExternalService): ServiceEntryPort[] {
  return ports.map(({ protocol, port }, index) => {
    const { name, protocol: spoken } = SPOKEN[protocol];
    const taken = ports.slice(0, index).some(other => SPOKEN[other.protocol].name === name);
    return { number: port, name: taken ? `${name}-${port}` : name, protocol: spoken };
  });
}
