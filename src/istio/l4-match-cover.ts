import { coversClients } from './http-match-cover';
import type { VirtualServiceSpecTcpMatch, VirtualServiceSpecTlsMatch } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** Whether every connection that the second match is for is one that the first is for. */
export function coversTcpMatch(first: Manifest<VirtualServiceSpecTcpMatch>, second: Manifest<VirtualServiceSpecTcpMatch>): boolean {
  return coversSubnets(first.destinationSubnets, second.destinationSubnets) && coversClients(first, second);
}

/** The same for TLS. A wildcard name takes nothing from a name below it: Envoy looks for the nearest name first. */
export function coversTlsMatch(first: Manifest<VirtualServiceSpecTlsMatch>, second: Manifest<VirtualServiceSpecTlsMatch>): boolean {
  return second.sniHosts.every(name => first.sniHosts.includes(name)) && coversTcpMatch(first, second);
}

/** Here too the nearest address comes first, so that only the same ones are taken. */
function coversSubnets(first: readonly string[] | undefined, second: readonly string[] | undefined): boolean {
  return first?.length ? Boolean(second?.length) && second!.every(subnet => first.includes(subnet)) : !second?.length;
}
