import { Testing } from 'cdk8s';
import {
  EnvoyClusterMatch, EnvoyFilter, EnvoyFilterPatch, EnvoyFilterProps, EnvoyListenerMatch, EnvoyPatch, EnvoyRouteAction, EnvoyRouteMatch,
  EnvoyTransportProtocol, IstioGateway, IstioHost, IstioMesh, IstioVersion, PolicyTarget, WorkloadSelector,
} from '../../src';

const metadata = { name: 'lua', namespace: 'shop' };
const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua';
const LUA = { name: 'shop.lua', typed_config: { '@type': TYPE, 'default_source_code': { inline_string: '' } } };
const HCM = 'envoy.filters.network.http_connection_manager';
const ROUTER = 'envoy.filters.http.router';
const TIMEOUT = { connect_timeout: '5s' };

function spec(props: EnvoyFilterProps): any {
  const chart = Testing.chart();
  new EnvoyFilter(chart, 'Filter', { metadata, ...props });
  return Testing.synth(chart)[0].spec;
}

const patch = (made: EnvoyFilterPatch) => spec({ priority: 10, configPatches: [made] }).configPatches[0];

test('an EnvoyFilter of workloads', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  const filter = new EnvoyFilter(chart, 'Filter', { metadata, workloadSelector: WorkloadSelector.labels({ app: 'web' }), priority: -5 });
  filter.addPatch(EnvoyPatch.httpFilter(EnvoyListenerMatch.sidecarInbound()).insertBefore(ROUTER, LUA));

  // THEN
  expect(filter.resourceType).toBe('envoyfilters');
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata,
    spec: {
      workloadSelector: { labels: { app: 'web' } },
      priority: -5,
      configPatches: [{
        applyTo: 'HTTP_FILTER',
        match: { context: 'SIDECAR_INBOUND', listener: { filterChain: { filter: { name: HCM, subFilter: { name: ROUTER } } } } },
        patch: { operation: 'INSERT_BEFORE', value: LUA },
      }],
    },
  }]);
});

test('an EnvoyFilter of gateways', () => {
  const targets = [PolicyTarget.gatewayName('edge')];
  expect(spec({ targets, configPatches: [EnvoyPatch.cluster().merge(TIMEOUT)] })).toEqual({
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
    configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'MERGE', value: TIMEOUT } }],
  });
});

test('one without a patch is refused at synthesis', () => {
  const filter = new EnvoyFilter(Testing.chart(), 'Filter', { metadata });
  expect(filter.node.validate()).toEqual(["EnvoyFilter 'lua' needs a patch: pass configPatches, or call addPatch"]);
  filter.addPatch(EnvoyPatch.cluster().merge(TIMEOUT));
  expect(filter.node.validate()).toEqual([]);
});

