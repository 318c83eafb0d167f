import { Duration } from 'cdk8s';
import { FlaggerLoadBalancer } from './flagger-load-balancer';

/** What proxies of Istio do with connections to both versions. */
export interface FlaggerTrafficPolicy {
  /**
   * How much a version is given at once.
   *
   * @default - Istio's own limits
   */
  readonly connectionPool?: FlaggerHttpConnectionPool;

  /**
   * How pods are chosen.
   *
   * @default - the one with fewer requests in flight
   */
  readonly loadBalancer?: FlaggerLoadBalancer;

  /**
   * When a pod is left out for a while.
   *
   * @default - none is
   */
  readonly outlierDetection?: FlaggerOutlierDetection;

  /**
   * How TLS is begun.
   *
   * @default - as the mesh does by itself
   */
  readonly tls?: FlaggerClientTls;
}

/** Whether HTTP/1.1 is made HTTP/2. */
export enum FlaggerH2UpgradePolicy {
  /** As the mesh does. */
  DEFAULT = 'DEFAULT',
  /** Never. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** Always. */
  UPGRADE = 'UPGRADE',
}

/** Limits of HTTP. */
export interface FlaggerHttpConnectionPool {
  /**
   * Whether HTTP/1.1 is made HTTP/2.
   *
   * @default FlaggerH2UpgradePolicy.DEFAULT
   */
  readonly h2UpgradePolicy?: FlaggerH2UpgradePolicy;

  /**
   * Requests of HTTP/1.1 that wait for a connection.
   *
   * @default - as Istio does
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * Requests at once.
   *
   * @default - as Istio does
   */
  readonly http2MaxRequests?: number;

  /**
   * How long a connection may be idle.
   *
   * @default - as Istio does
   */
  readonly idleTimeout?: Duration;

  /**
   * Requests of a connection; 1 is without keep-alive.
   *
   * @default - as Istio does
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Retries at once.
   *
   * @default - as Istio does
   */
  readonly maxRetries?: number;
}

/** When a pod is left out for a while. */
export interface FlaggerOutlierDetection {
  /**
   * How long it is left out at least.
   *
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Errors in a row, of 5xx and connections.
   *
   * @default - 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * The older name of the same.
   *
   * @default - none
   */
  readonly consecutiveErrors?: number;

  /**
   * Errors of gateways in a row.
   *
   * @default - they do not count
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Failed connections in a row, with splitExternalLocalOriginErrors.
   *
   * @default - 5
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * How often is counted.
   *
   * @default - 10 seconds
   */
  readonly interval?: Duration;

  /**
   * The most pods that are left out, in percent.
   *
   * @default - 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * The least pods that must be healthy, in percent, for any to be left out.
   *
   * @default - 0
   */
  readonly minHealthPercent?: number;

  /**
   * Whether failed connections are counted apart.
   *
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;
}

/** Ways to begin TLS. */
export enum FlaggerClientTlsMode {
  /** Not at all. */
  DISABLE = 'DISABLE',
  /** With the certificate of the server only. */
  SIMPLE = 'SIMPLE',
  /** With certificates of both, from files. */
  MUTUAL = 'MUTUAL',
  /** With the identities of the mesh. */
  ISTIO_MUTUAL = 'ISTIO_MUTUAL',
}

/** How TLS is begun; files are those of the proxy. */
export interface FlaggerClientTls {
  /** The way. */
  readonly mode: FlaggerClientTlsMode;

  /**
   * The file of the authorities.
   *
   * @default - none
   */
  readonly caCertificates?: string;

  /**
   * The file of the client's certificate; with MUTUAL.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * The file of the client's key; with MUTUAL.
   *
   * @default - none
   */
  readonly privateKey?: string;

  /**
   * The server name.
   *
   * @default - that of the request
   */
  readonly sni?: string;

  /**
   * Names, one of which the server must have.
   *
   * @default - any
   */
  readonly subjectAltNames?: string[];
}
