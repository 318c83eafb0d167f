import { HttpHeaderMatch } from './http-header-match';
import { HttpPathMatch, HttpPathMatchType } from './http-path-match';
import { HttpQueryParamMatch } from './http-query-param-match';
import type { HttpRouteSpecRulesMatches } from '../imports/gateway.networking.k8s.io';
import { headerKey } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Conditions on a request, all of which must hold. */
export interface HttpRouteMatchOptions {
  /**
   * The path.
   *
   * @default - every path
   */
  readonly path?: HttpPathMatch;

  /**
   * Headers, at most 16, each name once.
   *
   * @default - none
   */
  readonly headers?: HttpHeaderMatch[];

  /**
   * Query parameters, at most 16, each name once.
   *
   * @default - none
   */
  readonly queryParams?: HttpQueryParamMatch[];

  /**
   * The method.
   *
   * @default - every method
   */
  readonly method?: HttpMethod;
}

/** The methods of HTTP. */
export enum HttpMethod {
  /** Read. */
  GET = 'GET',
  /** Read without the body. */
  HEAD = 'HEAD',
  /** Create, or act. */
  POST = 'POST',
  /** Replace. */
  PUT = 'PUT',
  /** Delete. */
  DELETE = 'DELETE',
  /** Open a tunnel. */
  CONNECT = 'CONNECT',
  /** Ask what is allowed. */
  OPTIONS = 'OPTIONS',
  /** Echo. */
  TRACE = 'TRACE',
  /** Change. */
  PATCH = 'PATCH',
}

const MAX_CONDITIONS = 16;

/** What the API server puts in where no path is given. */
const EVERY_PATH = { type: HttpPathMatchType.PATH_PREFIX, value: '/' };

/**
 * Which requests a rule is about: all conditions of a match must hold. Several matches of a rule are alternatives.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch
 */
export class HttpRouteMatch {
  /**
   * Requests for which all of the conditions hold; every request when there are none.
   *
   * @throws when there are more than 16 headers or query parameters, or one is named twice (headers without regard to case)
   */
  public static of(conditions: HttpRouteMatchOptions): HttpRouteMatch {
    return new HttpRouteMatch(conditions);
  }

  /**
   * Requests whose path begins with these elements.
   *
   * @throws when it is no normalized path
   */
  public static pathPrefix(path: string): HttpRouteMatch {
    return new HttpRouteMatch({ path: HttpPathMatch.prefix(path) });
  }

  /**
   * Requests for just this path.
   *
   * @throws when it is no normalized path
   */
  public static pathExact(path: string): HttpRouteMatch {
    return new HttpRouteMatch({ path: HttpPathMatch.exact(path) });
  }

  /**
   * Requests with just this value of a header.
   *
   * @throws when the name or the value cannot be in a header
   */
  public static header(name: string, value: string): HttpRouteMatch {
    return new HttpRouteMatch({ headers: [HttpHeaderMatch.exact(name, value)] });
  }

  /**
   * Requests with just this value of a cookie, whatever other cookies they have.
   *
   * @throws when the name or the value cannot be those of a cookie
   */
  public static cookie(name: string, value: string): HttpRouteMatch {
    return new HttpRouteMatch({ headers: [HttpHeaderMatch.cookie(name, value)] });
  }

  /**
   * Requests with just this value of a query parameter.
   *
   * @throws when the name or the value is not one that Gateway API takes
   */
  public static queryParam(name: string, value: string): HttpRouteMatch {
    return new HttpRouteMatch({ queryParams: [HttpQueryParamMatch.exact(name, value)] });
  }

  /** Requests with this method. */
  public static httpMethod(method: HttpMethod): HttpRouteMatch {
    return new HttpRouteMatch({ method });
  }

  /**
   * The condition on the path.
   *
   * @default - every path
   */
  public readonly path?: HttpPathMatch;

  /**
   * The conditions on headers.
   *
   * @default - none
   */
  public readonly headers?: HttpHeaderMatch[];

  /**
   * The conditions on query parameters.
   *
   * @default - none
   */
  public readonly queryParams?: HttpQueryParamMatch[];

  /**
   * The method.
   *
   * @default - every method
   */
  public readonly method?: HttpMethod;

  private constructor({ path, headers, queryParams, method }: HttpRouteMatchOptions) {
    checkAtMost(MAX_CONDITIONS, headers?.length ?? 0, 'headers of a match', 'match on fewer of them');
    checkAtMost(MAX_CONDITIONS, queryParams?.length ?? 0, 'query parameters of a match', 'match on fewer of them');
    checkUnique((headers ?? []).map(({ name }) => name), 'header names of a match', headerKey);
    checkUnique((queryParams ?? []).map(({ name }) => name), 'query parameter names of a match');
    this.path = path;
    this.headers = headers;
    this.queryParams = queryParams;
    this.method = method;
  }

  /** @internal */
  public _toKube(): Manifest<HttpRouteSpecRulesMatches> {
    const { type, value } = this.path ?? EVERY_PATH;
    return {
      path: { type, value },
      headers: this.headers?.map(header => ({ type: header.type, name: header.name, value: header.value })),
      queryParams: this.queryParams?.map(param => ({ type: param.type, name: param.name, value: param.value })),
      method: this.method,
    };
  }
}
