import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';
import { ConnectionPool } from './connection-pool';
import { LoadBalancer } from './load-balancer';
import { OutlierDetection } from './outlier-detection';

/** What a client's proxy does with one port, or with all. */
export interface TrafficPolicySettings {
  /**
   * How endpoints are chosen.
   *
   * @default - the one with fewer requests in flight
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * How much the host is given at once.
   *
   * @default - Istio's own limits
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When an endpoint is left out for a while.
   *
   * @default - none is
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * Whether and how the client begins TLS.
   *
   * @default - Istio mutual TLS where the server has a sidecar, else none
   */
  readonly tls?: ClientTls;
}

/**
 * What a client's proxy does with traffic to a host; at least one thing.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface TrafficPolicy extends TrafficPolicySettings {
  /**
   * What differs by port. In Istio a port with settings of its own loses all others: here they are repeated for it, so that only what is said changes.
   * A policy with proxyProtocol, retryBudget or tunnel takes none, because these cannot be repeated.
   *
   * @default - all ports are alike
   */
  readonly portLevelSettings?: PortTrafficPolicy[];

  /**
   * Whether connections begin with a PROXY protocol header; not together with tunnel.
   *
   * @default - they do not
   */
  readonly proxyProtocol?: ProxyProtocolVersion;

  /**
   * The share of requests that may be retries; not together with maxRetries of the connectionPool.
   *
   * @default - Envoy's own limit of retries
   */
  readonly retryBudget?: RetryBudget;

  /**
   * A proxy that TCP and TLS traffic is tunnelled through; not together with proxyProtocol.
   *
   * @default - none
   */
  readonly tunnel?: TrafficTunnel;
}

/** What a client's proxy does with one port: at least one thing, and the rest as for all ports. */
export interface PortTrafficPolicy extends TrafficPolicySettings {
  /** The port of the host, 1 to 65535. */
  readonly port: number;
}

/** Versions of the PROXY protocol. */
export enum ProxyProtocolVersion {
  /** Text. */
  V1 = 'V1',
  /** Binary. */
  V2 = 'V2',
}

/** The share of requests that may be retries. */
export interface RetryBudget {
  /**
   * The share in percent of the requests, 0 to 100.
   *
   * @default - 20
   */
  readonly percent?: number;

  /**
   * How many retries may be in flight whatever the share, at least 1.
   *
   * @default - 3
   */
  readonly minRetryConcurrency?: number;

  /**
   * The time whose requests count; 0 counts those in flight only. Istio 1.31 and later.
   *
   * @default - those in flight only
   */
  readonly budgetInterval?: Duration;
}

/** A proxy that traffic is tunnelled through; the host of the DestinationRule is that proxy. */
export interface TrafficTunnel {
  /** The host or address at the far end. */
  readonly targetHost: string;

  /** The port at the far end, 1 to 65535. */
  readonly targetPort: number;

  /**
   * How the tunnel is asked for.
   *
   * @default TunnelProtocol.CONNECT
   */
  readonly protocol?: TunnelProtocol;
}

/** How a tunnel is asked for. */
export enum TunnelProtocol {
  /** HTTP CONNECT. */
  CONNECT = 'CONNECT',
  /** HTTP POST. */
  POST = 'POST',
}
