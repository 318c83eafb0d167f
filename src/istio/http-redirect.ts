import type { VirtualServiceSpecHttpRedirect } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';
import { checkPort } from '../semantics/port';

/** Where a redirect points; what is left out stays as it was in the request. At least one must change. */
export interface IstioHttpRedirectOptions {
  /**
   * The whole path.
   *
   * @default - the path of the request
   */
  readonly uri?: string;

  /**
   * What replaces the prefix that the route matched; write both with a closing slash, since `/foo` to `/` would give `//bar`. Istio 1.31 and later.
   *
   * @default - the path of the request
   */
  readonly prefixRewrite?: string;

  /**
   * The host, and the port after a colon.
   *
   * @default - the host of the request
   */
  readonly authority?: string;

  /**
   * The port, 1 to 65535.
   *
   * @default - as in the request
   */
  readonly port?: number;

  /**
   * A port that the request decides, in place of `port`.
   *
   * @default - as in the request
   */
  readonly derivePort?: IstioRedirectPort;

  /**
   * The scheme.
   *
   * @default - that of the request
   */
  readonly scheme?: IstioRedirectScheme;

  /**
   * The HTTP status: 301, 302, 303, 307 or 308.
   *
   * @default 301
   */
  readonly code?: number;
}

/** The schemes that a redirect can point to. */
export enum IstioRedirectScheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTP in TLS. */
  HTTPS = 'https',
}

/** Ports that a redirect takes from the request. */
export enum IstioRedirectPort {
  /** 80 or 443, by the scheme. */
  FROM_PROTOCOL_DEFAULT = 'FROM_PROTOCOL_DEFAULT',
  /** The port that was asked. */
  FROM_REQUEST_PORT = 'FROM_REQUEST_PORT',
}

const CODES = [301, 302, 303, 307, 308];

/**
 * Sends the client elsewhere.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export class IstioHttpRedirect {
  /**
   * A redirect.
   *
   * @throws when nothing changes, the code is another, or two options say the same thing
   */
  public static to(options: IstioHttpRedirectOptions): IstioHttpRedirect {
    const { code, uri, prefixRewrite, authority, port, derivePort, scheme } = options;
    if ([uri || undefined, prefixRewrite || undefined, authority || undefined, port, derivePort, scheme].every(part => part === undefined)) {
      throw new Error('a redirect must change something: pass uri, prefixRewrite, authority, port, derivePort or scheme');
    }
    if (uri !== undefined && prefixRewrite !== undefined) {
      throw new Error(`a redirect takes either uri or prefixRewrite, got '${uri}' and '${prefixRewrite}'`);
    }
    if (port !== undefined && derivePort !== undefined) {
      throw new Error(`a redirect takes either port or derivePort, got ${port} and ${derivePort}`);
    }
    if (code !== undefined && !CODES.includes(code)) {
      throw new Error(`code of a redirect must be one of ${CODES.join(', ')}, got ${code}`);
    }
    if (port !== undefined) {
      checkPort(port, 'port of a redirect');
    }
    return new IstioHttpRedirect({ uri, prefixRewrite, authority, port, derivePort, scheme, redirectCode: code });
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpRedirect>) {}

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpRedirect> {
    return this.spec;
  }
}
