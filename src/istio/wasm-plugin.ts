import { Construct } from 'constructs';
import { ExtensionPlacementProps } from './extension-placement';
import { placementToKube } from './extension-placement-spec';
import { IstioConstruct } from './istio-construct';
import { PolicyTarget } from './policy-target';
import { wasmToKube } from './wasm-manifest';
import { WasmOptions } from './wasm-options';
import type { WasmPluginSpec } from '../imports/extensions.istio.io';
import { Manifest } from '../semantics/manifest';
import { within } from '../semantics/place';

/** Properties of a WasmPlugin. */
export interface WasmPluginProps extends ExtensionPlacementProps, WasmOptions {}

/**
 * A Wasm module that proxies run in their chain of filters. From Istio 1.30 on a TrafficExtension says the same.
 *
 * The kind is of Istio's extended channel: a cluster that takes only what is stable refuses it.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/
 */
export class WasmPlugin extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'wasmplugins';

  private readonly spec: Manifest<WasmPluginSpec>;

  /**
   * @throws when selector and targets do not fit, the Secret is in another namespace, a list is too long or says something twice, or the release lacks a field
   */
  constructor(scope: Construct, id: string, props: WasmPluginProps) {
    super(scope, id, 'extensions.istio.io', 'WasmPlugin', props.metadata);
    PolicyTarget._check('WasmPlugin', this.namespace, props.selector, props.targets, this._istio.declaration);
    this.spec = within(`WasmPlugin '${this.name}'`, () => ({ ...placementToKube(props), ...wasmToKube(props, this.namespace) }));
    this._check('', this.spec);
  }

  /** @internal */
  public _toKube(): Manifest<WasmPluginSpec> {
    return this.spec;
  }
}
