import { Duration } from 'cdk8s';
import { FlaggerSameSite, FlaggerSessionAffinity } from '../../delivery/flagger-analysis';
import { HttpHeaderMatch } from '../../gateway-api/http-header-match';

/** Options of a cookie by which clients keep their version. */
export interface StickyCookieOptions {
  /**
   * The name of the cookie. Another name assigns every client anew.
   *
   * @default - the name of the route, with `-version` behind it
   */
  readonly name?: string;

  /**
   * How long a client keeps its version, in whole seconds; after that its next request is assigned by the weights.
   *
   * @default Duration.days(1)
   */
  readonly maxAge?: Duration;

  /**
   * Whether browsers send the cookie over HTTPS only.
   *
   * @default true
   */
  readonly secure?: boolean;
}

const COOKIE_NAME = /^[A-Za-z0-9_-]+$/;

/**
 * How a client keeps the version that the weights gave it.
 *
 * The first answer carries a cookie that names the version, and a rule before the weights sends what has it there. It needs nothing but what every route of HTTP
 * has, so it holds behind every gateway and in every mesh; consistent hashes choose among the pods of one version only, and Istio and Linkerd do not read the
 * sessionPersistence of a route. A version without a share loses its clients at once, so that going back is immediate.
 *
 * @see https://docs.flagger.app/tutorials/istio-progressive-delivery#session-affinity
 */
export class StickyAssignment {
  /**
   * By a cookie, which clients must keep.
   *
   * @throws when the name is not of letters, digits, `-` and `_`, or the age is no whole number of seconds from 1
   */
  public static cookie(options: StickyCookieOptions = {}): StickyAssignment {
    const { name, maxAge = Duration.days(1), secure = true } = options;
    if (name !== undefined && !COOKIE_NAME.test(name)) {
      throw new Error(`name of the sticky cookie must consist of letters, digits, '-' and '_', got '${name}'`);
    }
    const seconds = maxAge.toMilliseconds() / 1000;
    if (!Number.isInteger(seconds) || seconds < 1) {
      throw new Error(`maxAge of the sticky cookie must be a whole number of seconds from 1, got ${maxAge.toMilliseconds()} ms`);
    }
    return new StickyAssignment(seconds, secure, name);
  }

  private constructor(private readonly seconds: number, private readonly secure: boolean, private readonly name?: string) {}

  /**
   * The value of Set-Cookie that assigns a version.
   *
   * @internal
   */
  public _assign(route: string, version: string): string {
    return `${this.cookieName(route)}=${version}; Path=/; Max-Age=${this.seconds}; HttpOnly; SameSite=Lax${this.secure ? '; Secure' : ''}`;
  }

  /**
   * Requests of clients that have a version; of any where none is named.
   *
   * @internal
   */
  public _match(route: string, version = '[^;]*'): HttpHeaderMatch {
    return HttpHeaderMatch._cookie(this.cookieName(route), version);
  }

  /**
   * The same in the words of Flagger, with a cookie for each version.
   *
   * @internal
   */
  public _toFlagger(route: string): FlaggerSessionAffinity {
    const cookieName = this.cookieName(route);
    return {
      cookieName,
      primaryCookieName: `${cookieName}-stable`,
      maxAge: Duration.seconds(this.seconds),
      path: '/',
      httpOnly: true,
      sameSite: FlaggerSameSite.LAX,
      secure: this.secure,
    };
  }

  private cookieName(route: string): string {
    return this.name ?? `${route}-version`;
  }
}