describe('what can be done, and to what', () => {
  const vhost = EnvoyRouteMatch.any({ vhost: { domainName: 'example.com' } });
  const route = EnvoyRouteMatch.any({ vhost: { route: { name: 'web' } } });
  const routed = { context: 'ANY', routeConfiguration: { vhost: { route: { name: 'web' } } } };

  test.each<[string, EnvoyFilterPatch, unknown, unknown]>([
    ['LISTENER', EnvoyPatch.listener(EnvoyListenerMatch.gateway()).add(TIMEOUT), { context: 'GATEWAY' }, { operation: 'ADD', value: TIMEOUT }],
    ['LISTENER', EnvoyPatch.listener().remove(), undefined, { operation: 'REMOVE' }],
    ['FILTER_CHAIN', EnvoyPatch.filterChain(EnvoyListenerMatch.any({ name: 'virtualInbound' })).add(TIMEOUT),
      { context: 'ANY', listener: { name: 'virtualInbound' } }, { operation: 'ADD', value: TIMEOUT }],
    ['FILTER_CHAIN', EnvoyPatch.filterChain().mergeAndReplaceList(TIMEOUT), undefined, { operation: 'MERGE_AND_REPLACE_LIST', value: TIMEOUT }],
    ['LISTENER_FILTER', EnvoyPatch.listenerFilter().add(LUA), { context: 'ANY' }, { operation: 'ADD', value: LUA }],
    ['LISTENER_FILTER', EnvoyPatch.listenerFilter(EnvoyListenerMatch.any({ portNumber: 15006 })).insertAfter('envoy.filters.listener.tls_inspector', LUA),
      { context: 'ANY', listener: { portNumber: 15006, listenerFilter: 'envoy.filters.listener.tls_inspector' } }, { operation: 'INSERT_AFTER', value: LUA }],
    ['NETWORK_FILTER', EnvoyPatch.networkFilter().insertFirst(LUA), { context: 'ANY' }, { operation: 'INSERT_FIRST', value: LUA }],
    ['NETWORK_FILTER', EnvoyPatch.networkFilter(EnvoyListenerMatch.any({ filterChain: { sni: 'a' } })).merge(HCM, { typed_config: { '@type': TYPE } }),
      { context: 'ANY', listener: { filterChain: { sni: 'a', filter: { name: HCM } } } }, { operation: 'MERGE', value: { typed_config: { '@type': TYPE } } }],
    ['HTTP_FILTER', EnvoyPatch.httpFilter().insertFirst(LUA),
      { context: 'ANY', listener: { filterChain: { filter: { name: HCM } } } }, { operation: 'INSERT_FIRST', value: LUA }],
    ['HTTP_FILTER', EnvoyPatch.httpFilter(EnvoyListenerMatch.waypoint()).replace('istio.stats', LUA),
      { context: 'WAYPOINT', waypoint: { filter: { name: HCM, subFilter: { name: 'istio.stats' } } } }, { operation: 'REPLACE', value: LUA }],
    ['HTTP_FILTER', EnvoyPatch.httpFilter(EnvoyListenerMatch.gateway()).remove('istio.stats'),
      { context: 'GATEWAY', listener: { filterChain: { filter: { name: HCM, subFilter: { name: 'istio.stats' } } } } }, { operation: 'REMOVE' }],
    ['ROUTE_CONFIGURATION', EnvoyPatch.routeConfiguration(EnvoyRouteMatch.sidecarOutbound({ name: 'http_proxy' })).merge(TIMEOUT),
      { context: 'SIDECAR_OUTBOUND', routeConfiguration: { name: 'http_proxy' } }, { operation: 'MERGE', value: TIMEOUT }],
    ['VIRTUAL_HOST', EnvoyPatch.virtualHost(EnvoyRouteMatch.gateway()).add(TIMEOUT), { context: 'GATEWAY' }, { operation: 'ADD', value: TIMEOUT }],
    ['VIRTUAL_HOST', EnvoyPatch.virtualHost(vhost).replace(TIMEOUT),
      { context: 'ANY', routeConfiguration: { vhost: { domainName: 'example.com' } } }, { operation: 'REPLACE', value: TIMEOUT }],
    ['HTTP_ROUTE', EnvoyPatch.httpRoute(vhost).add(TIMEOUT),
      { context: 'ANY', routeConfiguration: { vhost: { domainName: 'example.com' } } }, { operation: 'ADD', value: TIMEOUT }],
    ['HTTP_ROUTE', EnvoyPatch.httpRoute().insertFirst(TIMEOUT), undefined, { operation: 'INSERT_FIRST', value: TIMEOUT }],
    ['HTTP_ROUTE', EnvoyPatch.httpRoute(route).insertBefore(TIMEOUT), routed, { operation: 'INSERT_BEFORE', value: TIMEOUT }],
    ['HTTP_ROUTE', EnvoyPatch.httpRoute(route).insertAfter(TIMEOUT), routed, { operation: 'INSERT_AFTER', value: TIMEOUT }],
    ['HTTP_ROUTE', EnvoyPatch.httpRoute(route).remove(), routed, { operation: 'REMOVE' }],
    ['CLUSTER', EnvoyPatch.cluster(EnvoyClusterMatch.gateway()).add(TIMEOUT), { context: 'GATEWAY' }, { operation: 'ADD', value: TIMEOUT }],
    ['CLUSTER', EnvoyPatch.cluster().remove(), undefined, { operation: 'REMOVE' }],
    ['EXTENSION_CONFIG', EnvoyPatch.extensionConfig(LUA), undefined, { operation: 'ADD', value: LUA }],
    ['EXTENSION_CONFIG', EnvoyPatch.extensionConfig({ name: 'a', typedConfig: { '@type': TYPE } }, { proxyMetadata: { CLUSTER_ID: 'a' } }),
      { proxy: { metadata: { CLUSTER_ID: 'a' } } }, { operation: 'ADD', value: { name: 'a', typedConfig: { '@type': TYPE } } }],
  ])('%s (%#)', (applyTo, made, match, done) => {
    expect(patch(made)).toEqual({ applyTo, ...match !== undefined && { match }, patch: done });
  });
});

