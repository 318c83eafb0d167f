import { Duration } from 'cdk8s';
import { checkCount, MAX_INT32 } from './count';
import { formatPositiveDuration } from './positive-duration';
import type {
  DestinationRuleSpecTrafficPolicyConnectionPool, DestinationRuleSpecTrafficPolicyConnectionPoolHttp,
  DestinationRuleSpecTrafficPolicyConnectionPoolTcp,
} from '../imports/networking.istio.io';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

/** How much a host is given at once; at least one part. */
export interface ConnectionPoolOptions {
  /**
   * Connections of HTTP and of anything else.
   *
   * @default - Istio's own limits
   */
  readonly tcp?: TcpConnectionPool;

  /**
   * Requests.
   *
   * @default - Istio's own limits
   */
  readonly http?: HttpConnectionPool;
}

/** Limits of connections. */
export interface TcpConnectionPool {
  /**
   * Connections to the host, at least 1.
   *
   * @default - 2^32 - 1
   */
  readonly maxConnections?: number;

  /**
   * How long connecting may take, at least 1 ms.
   *
   * @default - 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * How long a connection may carry no bytes; 0 switches the limit off.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * How long a connection may last, at least 1 ms.
   *
   * @default - as long as it takes
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Probes of idle connections by the operating system.
   *
   * @default - none
   */
  readonly tcpKeepalive?: TcpKeepalive;
}

/** Probes of idle connections by the operating system. */
export interface TcpKeepalive {
  /**
   * How many probes may go unanswered, 0 or more.
   *
   * @default - that of the operating system, usually 9
   */
  readonly probes?: number;

  /**
   * How long a connection is idle before the first probe, at least 1 ms.
   *
   * @default - that of the operating system, usually 2 hours
   */
  readonly time?: Duration;

  /**
   * The time between probes, at least 1 ms.
   *
   * @default - that of the operating system, usually 75 seconds
   */
  readonly interval?: Duration;
}

/** Limits of requests. */
export interface HttpConnectionPool {
  /**
   * Requests that wait for a connection, at least 1.
   *
   * @default - 2^32 - 1
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * Requests in flight, of HTTP/1.1 as well, at least 1.
   *
   * @default - 2^32 - 1
   */
  readonly http2MaxRequests?: number;

  /**
   * Requests of one connection, 0 or more; 1 closes it after each, 0 is no limit.
   *
   * @default - no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Retries in flight, at least 1; `HttpRetries.none()` of a route switches them off.
   *
   * @default - 2^32 - 1
   */
  readonly maxRetries?: number;

  /**
   * How long a connection may carry no requests, at least 1 ms.
   *
   * @default - 1 hour
   */
  readonly idleTimeout?: Duration;

  /**
   * Whether HTTP/1.1 connections become HTTP/2. UPGRADE not together with useClientProtocol.
   *
   * @default H2UpgradePolicy.DEFAULT
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;

  /**
   * Whether the protocol of the client is kept.
   *
   * @default false
   */
  readonly useClientProtocol?: boolean;

  /**
   * Streams of one HTTP/2 connection, 0 or more.
   *
   * @default - 2^31 - 1
   */
  readonly maxConcurrentStreams?: number;

  /**
   * HTTP/2 pings on connections to the host. Istio 1.31 and later.
   *
   * @default - none
   */
  readonly http2KeepAlive?: Http2KeepAlive;
}

/** HTTP/2 pings. */
export interface Http2KeepAlive {
  /** The time between pings, at least 1 ms. */
  readonly interval: Duration;

  /** How long an answer may take before the connection is closed, at least 1 ms. */
  readonly timeout: Duration;
}

/** Whether HTTP/1.1 connections to a host become HTTP/2. */
export enum H2UpgradePolicy {
  /** As the mesh says. */
  DEFAULT = 'DEFAULT',
  /** They stay as they are. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** They become HTTP/2. */
  UPGRADE = 'UPGRADE',
}


/**
 * How much a host is given at once: what is over the limits is refused by the client's proxy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ConnectionPoolSettings
 */
export class ConnectionPool {
  /**
   * Limits.
   *
   * @throws when there is no part, a number is out of range, a duration is below 1 ms, or UPGRADE meets useClientProtocol
   */
  public static of(options: ConnectionPoolOptions): ConnectionPool {
    if (!options.tcp && !options.http) {
      throw new Error('a connection pool must have tcp or http, got neither: pass one, or leave the pool out');
    }
    return new ConnectionPool({ tcp: options.tcp && tcpManifest(options.tcp), http: options.http && httpManifest(options.http) });
  }

  private constructor(private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyConnectionPool>) {}

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyConnectionPool> {
    return this.spec;
  }
}

function tcpManifest({ maxConnections, connectTimeout, idleTimeout, maxConnectionDuration, tcpKeepalive }: TcpConnectionPool):
Manifest<DestinationRuleSpecTrafficPolicyConnectionPoolTcp> {
  return {
    maxConnections: checkCount(maxConnections, 'maxConnections', MAX_INT32, 1),
    connectTimeout: connectTimeout && formatPositiveDuration(connectTimeout, 'connectTimeout'),
    idleTimeout: idleTimeout && formatDuration(idleTimeout, 'idleTimeout'),
    maxConnectionDuration: maxConnectionDuration && formatPositiveDuration(maxConnectionDuration, 'maxConnectionDuration'),
    tcpKeepalive: tcpKeepalive && {
      probes: checkCount(tcpKeepalive.probes, 'probes of tcpKeepalive'),
      time: tcpKeepalive.time && formatPositiveDuration(tcpKeepalive.time, 'time of tcpKeepalive'),
      interval: tcpKeepalive.interval && formatPositiveDuration(tcpKeepalive.interval, 'interval of tcpKeepalive'),
    },
  };
}

function httpManifest(http: HttpConnectionPool): Manifest<DestinationRuleSpecTrafficPolicyConnectionPoolHttp> {
  if (http.h2UpgradePolicy === H2UpgradePolicy.UPGRADE && http.useClientProtocol) {
    throw new Error('a connection cannot be upgraded to HTTP/2 and keep the client\'s protocol, got UPGRADE and useClientProtocol: leave one of them out');
  }
  return {
    http1MaxPendingRequests: checkCount(http.http1MaxPendingRequests, 'http1MaxPendingRequests', MAX_INT32, 1),
    http2MaxRequests: checkCount(http.http2MaxRequests, 'http2MaxRequests', MAX_INT32, 1),
    maxRequestsPerConnection: checkCount(http.maxRequestsPerConnection, 'maxRequestsPerConnection', MAX_INT32),
    maxRetries: checkCount(http.maxRetries, 'maxRetries', MAX_INT32, 1),
    idleTimeout: http.idleTimeout && formatPositiveDuration(http.idleTimeout, 'idleTimeout of http'),
    h2UpgradePolicy: http.h2UpgradePolicy,
    useClientProtocol: http.useClientProtocol,
    maxConcurrentStreams: checkCount(http.maxConcurrentStreams, 'maxConcurrentStreams', MAX_INT32),
    http2KeepAlive: http.http2KeepAlive && {
      interval: formatPositiveDuration(http.http2KeepAlive.interval, 'interval of http2KeepAlive'),
      timeout: formatPositiveDuration(http.http2KeepAlive.timeout, 'timeout of http2KeepAlive'),
    },
  };
}
