import { MAX_UINT32 } from './count';
import { checkIpSubnet } from './ip-subnet';
import { IstioProtocol } from './istio-protocol';
import { checkRegistryHost } from './namespaced-host';
import { protocolFamily } from './protocol-family';
import { ServiceEntryPort } from './service-entry-port';
import { ServiceEntryResolution as Resolution } from './service-entry-resolution';
import { isUnixSocket } from './socket-address';
import { WorkloadEndpoint } from './workload-endpoint';
import { workloadEndpointManifest } from './workload-endpoint-manifest';
import type { ServiceEntrySpecEndpoints } from '../imports/networking.istio.io';
import { isWildcard } from '../semantics/hostname';
import { isIpAddress } from '../semantics/ip-address';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

const MAX_ENTRIES = 256;
const MAX_ENDPOINTS = 4096;
const DYNAMIC_PROTOCOLS = [IstioProtocol.HTTP, IstioProtocol.HTTP2, IstioProtocol.GRPC, IstioProtocol.TLS];

/** Refuses hosts that a ServiceEntry does not take, or that its resolution cannot resolve. */
export function checkHosts(hosts: string[], resolution: Resolution, hasEndpoints: boolean): void {
  if (hosts.length < 1 || hosts.length > MAX_ENTRIES) {
    throw new Error(`a ServiceEntry needs 1 to ${MAX_ENTRIES} hosts, got ${hosts.length}`);
  }
  for (const host of hosts) {
    if (host === '*') {
      throw new Error('host of a ServiceEntry must not be \'*\': name a domain such as *.example.com');
    }
    const dynamic = resolution === Resolution.DYNAMIC_DNS;
    // Only here the star may be a part of its label.
    checkRegistryHost(dynamic ? host.replace(/^\*-?(?=[a-z0-9])/, '') : host, 'host of a ServiceEntry');
    if (dynamic && !isWildcard(host)) {
      throw new Error(`host of a ServiceEntry with resolution ${resolution} must be a wildcard, got '${host}': use resolution DNS`);
    }
    if ([Resolution.DNS, Resolution.DNS_ROUND_ROBIN].includes(resolution) && isWildcard(host) && !hasEndpoints) {
      throw new Error(`host '${host}' of a ServiceEntry cannot be resolved with resolution ${resolution} because it is a wildcard: ` +
        'use NONE to keep the address that the client chose, DYNAMIC_DNS to resolve what each request names, or pass endpoints');
    }
  }
}

/** Refuses ports that a ServiceEntry does not take, or by which its hosts cannot be told apart. */
export function checkPorts(ports: ServiceEntryPort[], hosts: string[], resolution: Resolution): void {
  if (ports.length > MAX_ENTRIES) {
    throw new Error(`a ServiceEntry takes at most ${MAX_ENTRIES} ports, got ${ports.length}`);
  }
  for (const [index, { name, number, protocol, targetPort }] of ports.entries()) {
    checkDnsLabel(name, 'port name of a ServiceEntry');
    checkPort(number, `number of port '${name}'`);
    if (targetPort !== undefined) {
      checkPort(targetPort, `targetPort of port '${name}'`);
    }
    const others = ports.slice(0, index);
    if (others.some(port => port.name === name)) {
      throw new Error(`port name '${name}' is taken: names are unique in a ServiceEntry, pass another name`);
    }
    const same = others.find(port => port.number === number);
    if (same) {
      throw new Error(`port '${name}' has number ${number}, which port '${same.name}' has already: numbers are unique in a ServiceEntry`);
    }
    if (resolution === Resolution.DYNAMIC_DNS && !DYNAMIC_PROTOCOLS.includes(protocol)) {
      throw new Error(`port '${name}' of a ServiceEntry with resolution ${resolution} must speak ${DYNAMIC_PROTOCOLS.join(', ')}, got ${protocol}`);
    }
    if (resolution !== Resolution.NONE && hosts.length > 1 && protocolFamily(protocol) === 'TCP') {
      throw new Error(`port '${name}' speaks ${protocol}, by which hosts ${hosts.join(', ')} cannot be told apart: ` +
        'write a ServiceEntry for each host, or use resolution NONE');
    }
  }
}

