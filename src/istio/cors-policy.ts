import { Duration } from 'cdk8s';
import { checkHeaderName } from './header-name';
import { formatPositiveDuration } from './positive-duration';
import { StringMatch } from './string-match';
import type { VirtualServiceSpecHttpCorsPolicy } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** What scripts of other origins may do. */
export interface IstioCorsPolicyOptions {
  /** The origins, such as `https://example.com`, at least one. */
  readonly allowOrigins: StringMatch[];

  /**
   * The methods: GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE or `*`.
   *
   * @default - the answer to a preflight names none
   */
  readonly allowMethods?: string[];

  /**
   * The request headers, or `*`.
   *
   * @default - the answer to a preflight names none
   */
  readonly allowHeaders?: string[];

  /**
   * The response headers that scripts may read, or `*`.
   *
   * @default - those that browsers always let through
   */
  readonly exposeHeaders?: string[];

  /**
   * How long a browser may remember the answer to a preflight, in whole seconds, at least one.
   *
   * @default - the browser decides
   */
  readonly maxAge?: Duration;

  /**
   * Whether requests may carry credentials.
   *
   * @default - they may not
   */
  readonly allowCredentials?: boolean;

  /**
   * What happens to preflights from other origins.
   *
   * @default UnmatchedPreflights.FORWARD
   */
  readonly unmatchedPreflights?: UnmatchedPreflights;
}

/** What happens to preflights from origins that are not allowed. */
export enum UnmatchedPreflights {
  /** The application answers them. */
  FORWARD = 'FORWARD',
  /** The proxy answers them, without the headers that would allow anything. */
  IGNORE = 'IGNORE',
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

/**
 * Which other origins may call, answered by the proxy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy
 */
export class IstioCorsPolicy {
  /**
   * Allows origins.
   *
   * @throws when there is no origin or an empty one, a method or header is none, or maxAge is not in whole seconds
   */
  public static of(options: IstioCorsPolicyOptions): IstioCorsPolicy {
    if (options.allowOrigins.length === 0) {
      throw new Error('a CORS policy must allow at least one origin, got none: leave the policy out');
    }
    const allowOrigins = options.allowOrigins.map(origin => origin._toKube());
    if (allowOrigins.some(({ exact, prefix, regex }) => !exact && !prefix && !regex)) {
      throw new Error('an allowed origin must not be empty: use StringMatch.regex(\'.*\') for every origin');
    }
    const method = options.allowMethods?.find(m => !METHODS.includes(m));
    if (method !== undefined) {
      throw new Error(`allowMethods must be some of ${METHODS.join(', ')}, got '${method}'`);
    }
    options.allowHeaders?.forEach(name => checkHeaderName(name, 'allowHeaders'));
    options.exposeHeaders?.forEach(name => checkHeaderName(name, 'exposeHeaders'));
    if (options.maxAge && options.maxAge.toMilliseconds() % 1000 !== 0) {
      throw new Error(`maxAge must be in whole seconds, got ${options.maxAge.toHumanString()}`);
    }
    return new IstioCorsPolicy({
      allowOrigins,
      allowMethods: options.allowMethods,
      allowHeaders: options.allowHeaders,
      exposeHeaders: options.exposeHeaders,
      maxAge: options.maxAge && formatPositiveDuration(options.maxAge, 'maxAge'),
      allowCredentials: options.allowCredentials,
      unmatchedPreflights: options.unmatchedPreflights,
    });
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpCorsPolicy>) {}

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpCorsPolicy> {
    return this.spec;
  }
}
