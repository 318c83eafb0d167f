import { Duration } from 'cdk8s';
import type { HttpRouteSpecRulesSessionPersistence } from '../imports/gateway.networking.k8s.io';
import { formatDuration } from '../semantics/duration';
import { checkHeaderName } from '../semantics/header';
import { Manifest } from '../semantics/manifest';

/** How long a browser keeps the cookie of a session. */
export enum CookieLifetime {
  /** Until the browser is closed. */
  SESSION = 'Session',
  /** Until the absolute timeout, which must be said. */
  PERMANENT = 'Permanent',
}

/** A session that a cookie names. */
export interface CookieSessionOptions {
  /**
   * The name of the cookie, 1 to 256 characters; not every implementation takes one.
   *
   * @default - the implementation makes one up
   */
  readonly name?: string;

  /**
   * The paths to which clients send the cookie: starts with `/`, at most 1024 characters; not every implementation takes one.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * How long a browser keeps the cookie.
   *
   * @default CookieLifetime.SESSION
   */
  readonly lifetime?: CookieLifetime;

  /**
   * How long the session lasts at most, in whole milliseconds.
   *
   * @default - without end; needed with a permanent cookie
   */
  readonly absoluteTimeout?: Duration;
}

/** A session that a header names. */
export interface HeaderSessionOptions {
  /**
   * How long the session lasts at most, in whole milliseconds.
   *
   * @default - without end
   */
  readonly absoluteTimeout?: Duration;
}

type Spec = Manifest<HttpRouteSpecRulesSessionPersistence>;

const MAX_PATH = 1024;

/**
 * All requests of a session go to the backend that got the first one, whatever the weights say. Sessions are those of one rule.
 *
 * It is part of the experimental channel.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1619/
 */
export class SessionPersistence {
  /**
   * A cookie names the session.
   *
   * @throws when the name or the path cannot be those of a cookie, or a permanent cookie has no timeout
   */
  public static cookie(options: CookieSessionOptions = {}): SessionPersistence {
    const { name, path = '/', lifetime = CookieLifetime.SESSION, absoluteTimeout } = options;
    if (name !== undefined) {
      checkHeaderName(name, 'name of a session cookie');
    }
    checkCookiePath(path);
    if (lifetime === CookieLifetime.PERMANENT && absoluteTimeout === undefined) {
      throw new Error('a permanent session cookie needs an end, got none: pass absoluteTimeout, or use CookieLifetime.SESSION');
    }
    return new SessionPersistence({ type: 'Cookie', absoluteTimeout: format(absoluteTimeout), cookie: { name, path, lifetimeType: lifetime } });
  }

  /**
   * A header names the session: the client repeats the one that it gets.
   *
   * @param name the name of the header, without regard to case, 1 to 256 characters
   * @param options when the session ends
   * @throws when the name cannot be that of a header
   */
  public static header(name: string, options: HeaderSessionOptions = {}): SessionPersistence {
    checkHeaderName(name, 'name of a session header');
    return new SessionPersistence({ type: 'Header', absoluteTimeout: format(options.absoluteTimeout), header: { name } });
  }

  private constructor(private readonly spec: Spec) {}

  /** @internal */
  public _toKube(): Spec {
    return this.spec;
  }
}

function format(timeout: Duration | undefined): string | undefined {
  return timeout && formatDuration(timeout, 'absolute timeout of a session');
}

/** Clients disregard a path that does not start with a slash; a semicolon would end it. */
function checkCookiePath(path: string): void {
  if (!/^\/[ -:<-~]*$/.test(path)) {
    throw new Error(`path of a session cookie must start with '/' and have no ';', got '${path}'`);
  }
  if (path.length > MAX_PATH) {
    throw new Error(`path of a session cookie must have at most ${MAX_PATH} characters, got ${path.length}`);
  }
}