/** Refuses addresses that clients cannot use for the hosts. */
export function checkAddresses(addresses: string[], resolution: Resolution): void {
  if (addresses.length > MAX_ENTRIES) {
    throw new Error(`a ServiceEntry takes at most ${MAX_ENTRIES} addresses, got ${addresses.length}`);
  }
  for (const address of addresses) {
    checkIpSubnet(address, 'address of a ServiceEntry');
    if (resolution === Resolution.DYNAMIC_DNS) {
      throw new Error(`a ServiceEntry with resolution ${resolution} takes no addresses, got '${address}': requests name their hosts`);
    }
    if (address.includes('/') && ![Resolution.NONE, Resolution.STATIC].includes(resolution)) {
      throw new Error(`address of a ServiceEntry with resolution ${resolution} must be a single one, got '${address}': use NONE or STATIC for blocks`);
    }
  }
}

/** Checks and writes endpoints, where the resolution uses them. */
export function endpointsManifest(endpoints: WorkloadEndpoint[], ports: ServiceEntryPort[], resolution: Resolution, namespace?: string):
Manifest<ServiceEntrySpecEndpoints>[] {
  if ([Resolution.NONE, Resolution.DYNAMIC_DNS].includes(resolution)) {
    throw new Error(`a ServiceEntry with resolution ${resolution} takes no endpoints, got ${endpoints.length}: use STATIC for IP addresses, DNS for names`);
  }
  const max = resolution === Resolution.DNS_ROUND_ROBIN ? 1 : MAX_ENDPOINTS;
  if (endpoints.length > max) {
    throw new Error(`a ServiceEntry with resolution ${resolution} takes at most ${max} endpoints, got ${endpoints.length}`);
  }
  const written = endpoints.map((endpoint, index) => {
    const what = `endpoint '${endpoint.address ?? endpoint.network?.name ?? index}'`;
    checkEndpoint(endpoint, what, ports, resolution);
    return workloadEndpointManifest(endpoint, what, namespace);
  });
  const weight = endpoints.reduce((sum, endpoint) => sum + (endpoint.weight ?? 1), 0);
  if (weight > MAX_UINT32) {
    // Envoy refuses the cluster.
    throw new Error(`weights of the endpoints of a ServiceEntry must be at most ${MAX_UINT32} in sum, got ${weight}: one without a weight counts as 1`);
  }
  return written;
}

function checkEndpoint({ address, ports: numbers }: WorkloadEndpoint, what: string, ports: ServiceEntryPort[], resolution: Resolution): void {
  const isStatic = resolution === Resolution.STATIC;
  if (address === undefined && !isStatic) {
    throw new Error(`${what} of a ServiceEntry with resolution ${resolution} needs an address: use STATIC for what only a network is known of`);
  }
  const isSocket = address !== undefined && isUnixSocket(address);
  if (isSocket && !isStatic) {
    throw new Error(`${what} is a Unix domain socket: resolution of the ServiceEntry must be STATIC, got ${resolution}`);
  }
  if (isSocket && ports.length !== 1) {
    throw new Error(`${what} is a Unix domain socket: the ServiceEntry must have exactly 1 port, got ${ports.length}`);
  }
  if (address !== undefined && !isSocket && isStatic && !isIpAddress(address)) {
    throw new Error(`${what} must be an IP address or unix:// and a socket with resolution STATIC: use DNS for names`);
  }
  for (const name of Object.keys(numbers ?? {})) {
    if (!ports.some(port => port.name === name)) {
      throw new Error(`${what} has port '${name}', which its ServiceEntry has not: it has ${ports.map(port => port.name).join(', ') || 'none'}`);
    }
  }
}
