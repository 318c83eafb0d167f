import { Duration } from 'cdk8s';

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

/** Ways to choose a pod that look at nothing of the request. */
export enum FlaggerSimpleLoadBalancer {
  /** One after the other. */
  ROUND_ROBIN = 'ROUND_ROBIN',
  /** The one with fewer requests in flight; the older name. */
  LEAST_CONN = 'LEAST_CONN',
  /** By chance. */
  RANDOM = 'RANDOM',
  /** The address that the client called. */
  PASSTHROUGH = 'PASSTHROUGH',
  /** The one with fewer requests in flight. */
  LEAST_REQUEST = 'LEAST_REQUEST',
}

/** What requests have in common that reach the same pod of a version. */
export class FlaggerHashKey {
  /** The value of a header. */
  public static header(name: string): FlaggerHashKey {
    return new FlaggerHashKey({ httpHeaderName: name });
  }

  /** The value of a cookie, which the proxy sets where it has a time to live. */
  public static cookie(cookie: FlaggerHashCookie): FlaggerHashKey {
    return new FlaggerHashKey({ httpCookie: cookie });
  }

  /** The value of a query parameter. */
  public static queryParameter(name: string): FlaggerHashKey {
    return new FlaggerHashKey({ httpQueryParameterName: name });
  }

  /** The address of the client. */
  public static sourceIp(): FlaggerHashKey {
    return new FlaggerHashKey({ useSourceIp: true });
  }

  private constructor(
    /** @internal */
    public readonly _key: {
      readonly httpHeaderName?: string;
      readonly httpCookie?: FlaggerHashCookie;
      readonly httpQueryParameterName?: string;
      readonly useSourceIp?: boolean;
    },
  ) {}
}

/** A cookie by which a pod is chosen. */
export interface FlaggerHashCookie {
  /** The name. */
  readonly name: string;

  /**
   * The path.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * How long it lives; 0 is until the browser closes.
   *
   * @default - the proxy sets no cookie
   */
  readonly ttl?: Duration;
}

/** Where clients of a locality are sent, by share. */
export interface FlaggerLocalityShare {
  /** The locality of the clients, such as `us-west/zone1/*`. */
  readonly fromLocality: string;
  /** Percent by locality of the pods; 100 in sum. */
  readonly toLocalities: { [key: string]: number };
}

/** Where clients go when their region has no pods. */
export interface FlaggerLocalityFailover {
  /** The region of the clients. */
  readonly fromRegion: string;
  /** The other region. */
  readonly toRegion: string;
}

/** Which localities are preferred. */
export interface FlaggerLocalityLoadBalancing {
  /**
   * Whether they are.
   *
   * @default - as the mesh says
   */
  readonly enabled?: boolean;

  /**
   * Shares by locality.
   *
   * @default - none
   */
  readonly distribute?: FlaggerLocalityShare[];

  /**
   * The next region by region.
   *
   * @default - none
   */
  readonly failover?: FlaggerLocalityFailover[];
}

/** Options of every way to choose a pod. */
export interface FlaggerLoadBalancerOptions {
  /**
   * Which localities are preferred.
   *
   * @default - as the mesh says
   */
  readonly locality?: FlaggerLocalityLoadBalancing;

  /**
   * How long new pods are spared.
   *
   * @default - they are not
   */
  readonly warmup?: Duration;
}

/**
 * How a pod of a version is chosen.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export class FlaggerLoadBalancer {
  /** Without a look at the request. */
  public static simple(algorithm: FlaggerSimpleLoadBalancer, options: FlaggerLoadBalancerOptions = {}): FlaggerLoadBalancer {
    return new FlaggerLoadBalancer(options, algorithm);
  }

  /**
   * The same one for requests with the same key. It does not choose the version.
   *
   * @param key what the requests have in common
   * @param minimumRingSize places on the ring; default: 1024
   */
  public static consistentHash(key: FlaggerHashKey, minimumRingSize?: number, options: FlaggerLoadBalancerOptions = {}): FlaggerLoadBalancer {
    return new FlaggerLoadBalancer(options, undefined, key, minimumRingSize);
  }

  private constructor(
    /** @internal */
    public readonly _options: FlaggerLoadBalancerOptions,
    /** @internal */
    public readonly _simple?: FlaggerSimpleLoadBalancer,
    /** @internal */
    public readonly _key?: FlaggerHashKey,
    /** @internal */
    public readonly _minimumRingSize?: number,
  ) {}
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
