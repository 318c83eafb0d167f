import type { WasmPluginSpecVmConfigEnv } from '../imports/extensions.istio.io';
import { checkAtMost } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

// The API server counts characters, not units of UTF-16.
const MAX_NAME = 256;
const MAX_VALUE = 2048;

/**
 * An environment variable of the machine that runs a Wasm module.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/#EnvVar
 */
export class WasmVariable {
  /**
   * A variable with a value.
   *
   * @param name the name, 1 to 256 characters
   * @param value the value, at most 2048 characters
   * @throws when one is too long, or the name is empty
   */
  public static inline(name: string, value: string): WasmVariable {
    checkAtMost(MAX_VALUE, [...value].length, `characters of the environment variable '${name}'`, 'shorten it');
    return new WasmVariable(checkName(name), { valueFrom: 'INLINE', value });
  }

  /**
   * A variable that has the value that it has for the proxy.
   *
   * @param name the name, 1 to 256 characters
   * @throws when it is too long or empty
   */
  public static host(name: string): WasmVariable {
    return new WasmVariable(checkName(name), { valueFrom: 'HOST' });
  }

  private constructor(
    /** The name. */
    public readonly name: string,
    private readonly source: Omit<Manifest<WasmPluginSpecVmConfigEnv>, 'name'>,
  ) {}

  /** @internal */
  public _toKube(): Manifest<WasmPluginSpecVmConfigEnv> {
    return { name: this.name, valueFrom: this.source.valueFrom, value: this.source.value };
  }
}

function checkName(name: string): string {
  if (name === '') {
    throw new Error('name of an environment variable must not be empty: pass one');
  }
  checkAtMost(MAX_NAME, [...name].length, 'characters of the name of an environment variable', 'shorten it');
  return name;
}
