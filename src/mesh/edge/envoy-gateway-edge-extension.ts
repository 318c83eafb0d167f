import { cannotEnforce } from './gateway-edge-enforcement';
import type { Extensions, WasmExtension } from '../../envoy-gateway/envoy-extension-policy';
import { TrafficExtensionFilter } from '../../istio/traffic-extension-filter';
import { checkAtMost } from '../../semantics/lists';

type Manifest = ReturnType<TrafficExtensionFilter['_toKube']>;
type Wasm = NonNullable<Manifest['wasm']>;

const MAX_FILTERS = 16;
const OCI = 'oci://';

/** One more filter of your own, after those that Envoy Gateway runs by now. */
export function envoyGatewayExtension(
  gateway: string, namespace: string, { lua = [], wasm = [] }: Extensions, filter: TrafficExtensionFilter,
): Extensions {
  const { lua: script, wasm: module } = filter._toKube(namespace);
  if (module !== undefined) {
    checkAtMost(MAX_FILTERS, wasm.length + 1, `Wasm modules of gateway '${gateway}'`, 'Envoy Gateway takes no more');
    return { wasm: [...wasm, wasmOf(gateway, module)] };
  }
  if (wasm.length > 0) {
    cannotEnforce(gateway, 'run Lua after a Wasm module', 'Envoy Gateway runs Lua first', 'call extend for Lua before');
  }
  checkAtMost(MAX_FILTERS, lua.length + 1, `scripts of Lua of gateway '${gateway}'`, 'Envoy Gateway takes no more');
  return { lua: [...lua, { type: 'Inline', inline: script!.inlineCode }] };
}

function wasmOf(gateway: string, module: Wasm): WasmExtension {
  const { url, sha256, imagePullPolicy, imagePullSecret, pluginName, pluginConfig, failStrategy, vmConfig } = module;
  checkModule(gateway, module);
  const pullSecretRef = imagePullSecret === undefined ? undefined : { kind: 'Secret', name: imagePullSecret };
  return {
    name: pluginName,
    rootID: pluginName,
    code: {
      ...url.startsWith(OCI) ? { type: 'Image', image: { url: url.slice(OCI.length), sha256, pullSecretRef } } : { type: 'HTTP', http: { url, sha256 } },
      pullPolicy: imagePullPolicy as 'IfNotPresent' | 'Always' | undefined,
    },
    config: pluginConfig,
    failOpen: failStrategy === 'FAIL_OPEN' ? true : undefined,
    env: vmConfig?.env && { hostKeys: vmConfig.env.map(({ name }) => name) },
  };
}

function checkModule(gateway: string, { url, type, failStrategy, vmConfig }: Wasm): void {
  const refuse = (what: string, why: string, instead: string) => cannotEnforce(gateway, what, `Envoy Gateway ${why}`, instead);
  if (url.startsWith('file:')) {
    refuse(`run the Wasm module ${url}`, 'fetches modules by itself', 'use WasmModule.oci or WasmModule.http');
  }
  if (type === 'NETWORK') {
    refuse('run a Wasm module for connections', 'runs modules for HTTP only', 'use WasmType.HTTP');
  }
  if (failStrategy === 'FAIL_RELOAD') {
    refuse('start a Wasm module again', 'has no word for it', 'use WasmFailStrategy.FAIL_CLOSE or FAIL_OPEN');
  }
  const inline = vmConfig?.env?.find(({ valueFrom }) => valueFrom !== 'HOST');
  if (inline !== undefined) {
    refuse(`give '${inline.name}' to a Wasm module`, 'lets modules see variables of the proxy only', `set it by environment of the gateway, and pass WasmVariable.host('${inline.name}')`);
  }
}
