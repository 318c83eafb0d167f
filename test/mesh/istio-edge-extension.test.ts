import { Door, OWN, PROVISIONED } from './istio-edge-gateway';
import { IstioVersion, TrafficExtensionFilter, WasmFailStrategy, WasmModule } from '../../src';

const CODE = 'function envoy_on_request(handle) end';
const LUA = TrafficExtensionFilter.lua(CODE);
const WASM = TrafficExtensionFilter.wasm({ module: WasmModule.file('/opt/check.wasm'), failStrategy: WasmFailStrategy.FAIL_OPEN });
const older = () => new Door(OWN, {}, { version: IstioVersion.V1_29 });

test('those that are said first have the higher priority', () => {
  const door = new Door(PROVISIONED);
  door.gateway.edge.extend(LUA).extend(WASM).extend(LUA);
  const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'door' }];
  const made = door.all('TrafficExtension');
  expect(made.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([['edge', 'door-extension'], ['edge', 'door-extension-2'], ['edge', 'door-extension-3']]);
  expect(made.map(({ spec }) => spec)).toEqual([
    { targetRefs, priority: 0, lua: { inlineCode: CODE } },
    { targetRefs, priority: -1, wasm: { url: 'file:///opt/check.wasm', failStrategy: 'FAIL_OPEN' } },
    { targetRefs, priority: -2, lua: { inlineCode: CODE } },
  ]);
});

test('an older release has Wasm in an object of its own, and Lua as a filter of Envoy after it', () => {
  const door = older();
  door.gateway.edge.extend(WASM).extend(LUA).extend(LUA);
  const [{ metadata, spec }] = door.all('WasmPlugin');
  expect([metadata.name, spec]).toEqual([
    'door-extension',
    { selector: { matchLabels: { app: 'door', istio: 'door' } }, priority: 0, url: 'file:///opt/check.wasm', failStrategy: 'FAIL_OPEN' },
  ]);
  expect(door.all('EnvoyFilter').map(filter => [filter.metadata.name, filter.spec.priority])).toEqual([['door-extension-2', 101], ['door-extension-3', 102]]);
  expect(door.filter()).toEqual({ '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua', 'default_source_code': { inline_string: CODE } });
  expect(door.all('TrafficExtension')).toEqual([]);
});

test('an older release cannot run Wasm after Lua', () => {
  const { edge } = older().gateway;
  edge.extend(LUA);
  expect(() => edge.extend(WASM)).toThrow(
    "gateway 'door' cannot run a Wasm module after Lua: proxies of Istio before 1.30 run it before; extend it by the Wasm module first");
});
