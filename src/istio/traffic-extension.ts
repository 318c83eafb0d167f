import { Construct } from 'constructs';
import { ExtensionPlacementProps } from './extension-placement';
import { placementToKube } from './extension-placement-spec';
import { IstioConstruct } from './istio-construct';
import { PolicyTarget } from './policy-target';
import { TrafficExtensionFilter } from './traffic-extension-filter';
import type { TrafficExtensionSpec } from '../imports/extensions.istio.io';
import { Manifest } from '../semantics/manifest';
import { within } from '../semantics/place';

/** Properties of a TrafficExtension. */
export interface TrafficExtensionProps extends ExtensionPlacementProps {
  /** What runs: a Wasm module, or Lua. */
  readonly filter: TrafficExtensionFilter;
}

/**
 * A filter of one's own that proxies run in their chain: a Wasm module, or a few lines of Lua. Istio 1.30 and later; for releases before it there is WasmPlugin.
 *
 * The kind is of Istio's extended channel.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/traffic-extension/
 */
export class TrafficExtension extends IstioConstruct {
  /** The plural name of the kind. */
  public readonly resourceType = 'trafficextensions';

  private readonly spec: Manifest<TrafficExtensionSpec>;

  /**
   * @throws when the release lacks the kind, selector and targets do not fit, the Secret is in another namespace, or a list is too long or says something twice
   */
  constructor(scope: Construct, id: string, props: TrafficExtensionProps) {
    super(scope, id, 'extensions.istio.io', 'TrafficExtension', props.metadata);
    PolicyTarget._check('TrafficExtension', this.namespace, props.selector, props.targets, this._istio.declaration);
    this.spec = within(`TrafficExtension '${this.name}'`, () => ({ ...placementToKube(props), ...props.filter._toKube(this.namespace) }));
    this._check('', this.spec);
  }

  /** @internal */
  public _toKube(): Manifest<TrafficExtensionSpec> {
    return this.spec;
  }
}
