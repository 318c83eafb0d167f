import { EdgeHosts } from './edge-hosts';
import { HttpPathMatch } from '../../gateway-api/http-path-match';
import { HttpMethod } from '../../gateway-api/http-route-match';
import { checkHeaderName } from '../../semantics/header';
import { MeshWorkload } from '../mesh-workload';

/** The time for which requests are counted. */
export enum RateLimitUnit {
  /** A second. */
  SECOND = 'Second',
  /** A minute. */
  MINUTE = 'Minute',
  /** An hour. */
  HOUR = 'Hour',
  /** A day. */
  DAY = 'Day',
}

/** Whose requests are counted together. */
export class RateLimitKey {
  /** Those of one address of a client, as the `clientAddress` of the gateway tells it. */
  public static readonly ADDRESS = new RateLimitKey(undefined);

  /**
   * Those with one value of a header, such as an API key; those without the header are not counted.
   *
   * @param name the name of the header, without regard to case
   * @throws when it is no name of a header
   */
  public static header(name: string): RateLimitKey {
    return new RateLimitKey(checkHeaderName(name, 'header of a rate limit').toLowerCase());
  }

  private constructor(
    /** @internal */
    public readonly _header: string | undefined,
  ) {}
}

/**
 * How many requests may come to a host. A request counts for every limit whose conditions it fulfils, and one that is used up refuses it with 429.
 * Limits without conditions and limits with some may stand side by side.
 */
export interface EdgeRateLimit {
  /** How many in a unit of time: a whole number from 1 to 4294967295. */
  readonly requests: number;

  /** The unit of time. */
  readonly per: RateLimitUnit;

  /**
   * The path of requests that count.
   *
   * @default - every path
   */
  readonly path?: HttpPathMatch;

  /**
   * The method of requests that count.
   *
   * @default - every method
   */
  readonly method?: HttpMethod;

  /**
   * Headers that requests have which count, with their whole values. Names go without regard to case, values with it.
   *
   * @default - any
   */
  readonly headers?: { [name: string]: string };

  /**
   * Whose requests are counted together.
   *
   * @default - everybody's
   */
  readonly each?: RateLimitKey;
}

/**
 * Limits that each proxy of a gateway counts by itself, and for each host by itself: with two proxies twice as many requests come through.
 *
 * A proxy begins with all of the requests of a limit, and gets them back one by one over its unit of time. Of limits whose conditions a request fulfils, the
 * slowest is asked first; those after one that refuses do not count the request. Of addresses and values of a header, each proxy knows the last 10,000.
 */
export interface EdgeLocalRateLimitOptions extends EdgeHosts {
  /** The limits, at least one. */
  readonly limits: EdgeRateLimit[];
}

/**
 * Limits that all proxies of a gateway count together, for each host by itself, by asking a rate limit service.
 *
 * For proxies of Istio, what it counts is written as the configuration of envoyproxy/ratelimit, in a ConfigMap `<gateway>-global-rate-limit` (with the host that is
 * named first, if any are) in its namespace, where it has the gateway's namespace before if that is another: have the service read its file, which is named after it.
 */
export interface EdgeGlobalRateLimitOptions extends EdgeHosts {
  /** The limits, at least one. */
  readonly limits: EdgeRateLimit[];

  /**
   * Whether requests pass when the service cannot be asked.
   *
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * The rate limit service, where it is a workload of the mesh: it then lets the gateway ask it.
   *
   * @default - whoever runs it lets the gateway in
   */
  readonly limiter?: MeshWorkload;
}
