import { Duration } from 'cdk8s';
import { checkCount } from './count';
import { checkHeaderName } from './header-name';
import type { DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash } from '../imports/networking.istio.io';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

/** Options of a cookie by which endpoints are chosen. */
export interface HashCookieOptions {
  /**
   * How long the cookie lives; 0 is until the browser closes.
   *
   * @default - the proxy sets no cookie: only clients that have one are told apart
   */
  readonly ttl?: Duration;

  /**
   * The path of the cookie.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * Further attributes, with unique names.
   *
   * @default - none
   */
  readonly attributes?: HashCookieAttribute[];
}

/** An attribute of a cookie. */
export interface HashCookieAttribute {
  /** The name, such as `SameSite`. */
  readonly name: string;

  /**
   * The value.
   *
   * @default - none, as for `Secure`
   */
  readonly value?: string;
}

/**
 * What requests must have in common to reach the same endpoint.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export class ConsistentHashKey {
  /**
   * The value of a header.
   *
   * @throws when it is no name of a header
   */
  public static header(name: string): ConsistentHashKey {
    return new ConsistentHashKey({ httpHeaderName: checkHeaderName(name, 'header of a hash') });
  }

  /**
   * The value of a cookie.
   *
   * @throws when a name is empty, or attributes share one
   */
  public static cookie(name: string, options: HashCookieOptions = {}): ConsistentHashKey {
    if (name === '') {
      throw new Error('cookie of a hash must have a name, got none');
    }
    const names = options.attributes?.map(attribute => attribute.name) ?? [];
    if (names.includes('')) {
      throw new Error(`attributes of cookie '${name}' must have names, got '' among them`);
    }
    const again = names.find((attribute, i) => names.indexOf(attribute) < i);
    if (again !== undefined) {
      throw new Error(`attributes of cookie '${name}' must have unique names, got '${again}' again`);
    }
    return new ConsistentHashKey({
      httpCookie: { name, path: options.path, ttl: options.ttl && formatDuration(options.ttl, 'ttl of a cookie'), attributes: options.attributes },
    });
  }

  /** The address of the client. */
  public static sourceIp(): ConsistentHashKey {
    return new ConsistentHashKey({ useSourceIp: true });
  }

  /**
   * The value of a query parameter.
   *
   * @throws when the name is empty
   */
  public static queryParameter(name: string): ConsistentHashKey {
    if (name === '') {
      throw new Error('query parameter of a hash must have a name, got none');
    }
    return new ConsistentHashKey({ httpQueryParameterName: name });
  }

  private constructor(private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash>) {}

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash> {
    return this.spec;
  }
}

/** Maglev tables are smaller than this. */
const MAGLEV_LIMIT = 5000011;

/**
 * How endpoints are laid out for a choice by hash.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export class HashAlgorithm {
  /**
   * A ring.
   *
   * @param minimumSize the least number of places on it, 0 or more; 1024 when left out. More places share more evenly
   * @throws when it is no whole number from 0
   */
  public static ringHash(minimumSize?: number): HashAlgorithm {
    return new HashAlgorithm({ ringHash: { minimumRingSize: checkCount(minimumSize, 'minimumSize of a ring', Number.MAX_SAFE_INTEGER) } });
  }

  /**
   * A Maglev table: faster than a ring, but more requests move when endpoints change.
   *
   * @param tableSize a prime number below 5000011, such as 65537
   * @throws when it is not
   */
  public static maglev(tableSize: number): HashAlgorithm {
    if (tableSize >= MAGLEV_LIMIT || !isPrime(tableSize)) {
      throw new Error(`tableSize of maglev must be a prime number below ${MAGLEV_LIMIT}, got ${tableSize}: 65537 is a common one`);
    }
    return new HashAlgorithm({ maglev: { tableSize } });
  }

  private constructor(private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash>) {}

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash> {
    return this.spec;
  }
}

/** Whether a whole number is prime; like Envoy, 1 counts. */
function isPrime(value: number): boolean {
  if (!Number.isInteger(value) || value < 1) {
    return false;
  }
  for (let factor = 2; factor * factor <= value; factor++) {
    if (value % factor === 0) {
      return false;
    }
  }
  return true;
}
