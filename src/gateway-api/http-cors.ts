import { Duration } from 'cdk8s';

/** Which pages of other origins may call, and how. */
export interface HttpCorsOptions {
  /**
   * The origins: `*` alone, or at most 64 of the form `https://shop.example.com`, `https://*.example.com:8443` or `https://*`.
   *
   * @default - none
   */
  readonly allowOrigins?: string[];

  /**
   * The methods, at most 9; `ALL` stands alone.
   *
   * @default - GET, HEAD and POST, which are always allowed
   */
  readonly allowMethods?: HttpCorsMethod[];

  /**
   * The request headers, `*` alone or at most 64 names.
   *
   * @default - those that are always allowed
   */
  readonly allowHeaders?: string[];

  /**
   * The response headers that a page may read, at most 64 names; `*` means all, but not with credentials.
   *
   * @default - those that are always readable
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether requests may carry cookies and authorization.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser may remember the answer, in whole seconds, 1 to 2147483647.
   *
   * @default Duration.seconds(5)
   */
  readonly maxAge?: Duration;
}

/** The methods that CORS can allow. */
export enum HttpCorsMethod {
  /** Every method; stands alone. */
  ALL = '*',
  /** GET. */
  GET = 'GET',
  /** HEAD. */
  HEAD = 'HEAD',
  /** POST. */
  POST = 'POST',
  /** PUT. */
  PUT = 'PUT',
  /** DELETE. */
  DELETE = 'DELETE',
  /** CONNECT. */
  CONNECT = 'CONNECT',
  /** OPTIONS. */
  OPTIONS = 'OPTIONS',
  /** TRACE. */
  TRACE = 'TRACE',
  /** PATCH. */
  PATCH = 'PATCH',
}
