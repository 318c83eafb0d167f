import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  ExtensionPhase, IstioMesh, IstioVersion, PolicyTarget, TrafficExtension, TrafficExtensionFilter, TrafficExtensionProps, WasmFailStrategy,
  WasmModule, WasmOptions, WasmPlugin, WasmPluginProps, WasmPullPolicy, WasmType, WasmVariable, WorkloadMode, WorkloadSelector,
} from '../../src';

const wasmModule = WasmModule.oci('ghcr.io/shop/check:1.2.0');
const metadata = { name: 'check', namespace: 'shop' };
const LUA = 'function envoy_on_request(handle)\n  handle:headers():add("x-seen", "1")\nend\n';

function plugin(props: Partial<WasmPluginProps>): unknown {
  const chart = Testing.chart();
  new WasmPlugin(chart, 'Plugin', { metadata, module: wasmModule, ...props });
  return Testing.synth(chart)[0].spec;
}

function extension(props: Partial<TrafficExtensionProps>): unknown {
  const chart = Testing.chart();
  new TrafficExtension(chart, 'Extension', { metadata, filter: TrafficExtensionFilter.lua(LUA), ...props });
  return Testing.synth(chart)[0].spec;
}

const PLACEMENT = {
  selector: WorkloadSelector.labels({ app: 'web' }),
  match: [{ mode: WorkloadMode.SERVER, ports: [8080, 9090] }, { mode: WorkloadMode.CLIENT }, {}],
  phase: ExtensionPhase.AUTHZ,
  priority: -10,
};
const PLACED = {
  selector: { matchLabels: { app: 'web' } },
  match: [{ mode: 'SERVER', ports: [{ number: 8080 }, { number: 9090 }] }, { mode: 'CLIENT' }, {}],
  phase: 'AUTHZ',
  priority: -10,
};
const WASM: WasmOptions = {
  module: wasmModule,
  pluginName: 'check_root',
  pluginConfig: { header: 'x-check', rules: [{ deny: true }], nothing: {} },
  type: WasmType.NETWORK,
  failStrategy: WasmFailStrategy.FAIL_OPEN,
  env: [WasmVariable.inline('LEVEL', 'debug'), WasmVariable.host('POD_NAME')],
};
const RUN = {
  url: 'oci://ghcr.io/shop/check:1.2.0',
  pluginName: 'check_root',
  pluginConfig: { header: 'x-check', rules: [{ deny: true }], nothing: {} },
  type: 'NETWORK',
  failStrategy: 'FAIL_OPEN',
  vmConfig: { env: [{ name: 'LEVEL', valueFrom: 'INLINE', value: 'debug' }, { name: 'POD_NAME', valueFrom: 'HOST' }] },
};

test('a WasmPlugin with every setting', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  const made = new WasmPlugin(chart, 'Plugin', { metadata, ...PLACEMENT, ...WASM });

  // THEN
  expect(made.resourceType).toBe('wasmplugins');
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'extensions.istio.io/v1alpha1', kind: 'WasmPlugin', metadata, spec: { ...PLACED, ...RUN } }]);
});

test('a TrafficExtension runs Wasm with the same words', () => {
  // GIVEN
  const chart = Testing.chart();

  // WHEN
  const made = new TrafficExtension(chart, 'Extension', { metadata, ...PLACEMENT, filter: TrafficExtensionFilter.wasm(WASM) });

  // THEN
  expect(made.resourceType).toBe('trafficextensions');
  expect(Testing.synth(chart)).toEqual([
    { apiVersion: 'extensions.istio.io/v1alpha1', kind: 'TrafficExtension', metadata, spec: { ...PLACED, wasm: RUN } },
  ]);
});

test('a TrafficExtension runs Lua', () => {
  expect(extension({})).toEqual({ lua: { inlineCode: LUA } });
});

test('both are attached to gateways and Services', () => {
  const targets = [PolicyTarget.gatewayName('waypoint')];
  const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' }];
  expect(plugin({ targets })).toEqual({ targetRefs, url: 'oci://ghcr.io/shop/check:1.2.0' });
  expect(extension({ targets })).toEqual({ targetRefs, lua: { inlineCode: LUA } });
});

