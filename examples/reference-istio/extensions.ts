import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { Shop } from './shop';
import {
  ExtensionPhase, PolicyTarget, TrafficExtension, TrafficExtensionFilter, WasmFailStrategy, WasmModule, WasmOptions, WasmPlugin, WasmPullPolicy,
  WasmType, WasmVariable, WorkloadMode,
} from 'cdk8s-mesh';

const REGISTRY = 'registry.example.com/filters';
const SHA256 = '9b1f0d3a5c7e2468ace013579bdf02468ace13579bdf02468ace13579bdf0246';

/** The modules that a TrafficExtension and a WasmPlugin take alike. */
function modules(chart: Chart): { readonly [name: string]: WasmOptions } {
  const pullSecret = Secret.fromSecretName(chart, 'Registry', 'registry-credentials');
  return {
    // url, sha256, imagePullSecret, pluginName, pluginConfig, type: HTTP, failStrategy: FAIL_CLOSE
    'limits': {
      module: WasmModule.oci(`${REGISTRY}/limits:1.4.0`, { sha256: SHA256, imagePullSecret: pullSecret }),
      pluginName: 'limits',
      pluginConfig: { perMinute: 600, key: 'x-user-id' },
      type: WasmType.HTTP,
      failStrategy: WasmFailStrategy.FAIL_CLOSE,
      // vmConfig.env[].name, value, valueFrom: INLINE and HOST
      env: [WasmVariable.inline('STAGE', 'production'), WasmVariable.host('POD_NAME')],
    },
    // imagePullPolicy: Always, failStrategy: FAIL_OPEN
    'banner': {
      module: WasmModule.oci(`${REGISTRY}/banner:latest`, { imagePullPolicy: WasmPullPolicy.ALWAYS }),
      failStrategy: WasmFailStrategy.FAIL_OPEN,
    },
    // imagePullPolicy: IfNotPresent, type: NETWORK, failStrategy: FAIL_RELOAD
    'mqtt-audit': {
      module: WasmModule.http('https://files.example.com/filters/mqtt-audit.wasm', { imagePullPolicy: WasmPullPolicy.IF_NOT_PRESENT }),
      type: WasmType.NETWORK,
      failStrategy: WasmFailStrategy.FAIL_RELOAD,
    },
  };
}

export function extensions(chart: Chart, { web, cart, mqtt, publicGateway }: Shop): void {
  const selectors = { 'limits': web.selector, 'banner': cart.selector, 'mqtt-audit': mqtt.selector };
  // match[].mode, ports[].number; phase; priority
  const placements = {
    'limits': { match: [{ mode: WorkloadMode.SERVER, ports: [8080] }], phase: ExtensionPhase.AUTHZ, priority: 10 },
    'banner': { match: [{ mode: WorkloadMode.CLIENT_AND_SERVER }], phase: ExtensionPhase.STATS, priority: -5 },
    'mqtt-audit': { match: [{ mode: WorkloadMode.CLIENT }], phase: ExtensionPhase.AUTHN },
  };
  const all = modules(chart);
  const names = ['limits', 'banner', 'mqtt-audit'] as const;

  for (const name of names) {
    // selector.matchLabels
    const placed = { metadata: { name, namespace: 'shop' }, selector: selectors[name], ...placements[name] };
    // WasmPlugin, of which TrafficExtension is the successor
    new WasmPlugin(chart, `WasmPlugin-${name}`, { ...placed, ...all[name] });
    // TrafficExtension: wasm
    new TrafficExtension(chart, `TrafficExtension-${name}`, { ...placed, filter: TrafficExtensionFilter.wasm(all[name]) });
  }

  // targetRefs[].group, kind, name
  new WasmPlugin(chart, 'WasmPlugin-public', {
    metadata: { name: 'banner', namespace: 'edge' },
    targets: [PolicyTarget.gateway(publicGateway)],
    module: WasmModule.file('/var/lib/filters/banner.wasm'),
  });
  new TrafficExtension(chart, 'TrafficExtension-public', {
    metadata: { name: 'public', namespace: 'edge' },
    targets: [PolicyTarget.gateway(publicGateway)],
    // lua.inlineCode
    filter: TrafficExtensionFilter.lua('function envoy_on_request(handle)\n  handle:headers():add("x-from", "public")\nend\n'),
  });
}
