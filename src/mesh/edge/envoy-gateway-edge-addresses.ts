import { EdgeAddressOptions } from './edge-addresses';
import { cannotEnforce, EdgeGateway } from './gateway-edge-enforcement';
import type { AddressRule, Security } from '../../envoy-gateway/security-policy';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { GatewayHost, GatewayHostProtocol } from '../gateway/gateway-host';

const WHAT = 'restrict addresses';

/** Which addresses Envoy Gateway serves: what is denied comes first, and what no rule is about is refused where a list says who is allowed. */
export function envoyGatewayAddresses(gateway: EdgeGateway, { hosts, allowed, denied }: EdgeAddressOptions): NonNullable<Security['authorization']> {
  const { name, clientAddress } = gateway;
  if (clientAddress === undefined) {
    cannotEnforce(name, WHAT, 'nobody said how it learns those of clients, and a load balancer in front would be taken for all of them',
      'pass clientAddress to the gateway: ClientAddress.PEER, PROXY_PROTOCOL or forwardedFor(...)');
  }
  if ((allowed ?? denied) === undefined) {
    throw new Error(`list of addresses of gateway '${name}' needs allowed or denied, got none: pass at least one address or block`);
  }
  if (hosts === undefined && clientAddress._trustedProxies !== undefined) {
    gateway.hosts().forEach(host => checkHost(name, host));
    gateway.onHost(host => checkHost(name, host));
  }
  const rule = (action: 'Allow' | 'Deny', list: string[] | undefined, listName: string): AddressRule[] =>
    list === undefined ? [] : [{ name: listName, action, principal: { clientCIDRs: blocks(list, `${listName} addresses of gateway '${name}'`) } }];
  return { defaultAction: allowed === undefined ? 'Allow' : 'Deny', rules: [...rule('Deny', denied, 'denied'), ...rule('Allow', allowed, 'allowed')] };
}

function checkHost(gateway: string, { protocol, _description }: GatewayHost): void {
  if (protocol === GatewayHostProtocol.TLS || protocol === GatewayHostProtocol.TCP) {
    cannotEnforce(gateway, `${WHAT} at ${_description}`, 'what is no HTTP has no X-Forwarded-For, so that the proxy in front would be taken for the client',
      'name the hosts with HTTP, or use ClientAddress.PROXY_PROTOCOL');
  }
}

/** Envoy Gateway takes blocks only. */
function blocks(addresses: string[], what: string): string[] {
  if (addresses.length === 0) {
    throw new Error(`${what} must be at least one, got none: leave the list out`);
  }
  return addresses.map(address => checkIpSubnet(address, what)).map(address => address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`);
}
