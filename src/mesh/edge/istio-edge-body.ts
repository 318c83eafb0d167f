import { Size, SizeRoundingBehavior } from 'cdk8s';
import { EdgeScope } from './edge-hosts';
import { addEdgeFilter, EdgeFilterPriority } from './istio-edge-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { AUTHORITY, hostPatterns } from './istio-edge-host-match';
import { allOf, anyOf, EnvoyPredicate, headerMatches, not, skippedWhere } from './istio-edge-matcher';
import { checkCount } from '../../istio/count';

const FILTER = 'envoy.filters.http.buffer';
const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer';
const MAX_BYTES = 2 ** 32 - 1;

/** What opens a WebSocket, as Envoy takes it for one: its body has no end for which to wait. */
const OPENS_TUNNEL = allOf([headerMatches('connection', '(?i)(.*,)? *upgrade *(,.*)?'), headerMatches('upgrade', '.+')]);

/**
 * Has proxies keep each body until it is whole, or too long: not every client tells the length before, and what is sent on already cannot be refused any more.
 * Each keeps at most as much as a body may have.
 */
export function istioEdgeBody(gateway: IstioEdgeGateway, scope: EdgeScope, limit: Size): void {
  const kibibytes = limit.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  const bytes = checkCount(kibibytes * 1024, `limit of bodies of gateway '${gateway.name}' in bytes`, MAX_BYTES, 1);
  addEdgeFilter(gateway, scope, EdgeFilterPriority.BODY, skippedWhere(() => anyOf([OPENS_TUNNEL, ...forOthers(gateway, scope)]), {
    name: FILTER, typed_config: { '@type': TYPE, 'max_request_bytes': bytes },
  }));
}

function forOthers({ hosts: all }: IstioEdgeGateway, { hosts }: EdgeScope): EnvoyPredicate[] {
  return hosts === undefined ? [] : [not(anyOf(hosts.map(host => {
    const { pattern, others } = hostPatterns(host, all());
    return allOf([headerMatches(AUTHORITY, pattern), ...others.map(other => not(headerMatches(AUTHORITY, other)))]);
  })))];
}