describe('matches', () => {
  const listener = (match: EnvoyListenerMatch) => patch(EnvoyPatch.filterChain(match).merge(TIMEOUT)).match;
  const routes = (match: EnvoyRouteMatch) => patch(EnvoyPatch.httpRoute(match).merge(TIMEOUT)).match;
  const cluster = (match: EnvoyClusterMatch) => patch(EnvoyPatch.cluster(match).merge(TIMEOUT)).match;
  const proxies = { proxyVersion: '^1\\.31.*', proxyMetadata: { NAMESPACE: 'shop' } };
  const proxy = { proxyVersion: '^1\\.31.*', metadata: { NAMESPACE: 'shop' } };

  test('listeners, with everything', () => {
    expect(listener(EnvoyListenerMatch.sidecarInbound({
      ...proxies,
      name: 'virtualInbound',
      portNumber: 8080,
      filterChain: {
        name: 'tls', sni: 'example.com', transportProtocol: EnvoyTransportProtocol.TLS, applicationProtocols: ['h2', 'http/1.1'], destinationPort: 8443,
      },
    }))).toEqual({
      context: 'SIDECAR_INBOUND',
      proxy,
      listener: {
        name: 'virtualInbound',
        portNumber: 8080,
        filterChain: { name: 'tls', sni: 'example.com', transportProtocol: 'tls', applicationProtocols: 'h2,http/1.1', destinationPort: 8443 },
      },
    });
    expect(EnvoyTransportProtocol.RAW_BUFFER).toBe('raw_buffer');
    expect(listener(EnvoyListenerMatch.sidecarOutbound())).toEqual({ context: 'SIDECAR_OUTBOUND' });
    expect(listener(EnvoyListenerMatch.waypoint({ ...proxies, portNumber: 80 }))).toEqual({ context: 'WAYPOINT', proxy, waypoint: { portNumber: 80 } });
  });

  test('routes, with everything', () => {
    const gateway = new IstioGateway(Testing.chart(), 'Gateway', { metadata: { name: 'edge', namespace: 'infra' }, selector: WorkloadSelector.labels({ istio: 'edge' }) });
    expect(routes(EnvoyRouteMatch.gateway({
      ...proxies,
      name: 'https.443.https.edge.infra',
      portNumber: 443,
      portName: 'https',
      gateway,
      vhost: { name: 'example.com:443', domainName: 'example.com', route: { name: 'web', action: EnvoyRouteAction.ROUTE } },
    }))).toEqual({
      context: 'GATEWAY',
      proxy,
      routeConfiguration: {
        name: 'https.443.https.edge.infra',
        portNumber: 443,
        portName: 'https',
        gateway: 'infra/edge',
        vhost: { name: 'example.com:443', domainName: 'example.com', route: { name: 'web', action: 'ROUTE' } },
      },
    });
    expect(routes(EnvoyRouteMatch.sidecarInbound())).toEqual({ context: 'SIDECAR_INBOUND' });
    expect(routes(EnvoyRouteMatch.waypoint({ ...proxies, portNumber: 80, route: 'default' }))).toEqual({
      context: 'WAYPOINT', proxy, waypoint: { portNumber: 80, route: { name: 'default' } },
    });
    expect([EnvoyRouteAction.ANY, EnvoyRouteAction.REDIRECT, EnvoyRouteAction.DIRECT_RESPONSE]).toEqual(['ANY', 'REDIRECT', 'DIRECT_RESPONSE']);
  });

  test('clusters, with everything', () => {
    const options = { ...proxies, portNumber: 8080, service: IstioHost.serviceName('web', 'shop'), subset: 'v1' };
    expect(cluster(EnvoyClusterMatch.sidecarOutbound(options))).toEqual({
      context: 'SIDECAR_OUTBOUND', proxy, cluster: { portNumber: 8080, service: 'web.shop.svc.cluster.local', subset: 'v1' },
    });
    expect(cluster(EnvoyClusterMatch.any({ name: 'PassthroughCluster' }))).toEqual({ context: 'ANY', cluster: { name: 'PassthroughCluster' } });
    expect(cluster(EnvoyClusterMatch.sidecarInbound())).toEqual({ context: 'SIDECAR_INBOUND' });
    expect(cluster(EnvoyClusterMatch.waypoint({ proxyVersion: '1' }))).toEqual({ context: 'WAYPOINT', proxy: { proxyVersion: '1' }, waypoint: {} });
  });
});

