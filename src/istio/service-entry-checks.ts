import { checkCount } from './count';
import { checkIpSubnet } from './ip-subnet';
import { IstioProtocol } from './istio-protocol';
import { checkLabels } from './label-map';
import { checkRegistryHost } from './namespaced-host';
import { protocolFamily } from './protocol-family';
import { ServiceEntryEndpoint } from './service-entry-endpoint';
import { ServiceEntryPort } from './service-entry-port';
import { ServiceEntryResolution as Resolution } from './service-entry-resolution';
import { checkUnixSocket, isUnixSocket } from './socket-address';
import { isWildcard } from '../semantics/hostname';
import { isIpAddress } from '../semantics/ip-address';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

const MAX_ENTRIES = 256;
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

/** Refuses a list of endpoints that the resolution does not use. */
export function checkEndpoints(endpoints: ServiceEntryEndpoint[], ports: ServiceEntryPort[], resolution: Resolution): void {
  if ([Resolution.NONE, Resolution.DYNAMIC_DNS].includes(resolution)) {
    throw new Error(`a ServiceEntry with resolution ${resolution} takes no endpoints, got ${endpoints.length}: use STATIC for IP addresses, DNS for names`);
  }
  if (endpoints.length > 4096 || (resolution === Resolution.DNS_ROUND_ROBIN && endpoints.length > 1)) {
    throw new Error(`a ServiceEntry with resolution ${resolution} takes at most ${resolution === Resolution.DNS_ROUND_ROBIN ? 1 : 4096} endpoints, got ${endpoints.length}`);
  }
  endpoints.forEach(endpoint => checkEndpoint(endpoint, ports, resolution));
}

function checkEndpoint(endpoint: ServiceEntryEndpoint, ports: ServiceEntryPort[], resolution: Resolution): void {
  const { address, network, weight, labels } = endpoint;
  if (address === undefined && (network === undefined || resolution !== Resolution.STATIC)) {
    throw new Error(`an endpoint needs an address${resolution === Resolution.STATIC ? ' or a network' : ''}, got neither: pass address`);
  }
  const what = `endpoint '${address ?? network}'`;
  if (address !== undefined && isUnixSocket(address) && resolution === Resolution.STATIC) {
    checkUnixSocket(address, 'address of an endpoint');
    if (endpoint.ports !== undefined || ports.length !== 1) {
      throw new Error(`${what} is a Unix domain socket: the ServiceEntry must have exactly 1 port and the endpoint none, ` +
        `got ${ports.length} and ${Object.keys(endpoint.ports ?? {}).length}`);
    }
  } else if (address !== undefined && !isIpAddress(address)) {
    if (resolution === Resolution.STATIC) {
      throw new Error(`${what} must be an IP address or unix:// and a socket with resolution ${resolution}: use DNS for names`);
    }
    checkRegistryHost(address, 'address of an endpoint');
    if (isWildcard(address)) {
      throw new Error(`${what} must be one host: wildcards cannot be resolved`);
    }
  }
  for (const [name, port] of Object.entries(endpoint.ports ?? {})) {
    if (!ports.some(p => p.name === name)) {
      throw new Error(`${what} has port '${name}', which its ServiceEntry has not: it has ${ports.map(p => p.name).join(', ') || 'none'}`);
    }
    checkPort(port, `port '${name}' of ${what}`);
  }
  checkCount(weight, `weight of ${what}`);
  if (Object.keys(labels ?? {}).length > MAX_ENTRIES) {
    throw new Error(`${what} takes at most ${MAX_ENTRIES} labels, got ${Object.keys(labels!).length}`);
  }
  checkLabels(labels, `labels of ${what}`);
  for (const [field, max] of [['locality', 2048], ['network', 2048], ['serviceAccount', 253]] as const) {
    if ((endpoint[field]?.length ?? 0) > max) {
      throw new Error(`${field} of ${what} must have at most ${max} characters, got ${endpoint[field]!.length}`);
    }
  }
}
