import { WasmOptions } from './wasm-options';
import { WasmVariable } from './wasm-variable';
import type { TrafficExtensionSpecWasm } from '../imports/extensions.istio.io';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

type Wasm = Manifest<TrafficExtensionSpecWasm>;

const MAX_PLUGIN_NAME = 256;
const MAX_ENV = 256;

/** A Wasm module for an object of a namespace: the same words in WasmPlugin and TrafficExtension. */
export function wasmToKube(options: WasmOptions, namespace: string | undefined): Wasm {
  const { module, pluginName, pluginConfig, type, failStrategy, env } = options;
  const { url, sha256, imagePullPolicy, imagePullSecret } = module._toKube(namespace);
  return {
    url,
    sha256,
    imagePullPolicy,
    imagePullSecret,
    pluginName: pluginName === undefined ? undefined : checkPluginName(pluginName),
    pluginConfig,
    type,
    failStrategy,
    vmConfig: env && { env: envToKube(env) },
  };
}

function checkPluginName(name: string): string {
  if (name === '') {
    throw new Error('pluginName must not be empty: leave it out for a module with a single plugin');
  }
  checkAtMost(MAX_PLUGIN_NAME, [...name].length, 'characters of pluginName', 'shorten it');
  return name;
}

function envToKube(env: readonly WasmVariable[]): NonNullable<Wasm['vmConfig']>['env'] {
  checkAtMost(MAX_ENV, env.length, 'environment variables of a Wasm module', 'leave some out');
  checkUnique(env.map(({ name }) => name), 'environment variables of a Wasm module');
  return env.map(variable => variable._toKube());
}
