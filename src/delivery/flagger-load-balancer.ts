import { Duration } from 'cdk8s';

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
