import { Chart } from 'cdk8s';
import { Gateways } from './gateway';
import { Shop } from './shop';
import {
  EnvoyClusterMatch, EnvoyFilter, EnvoyListenerMatch, EnvoyPatch, EnvoyRouteAction, EnvoyRouteMatch, EnvoyTransportProtocol, IstioHost, PolicyTarget,
} from 'cdk8s-mesh';

/** What EnvoyFilters refer to. */
export interface EnvoyFilterParts {
  readonly shop: Shop;
  readonly gateways: Gateways;
}

const TYPE = 'type.googleapis.com/envoy';
const lua = (name: string, code: string) => ({
  name, typed_config: { '@type': `${TYPE}.extensions.filters.http.lua.v3.Lua`, 'default_source_code': { inline_string: code } },
});
const ROUTER = 'envoy.filters.http.router';

export function envoyFilters(chart: Chart, { shop: { ingress, web, catalogue, publicGateway }, gateways }: EnvoyFilterParts): void {
  const metadata = (name: string, namespace: string) => ({ name, namespace });

  new EnvoyFilter(chart, 'Listeners', {
    metadata: metadata('listeners', 'edge'),
    // workloadSelector.labels, priority
    workloadSelector: ingress.selector,
    priority: 10,
    configPatches: [
      // applyTo: LISTENER, match.context: GATEWAY, match.listener.name, portNumber, patch.operation: MERGE, patch.value
      EnvoyPatch.listener(EnvoyListenerMatch.gateway({ name: '0.0.0.0_80', portNumber: 80 })).merge({ per_connection_buffer_limit_bytes: 32768 }),
      // applyTo: LISTENER_FILTER, patch.operation: ADD
      EnvoyPatch.listenerFilter(EnvoyListenerMatch.gateway({ portNumber: 1883 })).add({
        name: 'envoy.filters.listener.proxy_protocol',
        typed_config: { '@type': `${TYPE}.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol` },
      }),
      // match.listener.listenerFilter, patch.operation: REMOVE
      EnvoyPatch.listenerFilter(EnvoyListenerMatch.gateway({ portNumber: 8443 })).remove('envoy.filters.listener.http_inspector'),
      // applyTo: FILTER_CHAIN, match.listener.filterChain.name, sni, transportProtocol, applicationProtocols, destinationPort
      EnvoyPatch.filterChain(EnvoyListenerMatch.gateway({
        portNumber: 443,
        filterChain: {
          sni: 'shop.example.com', transportProtocol: EnvoyTransportProtocol.TLS, applicationProtocols: ['h2', 'http/1.1'],
        },
      })).merge({ transport_socket_connect_timeout: '5s' }),
      EnvoyPatch.filterChain(EnvoyListenerMatch.gateway({ filterChain: { name: 'mqtt', destinationPort: 1883 } })).merge({ name: 'mqtt' }),
      // applyTo: NETWORK_FILTER, match.listener.filterChain.filter.name
      EnvoyPatch.networkFilter(EnvoyListenerMatch.gateway({ portNumber: 443 })).merge('envoy.filters.network.http_connection_manager', {
        typed_config: {
          '@type': `${TYPE}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
          'common_http_protocol_options': { max_headers_count: 50 },
        },
      }),
    ],
  });

  new EnvoyFilter(chart, 'Filters', {
    metadata: metadata('filters', 'shop'),
    workloadSelector: web.selector,
    // Where a filter is put beside others, the order of EnvoyFilters counts.
    priority: -10,
    configPatches: [
      // applyTo: HTTP_FILTER, match.context: SIDECAR_INBOUND, patch.operation: INSERT_FIRST
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound({ portNumber: 8080 })).insertFirst(lua('first', 'function envoy_on_request(handle) end')),
      // match.listener.filterChain.filter.subFilter.name, patch.operation: INSERT_BEFORE
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound({ portNumber: 8080 })).insertBefore(ROUTER, lua('before', 'function envoy_on_request(handle) end')),
      // patch.operation: INSERT_AFTER
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound({ portNumber: 8080 })).insertAfter('first', lua('after', 'function envoy_on_request(handle) end')),
      // match.context: SIDECAR_OUTBOUND, patch.operation: REPLACE
      EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarOutbound({ portNumber: 8080 })).replace('envoy.filters.http.fault', lua('instead-of-faults', 'function envoy_on_request(handle) end')),
      // applyTo: EXTENSION_CONFIG, match.proxy.proxyVersion, metadata
      EnvoyPatch.extensionConfig(
        { name: 'limits', typed_config: { '@type': `${TYPE}.extensions.filters.http.buffer.v3.Buffer`, 'max_request_bytes': 1048576 } },
        { proxyVersion: '^1\\.31.*', proxyMetadata: { CLUSTER_ID: 'Kubernetes' } },
      ),
    ],
  });

  new EnvoyFilter(chart, 'Routes', {
    metadata: metadata('routes', 'edge'),
    workloadSelector: ingress.selector,
    priority: 20,
    configPatches: [
      // applyTo: ROUTE_CONFIGURATION, match.routeConfiguration.name, portNumber, patch.operation: MERGE_AND_REPLACE_LIST
      EnvoyPatch.routeConfiguration(EnvoyRouteMatch.gateway({ name: 'http.80', portNumber: 80 })).mergeAndReplaceList({ internal_only_headers: ['x-internal'] }),
      // match.routeConfiguration.gateway, portName, vhost.name
      EnvoyPatch.virtualHost(EnvoyRouteMatch.gateway({
        gateway: gateways.ingress, portName: 'https-shop-example-com', vhost: { name: 'shop.example.com:443' },
      })).merge({ include_request_attempt_count: true }),
      // applyTo: VIRTUAL_HOST, match.routeConfiguration.vhost.domainName, patch.operation: REPLACE
      EnvoyPatch.virtualHost(EnvoyRouteMatch.gateway({ vhost: { domainName: 'events.example.com' } })).replace({
        name: 'events.example.com:443', domains: ['events.example.com'], routes: [{ match: { prefix: '/' }, direct_response: { status: 410 } }],
      }),
      // applyTo: HTTP_ROUTE, match.routeConfiguration.vhost.route.name, action: ANY
      EnvoyPatch.httpRoute(EnvoyRouteMatch.gateway({
        vhost: { name: 'shop.example.com:443', route: { name: 'retries', action: EnvoyRouteAction.ANY } },
      })).merge({ route: { max_stream_duration: { max_stream_duration: '30s' } } }),
      // match.routeConfiguration.vhost.route.action: ROUTE, REDIRECT, DIRECT_RESPONSE
      ...[EnvoyRouteAction.ROUTE, EnvoyRouteAction.REDIRECT, EnvoyRouteAction.DIRECT_RESPONSE].map(action =>
        EnvoyPatch.httpRoute(EnvoyRouteMatch.gateway({ vhost: { name: 'shop.example.com:443', route: { action } } }))
          .merge({ metadata: { filter_metadata: { 'com.example.shop': { action } } } })),
    ],
  });

  new EnvoyFilter(chart, 'Clusters', {
    metadata: metadata('clusters', 'shop'),
    workloadSelector: web.selector,
    configPatches: [
      // applyTo: CLUSTER, match.context: ANY, match.cluster.service, portNumber, subset
      EnvoyPatch.cluster(EnvoyClusterMatch.any({ service: IstioHost.service(catalogue.service), portNumber: 8080, subset: 'v2' })).merge({ dns_lookup_family: 'V4_ONLY' }),
      // match.cluster.name
      EnvoyPatch.cluster(EnvoyClusterMatch.sidecarOutbound({ name: 'outbound|8080||cart.shop.svc.cluster.local' })).merge({ connect_timeout: '2s' }),
    ],
  });

  new EnvoyFilter(chart, 'TargetRefs', {
    metadata: metadata('public', 'edge'),
    // targetRefs[].group, kind, name
    targets: [PolicyTarget.gateway(publicGateway)],
    configPatches: [EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).insertFirst(lua('public', 'function envoy_on_request(handle) end'))],
  });

  new EnvoyFilter(chart, 'Waypoints', {
    metadata: metadata('waypoints', 'istio-system'),
    priority: 30,
    configPatches: [
      // match.context: WAYPOINT, match.waypoint.portNumber, filter.name, filter.subFilter.name
      EnvoyPatch.httpFilter(EnvoyListenerMatch.waypoint({ portNumber: 8080 })).insertBefore(ROUTER, lua('waypoint', 'function envoy_on_request(handle) end')),
      // match.waypoint.route.name
      EnvoyPatch.httpRoute(EnvoyRouteMatch.waypoint({ route: 'default' })).merge({ metadata: { filter_metadata: { 'com.example.shop': { via: 'waypoint' } } } }),
    ],
  });
}