test('all phases and strategies', () => {
  expect([ExtensionPhase.AUTHN, ExtensionPhase.STATS, WasmFailStrategy.FAIL_CLOSE, WasmFailStrategy.FAIL_RELOAD, WasmType.HTTP]).toEqual(
    ['AUTHN', 'STATS', 'FAIL_CLOSE', 'FAIL_RELOAD', 'HTTP']);
});

describe('a module', () => {
  const sha256 = 'a'.repeat(64);
  const source = (wasm: WasmModule) => plugin({ module: wasm });

  test.each<[string, WasmModule, object]>([
    ['in an image', WasmModule.oci('registry:5000/a/b', { sha256 }), { url: 'oci://registry:5000/a/b', sha256 }],
    ['with the scheme of images', WasmModule.oci(`oci://ghcr.io/a@sha256:${sha256}`), { url: `oci://ghcr.io/a@sha256:${sha256}` }],
    ['pulled always', WasmModule.oci('ghcr.io/a', { imagePullPolicy: WasmPullPolicy.ALWAYS }), { url: 'oci://ghcr.io/a', imagePullPolicy: 'Always' }],
    ['at a URL', WasmModule.http('https://example.com/a.wasm?v=1', { sha256 }), { url: 'https://example.com/a.wasm?v=1', sha256 }],
    ['fetched once', WasmModule.http('http://example.com/a.wasm', { imagePullPolicy: WasmPullPolicy.IF_NOT_PRESENT }),
      { url: 'http://example.com/a.wasm', imagePullPolicy: 'IfNotPresent' }],
    ['in a file', WasmModule.file('/var/local/a.wasm'), { url: 'file:///var/local/a.wasm' }],
  ])('%s', (_, wasm, spec) => {
    expect(source(wasm)).toEqual(spec);
  });

  test('with the Secret of its registry, of this app or of the cluster', () => {
    // GIVEN
    const chart = Testing.chart();
    const own = new Secret(chart, 'Secret', { metadata: { name: 'pull', namespace: 'shop' } });
    const other = new Secret(chart, 'Other', { metadata: { name: 'pull', namespace: 'web' } });
    const named = Secret.fromSecretName(chart, 'Named', 'registry');
    const pulledWith = (secret: Secret | typeof named) => WasmModule.oci('ghcr.io/a', { imagePullSecret: secret });

    // THEN
    expect(source(pulledWith(own))).toEqual({ url: 'oci://ghcr.io/a', imagePullSecret: 'pull' });
    expect(source(pulledWith(named))).toEqual({ url: 'oci://ghcr.io/a', imagePullSecret: 'registry' });
    expect(() => source(pulledWith(other))).toThrow(
      "WasmPlugin 'check': imagePullSecret must be in the namespace of the object, 'shop', got Secret 'pull' in 'web': put a Secret beside the object");
    expect(() => plugin({ metadata: { name: 'check' }, module: pulledWith(other) })).toThrow(
      "WasmPlugin 'check': imagePullSecret must be in the namespace of the object, which it does not name, got Secret 'pull' in 'web'");
  });

  test.each<[string, () => void, string]>([
    ['an image without a registry', () => WasmModule.oci('check:1.2.0'),
      "image of a Wasm module must be written with its registry, as registry.example.com/name:tag, got 'check:1.2.0'"],
    ['another scheme', () => WasmModule.oci('https://example.com/a'), 'image of a Wasm module must be written with its registry'],
    ['no URL', () => WasmModule.http('example.com/a.wasm'),
      "url of a Wasm module must be one of http or https, got 'example.com/a.wasm': for an image use WasmModule.oci, for a file WasmModule.file"],
    ['a URL with a wrong port', () => WasmModule.http('http://example.com:a/a.wasm'), 'url of a Wasm module must be one of http or https'],
    ['a relative path', () => WasmModule.file('a.wasm'), "path of a Wasm module must be absolute, without spaces, '%', '?' and '#', got 'a.wasm'"],
    ['no checksum of an image', () => WasmModule.oci('ghcr.io/a', { sha256: 'A'.repeat(64) }), `sha256 must have 64 lower case hexadecimal digits, got '${'A'.repeat(64)}'`],
    ['no checksum of a URL', () => WasmModule.http('http://a/b', { sha256: 'ab' }), "sha256 must have 64 lower case hexadecimal digits, got 'ab'"],
    ['an empty checksum', () => WasmModule.oci('ghcr.io/a', { sha256: '' }), "sha256 must have 64 lower case hexadecimal digits, got ''"],
    ['a policy beside a digest', () => WasmModule.oci(`ghcr.io/a@sha256:${sha256}`, { imagePullPolicy: WasmPullPolicy.ALWAYS }),
      'imagePullPolicy has no effect on a Wasm module with a checksum, got Always: leave one out'],
    ['a policy beside a checksum', () => WasmModule.http('http://a/b', { sha256, imagePullPolicy: WasmPullPolicy.ALWAYS }),
      'imagePullPolicy has no effect on a Wasm module with a checksum, got Always: leave one out'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('what cannot be', () => {
  const many = Array.from({ length: 257 }, (_, index) => WasmVariable.host(`A${index}`));

  test.each<[string, () => void, string]>([
    ['selector and targets of a WasmPlugin', () => plugin({ selector: PLACEMENT.selector, targets: [PolicyTarget.gatewayName('edge')] }),
      'WasmPlugin takes selector or targets, got both'],
    ['selector and targets of a TrafficExtension', () => extension({ selector: PLACEMENT.selector, targets: [PolicyTarget.gatewayName('edge')] }),
      'TrafficExtension takes selector or targets, got both'],
    ['no ports', () => plugin({ match: [{ ports: [] }] }), "WasmPlugin 'check': ports of a traffic selector must not be empty: leave them out to mean every port"],
    ['a port twice', () => extension({ match: [{ ports: [80, 80] }] }), "TrafficExtension 'check': ports of a traffic selector must differ from each other, got '80' twice"],
    ['no port number', () => plugin({ match: [{ ports: [0] }] }), 'port of a traffic selector must be between 1 and 65535, got 0'],
    ['a priority beyond 32 bits', () => extension({ priority: 2 ** 31 }), "TrafficExtension 'check': priority must be between -2147483648 and 2147483647, got 2147483648"],
    ['an empty plugin name', () => plugin({ pluginName: '' }), 'pluginName must not be empty: leave it out for a module with a single plugin'],
    ['a long plugin name', () => plugin({ pluginName: 'a'.repeat(257) }), 'characters of pluginName must be at most 256, got 257: shorten it'],
    ['a variable twice', () => plugin({ env: [WasmVariable.host('A'), WasmVariable.inline('A', '')] }),
      "environment variables of a Wasm module must differ from each other, got 'A' twice"],
    ['too many variables', () => plugin({ env: many }), 'environment variables of a Wasm module must be at most 256, got 257: leave some out'],
    ['a variable without a name', () => WasmVariable.host(''), 'name of an environment variable must not be empty: pass one'],
    ['a long name', () => WasmVariable.inline('a'.repeat(257), ''), 'characters of the name of an environment variable must be at most 256, got 257: shorten it'],
    ['a long value', () => WasmVariable.inline('A', 'a'.repeat(2049)), "characters of the environment variable 'A' must be at most 2048, got 2049: shorten it"],
    ['much Lua', () => TrafficExtensionFilter.lua(`${LUA}--${'ä'.repeat(32768)}`), 'Lua code must have at most 65536 bytes, got 65614: shorten it, or use a Wasm module'],
    ['Lua without a function that is called', () => TrafficExtensionFilter.lua('x = 1'),
      'Lua code must have a function envoy_on_request or envoy_on_response, got neither: the proxy calls nothing else'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('a TrafficExtension before 1.30, and a strategy before 1.27', () => {
    const chart = Testing.chart();
    new IstioMesh(chart, 'Mesh', { version: IstioVersion.V1_26 });
    expect(() => new TrafficExtension(chart, 'Extension', { filter: TrafficExtensionFilter.lua(LUA) })).toThrow('TrafficExtension is not in Istio 1.26');
    expect(() => new WasmPlugin(chart, 'Plugin', { module: wasmModule, failStrategy: WasmFailStrategy.FAIL_RELOAD })).toThrow("spec.failStrategy 'FAIL_RELOAD' of WasmPlugin");
  });
});

test('lengths are counted in characters, as the API server does', () => {
  expect(WasmVariable.inline('A', '😀'.repeat(2048))._toKube().value).toHaveLength(4096);
  expect(() => WasmVariable.inline('A', '😀'.repeat(2049))).toThrow('must be at most 2048, got 2049');
});
