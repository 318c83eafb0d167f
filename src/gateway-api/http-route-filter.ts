import { BackendConfig, IBackend } from './backend';
import { ExternalAuth } from './external-auth';
import { HeaderModifier } from './header-modifier';
import { headerModifierSpec } from './header-modifier-spec';
import { HttpCorsOptions } from './http-cors';
import { httpCorsSpec } from './http-cors-spec';
import { HttpPathModifier } from './http-path-modifier';
import { HttpRedirectOptions } from './http-redirect';
import { httpRedirectSpec } from './http-redirect-spec';
import { HttpRewriteOptions } from './http-rewrite';
import { httpRewriteSpec } from './http-rewrite-spec';
import { LocalObjectReference } from './local-object-reference';
import { MirrorOptions } from './mirror';
import { mirrorShare } from './mirror-spec';
import type { HttpRouteSpecRulesFilters } from '../imports/gateway.networking.k8s.io';
import { Manifest } from '../semantics/manifest';
import { checkObjectReference } from '../semantics/object-reference';

type Spec = Manifest<HttpRouteSpecRulesFilters>;

/** What a filter has beside the part of its spec that is the same for every route. */
interface Parts {
  readonly mirror?: MirrorOptions;
  readonly externalAuth?: ExternalAuth;
  readonly path?: HttpPathModifier;
}

/**
 * What happens to a request before it goes to a backend, or to its response.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter
 */
export class HttpRouteFilter {
  /**
   * Changes headers of the request.
   *
   * @throws when there is nothing to change, a name comes twice, or a name or value cannot be in a header
   */
  public static requestHeaders(modifier: HeaderModifier): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'RequestHeaderModifier', requestHeaderModifier: headerModifierSpec(modifier) });
  }

  /**
   * Changes headers of the response.
   *
   * @throws when there is nothing to change, a name comes twice, or a name or value cannot be in a header
   */
  public static responseHeaders(modifier: HeaderModifier): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'ResponseHeaderModifier', responseHeaderModifier: headerModifierSpec(modifier) });
  }

  /**
   * Sends the client somewhere else. A rule with a redirect has no backends.
   *
   * @throws when the redirect would lead back to itself, the status is none of 301, 302, 303, 307 and 308, or the host is a wildcard
   */
  public static redirect(options: HttpRedirectOptions): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'RequestRedirect', requestRedirect: httpRedirectSpec(options) }, { path: options.path });
  }

  /**
   * Changes host or path of the request.
   *
   * @throws when there is nothing to change, or the host is a wildcard
   */
  public static rewrite(options: HttpRewriteOptions): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'URLRewrite', urlRewrite: httpRewriteSpec(options) }, { path: options.path });
  }

  /**
   * Sends copies of requests to one more backend. A backend in another namespace brings its ReferenceGrant.
   *
   * @throws when percent and fraction are both given, or one is out of range
   */
  public static mirror(options: MirrorOptions): HttpRouteFilter {
    mirrorShare(options);
    return new HttpRouteFilter({ type: 'RequestMirror' }, { mirror: options });
  }

  /**
   * Lets pages of other origins call.
   *
   * @throws when an entry is malformed or comes twice, `*` is not alone, or a list is too long
   */
  public static cors(options: HttpCorsOptions): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'CORS', cors: httpCorsSpec(options) });
  }

  /**
   * Asks a server whether a request may pass; when it does not answer, no request does. Experimental channel.
   *
   * @param auth the server, which may be in another namespace: it brings its ReferenceGrant
   */
  public static externalAuth(auth: ExternalAuth): HttpRouteFilter {
    return new HttpRouteFilter({ type: 'ExternalAuth' }, { externalAuth: auth });
  }

  /**
   * A filter of the implementation's own.
   *
   * @param reference the object that says what the filter does
   * @throws when a part breaks Kubernetes' rules
   */
  public static extension(reference: LocalObjectReference): HttpRouteFilter {
    const { group, kind, name } = checkObjectReference(reference, 'the extension');
    return new HttpRouteFilter({ type: 'ExtensionRef', extensionRef: { group, kind, name } });
  }

  private constructor(private readonly spec: Spec, private readonly parts: Parts = {}) {}

  /** @internal */
  public get _type(): Spec['type'] {
    return this.spec.type;
  }

  /** @internal */
  public get _backend(): IBackend | undefined {
    return this.parts.mirror?.backend ?? this.parts.externalAuth?._backend;
  }

  /** @internal */
  public get _needsPrefixMatch(): boolean {
    return this.parts.path?._needsPrefixMatch ?? false;
  }

  /** @internal */
  public _toKube(backendRef: (backend: IBackend) => BackendConfig): Spec {
    const { mirror, externalAuth } = this.parts;
    if (mirror !== undefined) {
      return { ...this.spec, requestMirror: { backendRef: backendRef(mirror.backend), ...mirrorShare(mirror) } };
    }
    return externalAuth === undefined ? this.spec : { ...this.spec, externalAuth: externalAuth._toKube(backendRef) };
  }
}
