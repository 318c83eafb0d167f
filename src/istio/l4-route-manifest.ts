import { checkIpSubnet } from './ip-subnet';
import { checkLabels } from './label-map';
import { checkSources, writeMatchGateways } from './match-gateways';
import { checkRegistryHost } from './namespaced-host';
import { checkRouteWeights } from './route-weights';
import { IstioTlsMatch, IstioTcpMatch, TcpDestination, VirtualServiceTcpRoute, VirtualServiceTlsRoute } from './virtual-service-l4-route';
import type {
  VirtualServiceSpecTcp, VirtualServiceSpecTcpMatch, VirtualServiceSpecTcpRoute, VirtualServiceSpecTls,
} from '../imports/networking.istio.io';
import { covers } from '../semantics/hostname';
import { Manifest } from '../semantics/manifest';
import { checkDnsLabel } from '../semantics/names';
import { checkPort } from '../semantics/port';

/** Checks and writes a TCP route. */
export function tcpRouteManifest(route: VirtualServiceTcpRoute, gateways: string[]): Manifest<VirtualServiceSpecTcp> {
  return {
    match: route.matches?.map(match => commonMatch(match, gateways)),
    route: destinations(route.destinations, 'a TCP route'),
  };
}

/** Checks and writes a TLS route; each server name must be one that the hosts stand for. */
export function tlsRouteManifest(route: VirtualServiceTlsRoute, gateways: string[], hosts: string[]): Manifest<VirtualServiceSpecTls> {
  if (route.matches.length === 0) {
    throw new Error('a TLS route must have at least one match, got none: pass the server names it is for');
  }
  return {
    match: route.matches.map(match => ({ sniHosts: serverNames(match, hosts), ...commonMatch(match, gateways) })),
    route: destinations(route.destinations, 'a TLS route'),
  };
}

function serverNames({ sniHosts }: IstioTlsMatch, hosts: string[]): string[] {
  if (sniHosts.length === 0) {
    throw new Error('a TLS match must have at least one of sniHosts, got none');
  }
  for (const name of sniHosts) {
    if (name !== '*') {
      checkRegistryHost(name, 'server name in sniHosts');
    }
    if (!hosts.some(host => covers(host, name))) {
      throw new Error(`server name '${name}' must be one that the hosts of the VirtualService stand for: ${hosts.join(', ')}`);
    }
  }
  return sniHosts;
}

function commonMatch(match: IstioTcpMatch | IstioTlsMatch, gateways: string[]): Manifest<VirtualServiceSpecTcpMatch> {
  checkSources(match, gateways);
  return {
    port: match.port === undefined ? undefined : checkPort(match.port, 'port of a match'),
    gateways: writeMatchGateways(match.gateways, gateways),
    destinationSubnets: match.destinationSubnets?.map(subnet => checkIpSubnet(subnet, 'destinationSubnets')),
    sourceLabels: checkLabels(match.sourceLabels, 'sourceLabels'),
    sourceNamespace: match.sourceNamespace === undefined ? undefined : checkDnsLabel(match.sourceNamespace, 'sourceNamespace'),
  };
}

function destinations(targets: TcpDestination[], what: string): Manifest<VirtualServiceSpecTcpRoute>[] {
  checkRouteWeights(targets, what);
  return targets.map(({ destination, weight }) => ({ destination: destination._toKube(), weight }));
}
