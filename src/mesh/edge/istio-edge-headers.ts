import { addedOver, headerChanges, HeaderChanges } from './edge-header-changes';
import { EdgeHeaderOptions } from './edge-headers';
import { EdgeScope } from './edge-hosts';
import { addFirstFilter, EdgeFirstPriority, forHosts } from './istio-edge-first-filter';
import { IstioEdgeGateway } from './istio-edge-gateway';
import { EnvoyListenerMatch } from '../../istio/envoy-filter-listener-match';
import { EnvoyFilterPatch } from '../../istio/envoy-filter-patch';
import { EnvoyPatch } from '../../istio/envoy-patch';

const TYPES = 'type.googleapis.com/envoy.extensions.filters';
const MUTATION = `${TYPES}.http.header_mutation.v3.HeaderMutation`;
const SERVER = 'server';
/** What istiod has Envoy write as the header. */
const ISTIO_SERVER = 'istio-envoy';
const MANAGER = 'envoy.filters.network.http_connection_manager';

/**
 * Changes headers of requests before every other filter, so that those stay which filters write, such as claims of tokens, and headers of responses after all of
 * them, also of those that the gateway gives by itself.
 */
export function istioEdgeHeaders(gateway: IstioEdgeGateway, scope: EdgeScope, options: EdgeHeaderOptions): void {
  const changes = headerChanges(gateway, scope, options);
  addFirstFilter(gateway, scope, EdgeFirstPriority.HEADERS, [
    ...changes.removedFromResponses.includes(SERVER) ? [passServerOn()] : [],
    ...scope.hosts === undefined ? everywhere(scope, changes) : [
      insertFirst(scope, undefined, changes.removedFromResponses.includes(SERVER) ? { response_mutations: [keptServer()] } : undefined),
      ...forHosts(gateway, scope, {
        what: 'clean headers', settings: { '@type': `${MUTATION}PerRoute`, 'mutations': mutations(changes, true) },
      }),
    ],
  ]);
}

function everywhere(scope: EdgeScope, changes: HeaderChanges): EnvoyFilterPatch[] {
  return changes.strictTransport === undefined ? [insertFirst(scope, undefined, mutations(changes, false))]
    : [443, 80].map(port => insertFirst(scope, port, mutations(changes, port === 443)));
}

function insertFirst({ name }: EdgeScope, portNumber: number | undefined, changed: object | undefined): EnvoyFilterPatch {
  return EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway({ portNumber })).insertFirst({ name, typed_config: { '@type': MUTATION, 'mutations': changed } });
}

/** Envoy would write the header after all filters. */
function passServerOn(): EnvoyFilterPatch {
  return EnvoyPatch.networkFilter(EnvoyListenerMatch.gateway()).merge(MANAGER, {
    typed_config: { '@type': `${TYPES}.network.http_connection_manager.v3.HttpConnectionManager`, 'server_header_transformation': 'PASS_THROUGH' },
  });
}

/** Other hosts tell no more than before of what runs behind them. */
function keptServer(): object {
  return { append: { header: { key: SERVER, value: ISTIO_SERVER }, append_action: 'OVERWRITE_IF_EXISTS' } };
}

function mutations(changes: HeaderChanges, encrypted: boolean): object {
  return {
    request_mutations: changes.removedFromRequests.map(remove => ({ remove })),
    response_mutations: [
      ...changes.removedFromResponses.map(remove => ({ remove })),
      // Envoy would replace what stands between percent signs.
      ...addedOver(encrypted, changes).map(([key, value]) => (
        { append: { header: { key, value: value.replace(/%/g, '%%') }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } })),
    ],
  };
}
