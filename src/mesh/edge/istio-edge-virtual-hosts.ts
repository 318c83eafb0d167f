import { cannotEnforce } from './gateway-edge-enforcement';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { EnvoyRouteMatch } from '../../istio/envoy-filter-route-match';
import { GatewayHostProtocol } from '../gateway/gateway-host';

/** Hosts of a gateway by the port that serves them. */
export interface PreciseHosts {
  /** On port 443. */
  readonly encrypted: string[];
  /** On port 80. */
  readonly plain: string[];
}

/** Hosts that a verb names; refuses wildcards, below which routes have hosts of their own. */
export function preciseHosts(gateway: IstioEdgeGateway, hosts: string[], what: string): PreciseHosts {
  const wildcard = hosts.find(host => host.startsWith('*'));
  if (wildcard !== undefined) {
    cannotEnforce(gateway.name, `${what} at host '${wildcard}'`, 'Istio knows what is below it by the hosts of routes only',
      'leave hosts out for all, or serve each host by a GatewayHost of its own');
  }
  const speaks = (protocol: GatewayHostProtocol) =>
    hosts.filter(host => gateway.hosts().some(each => each.hostname === host && each.protocol === protocol));
  return { encrypted: speaks(GatewayHostProtocol.HTTPS), plain: speaks(GatewayHostProtocol.HTTP) };
}

/** The virtual hosts that istiod makes for hosts of a gateway, as patches match them. */
export function virtualHosts(gateway: IstioEdgeGateway, hosts: string[], what: string): EnvoyRouteMatch[] {
  const { encrypted, plain } = preciseHosts(gateway, hosts, what);
  return [...encrypted.map(host => `${host}:443`), ...plain.map(host => `${host}:80`)].map(name => EnvoyRouteMatch.gateway({ vhost: { name } }));
}
