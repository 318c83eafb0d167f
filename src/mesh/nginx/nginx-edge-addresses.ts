import { NginxDirective } from './nginx-directive';
import { NginxEdgeGateway } from './nginx-edge-gateway';
import { NginxEdgePart } from './nginx-edge-part';
import { checkIpSubnet } from '../../istio/ip-subnet';
import { checkUnique } from '../../semantics/lists';
import { EdgeAddressOptions } from '../edge/edge-addresses';
import { EdgeScope } from '../edge/edge-hosts';
import { cannotEnforce } from '../edge/gateway-edge-enforcement';

const { of, block } = NginxDirective;

/** Two lists, because the narrowest block decides in one: of who is denied and allowed, the denial counts. */
export function nginxEdgeAddresses(
  { name, knowsClients }: NginxEdgeGateway, { hosts }: EdgeScope, index: number, options: EdgeAddressOptions,
): NginxEdgePart {
  if (!knowsClients) {
    cannotEnforce(name, 'restrict addresses', 'nobody said how it learns those of clients, and a load balancer in front would be taken for all of them',
      'pass clientAddress to the gateway: ClientAddress.PEER or PROXY_PROTOCOL, or trustedProxies to GatewayForm.nginx');
  }
  const { allowed, denied } = options;
  if ((allowed ?? denied) === undefined) {
    throw new Error(`list of addresses of gateway '${name}' needs allowed or denied, got none: pass at least one address or block`);
  }
  const lists = [
    ...allowed ? [{ variable: `$address_not_allowed_${index}`, otherwise: 1, ranges: checkRanges(`allowed addresses of gateway '${name}'`, allowed) }] : [],
    ...denied ? [{ variable: `$address_denied_${index}`, otherwise: 0, ranges: checkRanges(`denied addresses of gateway '${name}'`, denied) }] : [],
  ];
  return {
    hosts,
    http: lists.map(({ variable, otherwise, ranges }) => block('geo', [variable], [of('default', otherwise), ...ranges.map(range => of(range, 1 - otherwise))])),
    refusals: lists.map(({ variable }) => block('if', [`(${variable})`], [of('return', 403)])),
  };
}

/** Refuses what is no list of addresses and blocks. */
export function checkRanges(what: string, ranges: string[]): string[] {
  if (ranges.length === 0) {
    throw new Error(`${what} must name at least one address or block, got none: leave it out`);
  }
  ranges.forEach(range => checkIpSubnet(range, what));
  checkUnique(ranges, what);
  return ranges;
}
