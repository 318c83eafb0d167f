import { Chart } from 'cdk8s';
import { impossible, Rows, throws } from './row';
import {
  EnvoyClusterMatch, EnvoyFilter, EnvoyListenerMatch, EnvoyPatch, ExtensionProvider, MetricsOverride, MetricTagOverride, ProxyConfig,
  TelemetryAccessLogging, TelemetryTracing, TracingTag, WasmModule, WasmPlugin, WasmVariable, WorkloadSelector,
} from '../../../src';

const provider = ExtensionProvider.named('a');
const LUA = { name: 'a', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' } };
const clusters = (proxyVersion: string) => (chart: Chart) =>
  new EnvoyFilter(chart, 'A', { configPatches: [EnvoyPatch.cluster(EnvoyClusterMatch.any({ proxyVersion })).merge({})] });

/** Rules of Telemetry, extensions, ProxyConfigs and EnvoyFilters. */
export const OTHERS: Rows = {
  'tracing is said once': impossible('`TelemetryProps.tracing` is one `TelemetryTracing`',
    'new Telemetry(chart, "A", { tracing: [TelemetryTracing.to(ExtensionProvider.named("a")), TelemetryTracing.to(ExtensionProvider.named("b"))] })'),
  'tracing has one provider': impossible('`TelemetryTracing.to` takes one',
    'TelemetryTracing.to([ExtensionProvider.named("a"), ExtensionProvider.named("b")])'),
  'a tag to override has a name': throws(() => MetricsOverride.all({ tagOverrides: { '': MetricTagOverride.remove() } }),
    'name of a tag in the override of ALL_METRICS must not be empty: give it a name'),
  'a tag of traces has a name': throws(() => TelemetryTracing.to(provider, { customTags: { '': TracingTag.literal('a') } }),
    'name of a tag in customTags must not be empty: give it a name'),
  'a filter of access logs is an expression': throws(() => TelemetryAccessLogging.to([provider], { filter: 'response.code >=' }),
    'filter of an access log must be an expression of CEL, got \'response.code >=\': unexpected token: EOF'),
  'names in the environment of a module are unique': throws(
    chart => new WasmPlugin(chart, 'A', {
      module: WasmModule.oci('registry.example.com/a:1'),
      env: [WasmVariable.host('A'), WasmVariable.inline('B', 'x'), WasmVariable.inline('A', 'y')],
    }),
    'WasmPlugin \'shop-a-c8432d55\': environment variables of a Wasm module must differ from each other, got \'A\' twice: leave one out'),
  'the concurrency of a proxy is not negative': throws(chart => new ProxyConfig(chart, 'A', { concurrency: -1 }),
    'concurrency of a ProxyConfig must be between 0 and 2147483647, got -1'),
  'a patch is there': impossible(
    'each method of the operations that `EnvoyPatch` gives makes a whole patch, and `EnvoyFilterProps.configPatches` takes no other',
    'new EnvoyFilter(chart, "A", { configPatches: [EnvoyPatch.cluster()] })'),
  'a patch is applied to something': impossible('each factory of `EnvoyPatch` says to what',
    'new EnvoyFilter(chart, "A", { configPatches: [EnvoyPatch.of("", {})] })'),
  'a patch does something': impossible('each method of the operations that `EnvoyPatch` gives is one',
    'new EnvoyFilter(chart, "A", { configPatches: [EnvoyPatch.cluster()] })'),
  'a patch that adds has a value': impossible('`EnvoyItemOperations.add` takes it', 'EnvoyPatch.cluster().add()'),
  'a merge has a value': impossible('`EnvoyObjectOperations.merge` takes it', 'EnvoyPatch.cluster().merge()'),
  'a selector of an EnvoyFilter selects some workloads': throws(() => WorkloadSelector.labels({}),
    'a workload selector needs at least one label, got none: leave the selector out to mean every workload'),
  'the version of a proxy is matched by a pattern': throws(clusters('('),
    'proxyVersion must be an RE2 pattern, got \'(\': a bracket or an operator has no counterpart'),
  'the pattern for the version of a proxy is short': throws(clusters('a'.repeat(1025)),
    'proxyVersion must have at most 1024 characters, got 1025'),
  'a match of a cluster is for clusters': impossible('`EnvoyPatch.cluster` takes an `EnvoyClusterMatch`',
    'EnvoyPatch.cluster(EnvoyListenerMatch.any({ portNumber: 80 }))'),
  'a match of a listener is for listeners': impossible('`EnvoyPatch.httpFilter` takes an `EnvoyListenerMatch`',
    'EnvoyPatch.httpFilter(EnvoyClusterMatch.any({ name: "a" }))'),
  'a match of a route is for routes': impossible('`EnvoyPatch.httpRoute` takes an `EnvoyRouteMatch`',
    'EnvoyPatch.httpRoute(EnvoyClusterMatch.any({ name: "a" }))'),
  'a match of a filter is for filters': impossible(
    '`EnvoyFilterChainMatch` names no filter: the operations of `EnvoyPatch.networkFilter` and `EnvoyPatch.httpFilter` do',
    'EnvoyPatch.listener(EnvoyListenerMatch.any({ filterChain: { filter: { name: "a" } } }))'),
  'a match of a filter has its name': throws(() => EnvoyPatch.networkFilter().merge('', LUA),
    'filter of MERGE of NETWORK_FILTER must not be empty: pass its name, such as envoy.filters.http.router'),
  'a match of a filter within is for HTTP filters': impossible('`EnvoyPatch.networkFilter` names network filters only',
    'EnvoyPatch.networkFilter().merge({ name: "a", subFilter: "b" }, {})'),
  'a match of a filter within is in the HTTP connection manager': impossible('`EnvoyPatch.httpFilter` writes it',
    'EnvoyPatch.httpFilter().merge({ name: "a", subFilter: "b" }, {})'),
  'a match of a filter within has its name': throws(() => EnvoyPatch.httpFilter().merge('', LUA),
    'filter of MERGE of HTTP_FILTER must not be empty: pass its name, such as envoy.filters.http.router'),
  'the place of a patch among others is said': throws(
    chart => new EnvoyFilter(chart, 'A', { configPatches: [EnvoyPatch.httpFilter().insertBefore('a', LUA)] }),
    'INSERT_BEFORE of HTTP_FILTER depends on the order of EnvoyFilters: pass priority to EnvoyFilter \'shop-a-c8432d55\', below 0 to go ' +
    'before those without one, above 0 to go after'),
  'the configuration of a filter has its type': throws(
    () => EnvoyPatch.httpFilter(EnvoyListenerMatch.any({ portNumber: 80 })).insertFirst({ name: 'a', typed_config: {} }),
    'value of INSERT_FIRST of HTTP_FILTER.typed_config needs the type of what it holds, got undefined: pass \'@type\', such as ' +
    'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua'),
};
