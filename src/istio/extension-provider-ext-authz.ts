import { Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { checkCount } from './count';
import { ProviderService } from './extension-provider-service';
import { checkAbsolutePath } from './extension-provider-tracing';
import { formatPositiveDuration } from './positive-duration';
import { checkHeaderName, checkHeaderValue } from '../semantics/header';
import { checkUnique } from '../semantics/lists';

/** The part of a request's body that an external authorizer sees. */
export interface ExtAuthzRequestBody {
  /**
   * How much of the body a proxy holds in memory, at least 1 byte. Longer requests get 413, even with failOpen, unless allowPartialMessage says
   * otherwise.
   */
  readonly maxRequestBytes: Size;

  /**
   * Whether the authorizer gets the beginning of bodies that are longer.
   *
   * @default false
   */
  readonly allowPartialMessage?: boolean;
}

/** The part of a request's body that an external authorizer with gRPC sees. */
export interface ExtAuthzGrpcRequestBody extends ExtAuthzRequestBody {
  /**
   * Whether the body is sent as bytes, instead of as UTF-8 text.
   *
   * @default false
   */
  readonly packAsBytes?: boolean;
}

/** Options of external authorizers. */
export interface ExtAuthzOptions {
  /** Where the authorizer is. */
  readonly service: ProviderService;

  /** How long the authorizer may take, at least 1 ms. It has no default here, because Istio's own of 600 seconds holds requests for ten minutes. */
  readonly timeout: Duration;

  /**
   * Whether requests pass when the authorizer cannot be reached or answers 5xx.
   *
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * Whether the route is chosen again with the headers that the authorizer added or removed. Istio 1.25 and later.
   *
   * @default false
   */
  readonly clearRouteCache?: boolean;

  /**
   * The HTTP status that clients get when the authorizer cannot be reached.
   *
   * @default 403
   */
  readonly statusOnError?: number;
}

/** Options of external authorizers with the HTTP API of Envoy's ext_authz. */
export interface EnvoyExtAuthzHttpOptions extends ExtAuthzOptions {
  /**
   * What is put before the path of the request, starting with `/`.
   *
   * @default - nothing
   */
  readonly pathPrefix?: string;

  /**
   * The headers of the request that the authorizer sees beside Host, Method, Path and Content-Length: names, or `prefix*` or `*suffix`.
   *
   * @default - no more
   */
  readonly includeRequestHeadersInCheck?: string[];

  /**
   * Headers that are added for the authorizer, in place of those of the request.
   *
   * @default - none
   */
  readonly includeAdditionalHeadersInCheck?: { [name: string]: string };

  /**
   * How much of the body the authorizer sees.
   *
   * @default - none of it
   */
  readonly includeRequestBodyInCheck?: ExtAuthzRequestBody;

  /**
   * The headers of the authorizer's answer that the application gets when the request is allowed: names, or `prefix*` or `*suffix`.
   *
   * @default - none
   */
  readonly headersToUpstreamOnAllow?: string[];

  /**
   * The headers of the authorizer's answer that the client gets when the request is refused: names, or `prefix*` or `*suffix`.
   *
   * @default - all but Authority
   */
  readonly headersToDownstreamOnDeny?: string[];

  /**
   * The headers of the authorizer's answer that the client gets when the request is allowed: names, or `prefix*` or `*suffix`.
   *
   * @default - none
   */
  readonly headersToDownstreamOnAllow?: string[];
}

/** Options of external authorizers with the gRPC API of Envoy's ext_authz. */
export interface EnvoyExtAuthzGrpcOptions extends ExtAuthzOptions {
  /**
   * How much of the body the authorizer sees.
   *
   * @default - none of it
   */
  readonly includeRequestBodyInCheck?: ExtAuthzGrpcRequestBody;
}

/** The codes that Envoy knows. */
const STATUS = /^(100|20[0-8]|226|30[0-578]|40\d|41[0-7]|42[1-4689]|431|50[0-8]|51[01])$/;

/**
 * Checks and writes an authorizer with HTTP.
 *
 * @internal
 */
export function extAuthzHttpManifest(options: EnvoyExtAuthzHttpOptions): object {
  const { pathPrefix, includeAdditionalHeadersInCheck } = options;
  checkAbsolutePath(pathPrefix, 'pathPrefix');
  Object.entries(includeAdditionalHeadersInCheck ?? {}).forEach(([name, value]) => {
    checkHeaderName(name, 'name in includeAdditionalHeadersInCheck');
    checkHeaderValue(value, `value of '${name}' in includeAdditionalHeadersInCheck`);
  });
  return {
    ...commonManifest(options),
    pathPrefix,
    includeRequestHeadersInCheck: checkHeaders(options.includeRequestHeadersInCheck, 'includeRequestHeadersInCheck'),
    includeAdditionalHeadersInCheck,
    includeRequestBodyInCheck: bodyManifest(options.includeRequestBodyInCheck),
    headersToUpstreamOnAllow: checkHeaders(options.headersToUpstreamOnAllow, 'headersToUpstreamOnAllow'),
    headersToDownstreamOnDeny: checkHeaders(options.headersToDownstreamOnDeny, 'headersToDownstreamOnDeny'),
    headersToDownstreamOnAllow: checkHeaders(options.headersToDownstreamOnAllow, 'headersToDownstreamOnAllow'),
  };
}

/**
 * Checks and writes an authorizer with gRPC.
 *
 * @internal
 */
export function extAuthzGrpcManifest(options: EnvoyExtAuthzGrpcOptions): object {
  return { ...commonManifest(options), includeRequestBodyInCheck: bodyManifest(options.includeRequestBodyInCheck) };
}

function commonManifest({ service, timeout, failOpen, clearRouteCache, statusOnError }: ExtAuthzOptions): object {
  if (statusOnError !== undefined && !STATUS.test(`${statusOnError}`)) {
    throw new Error(`statusOnError must be an HTTP status that Envoy knows, got ${statusOnError}`);
  }
  return {
    ...service._toKube(),
    timeout: formatPositiveDuration(timeout, 'timeout of an external authorizer'),
    failOpen,
    clearRouteCache,
    statusOnError: statusOnError === undefined ? undefined : `${statusOnError}`,
  };
}

function bodyManifest(body: ExtAuthzGrpcRequestBody | undefined): object | undefined {
  return body && {
    maxRequestBytes: checkCount(body.maxRequestBytes.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024, 'maxRequestBytes', undefined, 1),
    allowPartialMessage: body.allowPartialMessage,
    packAsBytes: body.packAsBytes,
  };
}

function checkHeaders(patterns: string[] | undefined, what: string): string[] | undefined {
  for (const pattern of patterns ?? []) {
    if (pattern === '*') {
      throw new Error(`${what} must be names of headers, 'prefix*' or '*suffix', got '*', with which istiod refuses every request`);
    }
    const name = pattern.replace(/^\*|\*$/, '');
    if (name.includes('*')) {
      throw new Error(`${what} takes '*' at the beginning or at the end, once, got '${pattern}'`);
    }
    checkHeaderName(name, `name in ${what}`);
  }
  checkUnique(patterns ?? [], what, pattern => pattern.toLowerCase());
  return patterns;
}