describe('what cannot be', () => {
  const chained = EnvoyListenerMatch.any({ filterChain: { name: 'a' } });
  const vhost = EnvoyRouteMatch.any({ vhost: { name: 'a' } });
  const route = EnvoyRouteMatch.any({ vhost: { route: {} } });
  const wrong = (value: object) => EnvoyPatch.cluster().merge({ ...value });

  test.each<[string, () => void, string]>([
    ['selector and targets', () => spec({ workloadSelector: WorkloadSelector.labels({ a: 'b' }), targets: [PolicyTarget.gatewayName('edge')] }),
      'EnvoyFilter takes selector or targets, got both'],
    ['a priority beyond 32 bits', () => spec({ priority: 2 ** 31 }), "priority of EnvoyFilter 'lua' must be between -2147483648 and 2147483647, got 2147483648"],
    ['what depends on the order, without one', () => spec({ configPatches: [EnvoyPatch.httpFilter().insertBefore(ROUTER, LUA)] }),
      "INSERT_BEFORE of HTTP_FILTER depends on the order of EnvoyFilters: pass priority to EnvoyFilter 'lua', " +
      'below 0 to go before those without one, above 0 to go after'],
    ['a priority that is none', () => spec({ priority: 0, configPatches: [EnvoyPatch.cluster().remove()] }), 'REMOVE of CLUSTER depends on the order of EnvoyFilters'],
    ['no patch', () => {
      const chart = Testing.chart(); new EnvoyFilter(chart, 'Filter', { metadata }); chart.node.root.node.findAll()
        .flatMap(at => at.node.validate()).forEach(message => { throw new Error(message); });
    },
    "EnvoyFilter 'lua' needs a patch: pass configPatches, or call addPatch"],
    ['filter chains of a listener', () => EnvoyPatch.listener(chained),
      'a patch of LISTENER is for all of it, got filterChain in its match, which has no effect: leave that out'],
    ['filter chains of a listener filter', () => EnvoyPatch.listenerFilter(chained),
      'a patch of LISTENER_FILTER is for whole listeners, got filterChain in its match, which has no effect: leave that out'],
    ['virtual hosts of a route configuration', () => EnvoyPatch.routeConfiguration(vhost), 'a patch of ROUTE_CONFIGURATION is for all of it, got vhost in its match'],
    ['routes of a virtual host', () => EnvoyPatch.virtualHost(route), 'a patch of VIRTUAL_HOST is for all of it, got route in its match'],
    ['a listener beside listeners', () => EnvoyPatch.listener(EnvoyListenerMatch.any({ portNumber: 80 })).add(TIMEOUT),
      'ADD of LISTENER does not look at listeners of the match: leave that out'],
    ['a filter chain beside some', () => EnvoyPatch.filterChain(chained).add(TIMEOUT), 'ADD of FILTER_CHAIN does not look at filterChain of the match: leave that out'],
    ['a virtual host beside some', () => EnvoyPatch.virtualHost(vhost).add(TIMEOUT), 'ADD of VIRTUAL_HOST does not look at vhost of the match: leave that out'],
    ['a route beside some', () => EnvoyPatch.httpRoute(route).add(TIMEOUT), 'ADD of HTTP_ROUTE does not look at route of the match: leave that out'],
    ['a cluster beside some', () => EnvoyPatch.cluster(EnvoyClusterMatch.any({ name: 'a' })).add(TIMEOUT), 'ADD of CLUSTER does not look at clusters of the match'],
    ['a cluster beside those of a port', () => EnvoyPatch.cluster(EnvoyClusterMatch.waypoint({ portNumber: 80 })).add(TIMEOUT), 'ADD of CLUSTER does not look at clusters'],
    ['a listener beside those of a port', () => EnvoyPatch.listener(EnvoyListenerMatch.waypoint({ portNumber: 80 })).add(TIMEOUT), 'ADD of LISTENER does not look at'],
    ['a route before none', () => EnvoyPatch.httpRoute(vhost).insertBefore(TIMEOUT),
      'INSERT_BEFORE of HTTP_ROUTE needs a route in the match: pass vhost.route, or use insertFirst'],
    ['a route after none', () => EnvoyPatch.httpRoute().insertAfter(TIMEOUT), 'INSERT_AFTER of HTTP_ROUTE needs a route in the match: pass vhost.route, or use add'],
    ['a filter after the last', () => EnvoyPatch.httpFilter().insertAfter(ROUTER, LUA),
      "INSERT_AFTER of HTTP_FILTER cannot put a filter after 'envoy.filters.http.router', which Envoy takes only as the last: use insertBefore"],
    ['listener filters of waypoints', () => EnvoyPatch.listenerFilter(EnvoyListenerMatch.waypoint()).remove('a.b.c'),
      "listener filter 'a.b.c' cannot be named for waypoints: use EnvoyListenerMatch.sidecarInbound"],
    ['no filter', () => EnvoyPatch.httpFilter().remove(''), 'filter of REMOVE of HTTP_FILTER must not be empty: pass its name, such as envoy.filters.http.router'],
    ['an old name', () => EnvoyPatch.httpFilter().insertBefore('envoy.router', LUA),
      "filter of INSERT_BEFORE of HTTP_FILTER must be named as istiod names it, got the older 'envoy.router': use the name that begins with envoy.filters"],
    ['a filter without a name', () => EnvoyPatch.httpFilter().insertFirst({ typed_config: LUA.typed_config }),
      'value of INSERT_FIRST of HTTP_FILTER needs the name of the filter, got undefined: pass name'],
    ['a filter without settings', () => EnvoyPatch.networkFilter().replace('a.b.c', { name: 'a' }),
      "value of REPLACE of NETWORK_FILTER needs the settings of 'a' with their type: pass typed_config or config_discovery"],
    ['an extension to be found elsewhere', () => EnvoyPatch.extensionConfig({ name: 'a', config_discovery: {} }),
      "value of ADD of EXTENSION_CONFIG needs the settings of 'a' with their type: pass typed_config"],
    ['an empty value', () => wrong({}), 'value of MERGE of CLUSTER must not be empty: say what is to be changed'],
    ['no type', () => wrong({ transport_socket: [{ typed_config: { sni: 'a' } }] }),
      "value of MERGE of CLUSTER.transport_socket[0].typed_config needs the type of what it holds, got undefined: pass '@type', such as"],
    ['no type of settings that are none', () => wrong({ typedConfig: null }), 'value of MERGE of CLUSTER.typedConfig needs the type of what it holds, got undefined'],
    ['no type by name', () => wrong({ typed_extension_protocol_options: { http: {} } }),
      "value of MERGE of CLUSTER.typed_extension_protocol_options['http'] needs the type of what it holds, got undefined"],
    ['no type in a list by name', () => wrong({ filters: [1, null, { typed_per_filter_config: { lua: { '@type': '' } } }] }),
      "value of MERGE of CLUSTER.filters[2].typed_per_filter_config['lua'] needs the type of what it holds, got \"\""],
    ['an old type', () => wrong({ typed_config: { '@type': 'type.googleapis.com/envoy.config.filter.http.lua.v2.Lua' } }),
      "value of MERGE of CLUSTER.typed_config must have a type of Envoy's v3 API, got 'type.googleapis.com/envoy.config.filter.http.lua.v2.Lua'"],
    ['a name of a cluster beside its port', () => EnvoyClusterMatch.any({ name: 'a', portNumber: 80 }),
      "name of a cluster match stands alone, got 'a' beside others: istiod would look at the name only, leave the others out"],
    ['a Gateway without a namespace', () => EnvoyRouteMatch.gateway({ gateway: { name: 'edge' } }),
      "gateway 'edge' of a route match needs its namespace, got none: give the Gateway one"],
    ['no port of a listener', () => EnvoyListenerMatch.any({ portNumber: 0 }), 'portNumber of a listener match must be between 1 and 65535, got 0'],
    ['no port of a filter chain', () => EnvoyListenerMatch.any({ filterChain: { destinationPort: 70000 } }),
      'destinationPort of a filter chain match must be between 1 and 65535, got 70000'],
    ['no port of routes', () => EnvoyRouteMatch.any({ portNumber: 0 }), 'portNumber of a route match must be between 1 and 65535, got 0'],
    ['no port of a cluster', () => EnvoyClusterMatch.any({ portNumber: 0 }), 'portNumber of a cluster match must be between 1 and 65535, got 0'],
    ['no port of a waypoint', () => EnvoyRouteMatch.waypoint({ portNumber: 0 }), 'portNumber of a waypoint match must be between 1 and 65535, got 0'],
    ['no RE2', () => EnvoyListenerMatch.any({ proxyVersion: '(?=1)' }), "proxyVersion must be an RE2 pattern, got '(?=' in '(?=1)'"],
    ['a long pattern', () => EnvoyListenerMatch.any({ proxyVersion: 'a'.repeat(1025) }), 'proxyVersion must have at most 1024 characters, got 1025'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[IstioVersion, EnvoyFilterPatch, string]>([
    [IstioVersion.V1_30, EnvoyPatch.cluster().mergeAndReplaceList(TIMEOUT), "spec.configPatches[1].patch.operation 'MERGE_AND_REPLACE_LIST' of EnvoyFilter"],
    [IstioVersion.V1_28, EnvoyPatch.cluster(EnvoyClusterMatch.waypoint()).merge(TIMEOUT), 'of EnvoyFilter'],
    [IstioVersion.V1_24, EnvoyPatch.virtualHost(EnvoyRouteMatch.any({ vhost: { domainName: 'a' } })).merge(TIMEOUT), 'vhost.domainName of EnvoyFilter'],
  ])('%s lacks it', (version, made, message) => {
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { version });
    const filter = new EnvoyFilter(chart, 'Filter', { configPatches: [EnvoyPatch.cluster().merge(TIMEOUT)] });
    expect(() => filter.addPatch(made)).toThrow(message);
  });
});
