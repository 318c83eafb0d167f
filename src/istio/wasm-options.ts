import { WasmModule } from './wasm-module';
import { WasmVariable } from './wasm-variable';

/** What becomes of traffic while a Wasm module cannot be fetched or fails. */
export enum WasmFailStrategy {
  /** It is refused: the word to use for what guards. */
  FAIL_CLOSE = 'FAIL_CLOSE',
  /** It passes as if the module were not there. */
  FAIL_OPEN = 'FAIL_OPEN',
  /** The module is started again, as soon as it failed; what it cannot take is refused. Istio 1.27 and later. */
  FAIL_RELOAD = 'FAIL_RELOAD',
}

/** What a Wasm module is written for. */
export enum WasmType {
  /** Requests and responses of HTTP. */
  HTTP = 'HTTP',
  /** Connections. */
  NETWORK = 'NETWORK',
}

/** A Wasm module as proxies run it. */
export interface WasmOptions {
  /** The module, and where it comes from. */
  readonly module: WasmModule;

  /**
   * The name of the plugin in the module, its root ID, 1 to 256 characters.
   *
   * @default - none, for a module with a single plugin
   */
  readonly pluginName?: string;

  /**
   * The settings of the plugin: whatever it takes.
   *
   * @default - none
   */
  readonly pluginConfig?: { [key: string]: any };

  /**
   * What the module is written for.
   *
   * @default WasmType.HTTP
   */
  readonly type?: WasmType;

  /**
   * What becomes of traffic while the module cannot be fetched or fails.
   *
   * @default WasmFailStrategy.FAIL_CLOSE
   */
  readonly failStrategy?: WasmFailStrategy;

  /**
   * Environment variables for the module, at most 256, each name once.
   *
   * @default - none
   */
  readonly env?: WasmVariable[];
}
