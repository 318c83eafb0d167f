import { HttpPathModifier } from './http-path-modifier';

/** Where clients are sent; what is not said stays as in the request. At least one thing is said. */
export interface HttpRedirectOptions {
  /**
   * The scheme.
   *
   * @default - that of the request
   */
  readonly scheme?: HttpRedirectScheme;

  /**
   * The host, without wildcard.
   *
   * @default - that of the request
   */
  readonly hostname?: string;

  /**
   * The port, 1 to 65535.
   *
   * @default - that of the scheme when one is said, else that of the listener
   */
  readonly port?: number;

  /**
   * The status: 301, 302, 303, 307 or 308. Every implementation has 301 and 302.
   *
   * @default 302
   */
  readonly statusCode?: number;

  /**
   * What is made of the path.
   *
   * @default - it stays
   */
  readonly path?: HttpPathModifier;
}

/** The schemes to which a redirect can lead. */
export enum HttpRedirectScheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTP in TLS. */
  HTTPS = 'https',
}
