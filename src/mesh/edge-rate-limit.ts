import { EdgeHosts } from './edge-hosts';
import { HttpPathMatch } from '../gateway-api/http-path-match';
import { HttpMethod } from '../gateway-api/http-route-match';

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
  /** Those of one address of a client, as the gateway knows it. */
  public static readonly ADDRESS = new RateLimitKey(undefined);

  /**
   * Those with one value of a header, such as an API key; those without the header are not counted.
   *
   * @param name the name of the header
   */
  public static header(name: string): RateLimitKey {
    return new RateLimitKey(name);
  }

  private constructor(
    /** @internal */
    public readonly _header: string | undefined,
  ) {}
}

/** How many requests may come. Every limit whose conditions a request fulfils counts it; the first that is used up refuses it with 429. */
export interface EdgeRateLimit {
  /** How many in a unit of time, at least 1. */
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
   * Headers that requests have which count, with their values.
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

/** Limits that each proxy of a gateway counts by itself: with two proxies twice as many requests come through. */
export interface EdgeLocalRateLimitOptions extends EdgeHosts {
  /** The limits, at least one. */
  readonly limits: EdgeRateLimit[];
}

/** Limits that all proxies of a gateway count together, by asking a rate limit service. */
export interface EdgeGlobalRateLimitOptions extends EdgeHosts {
  /** The limits, at least one. */
  readonly limits: EdgeRateLimit[];

  /**
   * Whether requests pass when the service cannot be asked.
   *
   * @default false
   */
  readonly failOpen?: boolean;
}
