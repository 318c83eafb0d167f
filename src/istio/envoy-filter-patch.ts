import type { EnvoyFilterSpecConfigPatches } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/**
 * A change to what istiod makes for Envoy: EnvoyPatch makes them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch
 */
export class EnvoyFilterPatch {
  /**
   * @param relative whether it depends on what patches before it have left
   * @internal
   */
  public static _of(spec: Manifest<EnvoyFilterSpecConfigPatches>, relative = false): EnvoyFilterPatch {
    return new EnvoyFilterPatch(spec, relative);
  }

  private constructor(
    private readonly spec: Manifest<EnvoyFilterSpecConfigPatches>,
    /** @internal */
    public readonly _relative: boolean,
  ) {}

  /** @internal */
  public _toKube(): Manifest<EnvoyFilterSpecConfigPatches> {
    return this.spec;
  }
}
