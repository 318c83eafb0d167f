import { BackendConfig, IBackend } from './backend';
import { HeaderModifier } from './header-modifier';
import { headerModifierSpec } from './header-modifier-spec';
import { LocalObjectReference } from './local-object-reference';
import { MirrorOptions } from './mirror';
import { mirrorShare } from './mirror-spec';
import type { GrpcRouteSpecRulesFilters } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkObjectReference } from '../semantics/object-reference';

type Spec = Manifest<GrpcRouteSpecRulesFilters>;

/**
 * What happens to a gRPC call before it goes to a backend, or to its response.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroutefilter
 */
export class GrpcRouteFilter {
  /**
   * Changes headers of the call, which gRPC calls metadata.
   *
   * @throws when there is nothing to change, a name comes twice, or a name or value cannot be in a header
   */
  public static requestHeaders(modifier: HeaderModifier): GrpcRouteFilter {
    return new GrpcRouteFilter({ type: 'RequestHeaderModifier', requestHeaderModifier: headerModifierSpec(modifier) });
  }

  /**
   * Changes headers of the response.
   *
   * @throws when there is nothing to change, a name comes twice, or a name or value cannot be in a header
   */
  public static responseHeaders(modifier: HeaderModifier): GrpcRouteFilter {
    return new GrpcRouteFilter({ type: 'ResponseHeaderModifier', responseHeaderModifier: headerModifierSpec(modifier) });
  }

  /**
   * Sends copies of calls to one more backend. A backend in another namespace brings its ReferenceGrant.
   *
   * @throws when percent and fraction are both given, or one is out of range
   */
  public static mirror(options: MirrorOptions): GrpcRouteFilter {
    mirrorShare(options);
    return new GrpcRouteFilter({ type: 'RequestMirror' }, options);
  }

  /**
   * A filter of the implementation's own.
   *
   * @param reference the object that says what the filter does
   * @throws when a part breaks Kubernetes' rules
   */
  public static extension(reference: LocalObjectReference): GrpcRouteFilter {
    const { group, kind, name } = checkObjectReference(reference, 'the extension');
    return new GrpcRouteFilter({ type: 'ExtensionRef', extensionRef: { group, kind, name } });
  }

  private constructor(private readonly spec: Spec, private readonly mirrored?: MirrorOptions) {}

  /** @internal */
  public get _type(): Spec['type'] {
    return this.spec.type;
  }

  /** @internal */
  public get _backend(): IBackend | undefined {
    return this.mirrored?.backend;
  }

  /** @internal */
  public _toKube(backendRef: (backend: IBackend) => BackendConfig): Spec {
    return this.mirrored === undefined ? this.spec :
      { ...this.spec, requestMirror: { backendRef: backendRef(this.mirrored.backend), ...mirrorShare(this.mirrored) } };
  }
}
