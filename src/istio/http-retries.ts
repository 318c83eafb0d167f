import { Duration } from 'cdk8s';
import { MAX_INT32 } from './count';
import { formatPositiveDuration } from './positive-duration';
import type { VirtualServiceSpecHttpRetries } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** How a failed request is tried again. */
export interface HttpRetriesOptions {
  /**
   * How long one attempt may take, at least 1 ms and at most the timeout of the route.
   *
   * @default - the timeout of the route
   */
  readonly perTryTimeout?: Duration;

  /**
   * What counts as failed: Envoy's words such as `connect-failure`, and HTTP status codes such as `503`. At least one.
   *
   * @default - connect-failure, refused-stream, unavailable and cancelled
   */
  readonly retryOn?: string[];

  /**
   * The first pause between attempts, at least 1 ms; it grows from one attempt to the next.
   *
   * @default - 25 ms
   */
  readonly backoff?: Duration;

  /**
   * Whether an attempt may go to another locality.
   *
   * @default - Istio's own: no
   */
  readonly retryRemoteLocalities?: boolean;

  /**
   * Whether an attempt avoids the endpoints that failed already. With a consistent hash that leads it away from the endpoint of the hash.
   *
   * @default - Istio's own: yes, unless endpoints are chosen by consistent hash
   */
  readonly retryIgnorePreviousHosts?: boolean;
}


const CONDITIONS = [
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes',
  'retriable-headers', 'envoy-ratelimited', 'http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
];

/** The codes that have a name, which are those that istiod takes. */
const STATUS = /^(10[0-3]|20[0-8]|226|30[0-578]|40\d|41[0-8]|42[1-689]|431|451|50[0-8]|51[01])$/;

/**
 * Whether and how a route tries again. It always says how often, because Istio takes retries without attempts for none.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry
 */
export class HttpRetries {
  /**
   * Tries again.
   *
   * @param attempts how often at most, at least once, not counting the request itself
   * @throws when attempts is below 1, a duration is below 1 ms, or there is no condition or an unknown one
   */
  public static attempts(attempts: number, options: HttpRetriesOptions = {}): HttpRetries {
    if (!Number.isInteger(attempts) || attempts < 1 || attempts > MAX_INT32) {
      throw new Error(`attempts must be between 1 and ${MAX_INT32}, got ${attempts}: use HttpRetries.none() not to try again`);
    }
    if (options.retryOn?.length === 0) {
      throw new Error('retryOn must name at least one condition, got none: leave it out for the default, or use HttpRetries.none()');
    }
    for (const condition of options.retryOn ?? []) {
      if (!CONDITIONS.includes(condition) && !STATUS.test(condition)) {
        throw new Error(`retryOn must be HTTP status codes or one of ${CONDITIONS.join(', ')}, got '${condition}'`);
      }
    }
    return new HttpRetries({
      attempts,
      perTryTimeout: options.perTryTimeout && formatPositiveDuration(options.perTryTimeout, 'perTryTimeout'),
      retryOn: options.retryOn?.join(','),
      backoff: options.backoff && formatPositiveDuration(options.backoff, 'backoff of retries'),
      retryRemoteLocalities: options.retryRemoteLocalities,
      retryIgnorePreviousHosts: options.retryIgnorePreviousHosts,
    }, options.perTryTimeout);
  }

  /** Never tries again; a route that does not mention retries has 2 attempts. */
  public static none(): HttpRetries {
    return new HttpRetries({ attempts: 0 });
  }

  private constructor(private readonly spec: Manifest<VirtualServiceSpecHttpRetries>, private readonly perTryTimeout?: Duration) {}

  /**
   * The time of one attempt when it is above the one that all of them have.
   *
   * @internal
   */
  public _longerThan(timeout: Duration): Duration | undefined {
    return this.perTryTimeout && this.perTryTimeout.toMilliseconds() > timeout.toMilliseconds() ? this.perTryTimeout : undefined;
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpRetries> {
    return this.spec;
  }
}
