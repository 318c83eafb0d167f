import { wasmToKube } from './wasm-manifest';
import { WasmOptions } from './wasm-options';
import type { TrafficExtensionSpec } from '../imports/extensions.istio.io';
import { Manifest } from '../semantics/manifest';

/** The largest script, in bytes. */
const MAX_LUA = 65536;
const CALLED = /\benvoy_on_(request|response)\b/;

/**
 * What a TrafficExtension runs.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/traffic-extension/
 */
export class TrafficExtensionFilter {
  /** A Wasm module. */
  public static wasm(options: WasmOptions): TrafficExtensionFilter {
    return new TrafficExtensionFilter(options, undefined);
  }

  /**
   * A script of Lua for requests and responses of HTTP.
   *
   * @param inlineCode the script, at most 64 KiB, with a function `envoy_on_request`, `envoy_on_response`, or both
   * @throws when it is too long, or has neither of the functions
   * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/lua_filter
   */
  public static lua(inlineCode: string): TrafficExtensionFilter {
    const length = Buffer.byteLength(inlineCode);
    if (length > MAX_LUA) {
      throw new Error(`Lua code must have at most ${MAX_LUA} bytes, got ${length}: shorten it, or use a Wasm module`);
    }
    if (!CALLED.test(inlineCode)) {
      throw new Error('Lua code must have a function envoy_on_request or envoy_on_response, got neither: the proxy calls nothing else');
    }
    return new TrafficExtensionFilter(undefined, inlineCode);
  }

  private constructor(
    /** @internal */
    public readonly _wasm: WasmOptions | undefined,
    /** @internal */
    public readonly _lua: string | undefined,
  ) {}

  /** @internal */
  public _toKube(namespace: string | undefined): Pick<Manifest<TrafficExtensionSpec>, 'wasm' | 'lua'> {
    return this._wasm ? { wasm: wasmToKube(this._wasm, namespace) } : { lua: { inlineCode: this._lua! } };
  }
}
