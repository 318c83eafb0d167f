import { ConnectStrategy } from './connect-strategy';
import { protocolFamily } from './protocol-family';
import { ServiceEntryPort } from './service-entry-port';
import { ServiceEntryResolution as Resolution } from './service-entry-resolution';
import { TrafficDistribution } from './traffic-distribution';
import { isWildcard } from '../semantics/hostname';

/** What labels and annotations of a ServiceEntry say beside its spec. */
interface Discovery {
  readonly hosts: string[];
  readonly ports: ServiceEntryPort[];
  readonly resolution: Resolution;
  readonly addresses?: string[];
  readonly endpoints?: unknown[];
  readonly autoAllocateIp?: boolean;
  readonly connectStrategy?: ConnectStrategy;
  readonly trafficDistribution?: TrafficDistribution;
}

/** Refuses labels and annotations of a ServiceEntry that would do nothing beside its spec, or break it. */
export function checkDiscovery(entry: Discovery): void {
  const { hosts, ports, resolution, addresses, endpoints, autoAllocateIp, connectStrategy, trafficDistribution } = entry;
  if (autoAllocateIp) {
    const reason = resolution === Resolution.NONE ? 'resolution NONE, where the client chooses the address' :
      addresses?.length ? `addresses ${addresses.join(', ')}` :
        resolution !== Resolution.DYNAMIC_DNS && hosts.every(isWildcard) ? 'wildcard hosts alone' : undefined;
    if (reason !== undefined) {
      throw new Error(`autoAllocateIp of a ServiceEntry does nothing with ${reason}: leave it out`);
    }
  }
  const bare = ports.find(({ protocol }) => protocolFamily(protocol) === 'TCP');
  if (autoAllocateIp === false && bare && resolution !== Resolution.NONE && !addresses?.length) {
    throw new Error(`port '${bare.name}' speaks ${bare.protocol}, by which hosts are known by address alone: pass addresses, or leave autoAllocateIp out`);
  }
  if (connectStrategy !== undefined) {
    if (resolution !== Resolution.DNS && resolution !== Resolution.DNS_ROUND_ROBIN) {
      throw new Error(`connectStrategy of a ServiceEntry needs resolution DNS or DNS_ROUND_ROBIN, got ${resolution}`);
    }
    if (endpoints !== undefined && endpoints.length > 1) {
      // Istio makes a logical cluster of it then, of which Envoy takes one endpoint only.
      throw new Error(`connectStrategy of a ServiceEntry takes at most 1 endpoint, got ${endpoints.length}: write a ServiceEntry for each`);
    }
  }
  if (trafficDistribution !== undefined && (resolution === Resolution.NONE || resolution === Resolution.DYNAMIC_DNS)) {
    throw new Error(`trafficDistribution of a ServiceEntry does nothing with resolution ${resolution}, where there are no endpoints to choose from: leave it out`);
  }
}
