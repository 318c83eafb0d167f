import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';
import { TcpKeepalive } from './connection-pool';

/**
 * How a proxy is called in spans.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export class ProxyServiceName {
  /** By the label `app` and the namespace. */
  public static readonly APP_LABEL_AND_NAMESPACE = new ProxyServiceName({ tracingServiceName: 'APP_LABEL_AND_NAMESPACE' });

  /** By the workload. */
  public static readonly CANONICAL_NAME_ONLY = new ProxyServiceName({ tracingServiceName: 'CANONICAL_NAME_ONLY' });

  /** By the workload and its namespace. */
  public static readonly CANONICAL_NAME_AND_NAMESPACE = new ProxyServiceName({ tracingServiceName: 'CANONICAL_NAME_AND_NAMESPACE' });

  /**
   * All by one name.
   *
   * @throws when it is empty
   */
  public static serviceCluster(name: string): ProxyServiceName {
    if (name === '') {
      throw new Error('serviceCluster must not be empty: leave it out for the default');
    }
    return new ProxyServiceName({ serviceCluster: name });
  }

  private constructor(private readonly name: object) {}

  /** @internal */
  public _toKube(): object {
    return this.name;
  }
}

/** How connections reach a proxy. */
export enum InboundInterceptionMode {
  /** By iptables REDIRECT, which hides the address of the client from the application. */
  REDIRECT = 'REDIRECT',
  /** By iptables TPROXY, which keeps it. */
  TPROXY = 'TPROXY',
  /** Not by itself. */
  NONE = 'NONE',
}

/** Whether proxies use TLS with istiod. */
export enum ControlPlaneAuthPolicy {
  /** They use none. */
  NONE = 'NONE',
  /** They use mutual TLS. */
  MUTUAL_TLS = 'MUTUAL_TLS',
}

/** A service that proxies send something to. */
export interface ProxyRemoteService {
  /** Its address, as `host:port`. */
  readonly address: string;

  /**
   * How proxies begin TLS with it.
   *
   * @default - none
   */
  readonly tlsSettings?: ClientTls;

  /**
   * Probes of idle connections by the operating system.
   *
   * @default - none
   */
  readonly tcpKeepalive?: TcpKeepalive;
}

/** The statistics of Envoy that proxies have in addition, by name. */
export interface ProxyStatsMatcher {
  /**
   * By the beginning.
   *
   * @default - none
   */
  readonly inclusionPrefixes?: string[];

  /**
   * By the end.
   *
   * @default - none
   */
  readonly inclusionSuffixes?: string[];

  /**
   * By regular expressions of RE2 that match the whole name.
   *
   * @default - none
   */
  readonly inclusionRegexps?: string[];
}

/** Options of hardware that speeds up TLS. */
export interface PrivateKeyProviderOptions {
  /** How long work is collected, or how often the hardware is asked; at least 1 ms. */
  readonly pollDelay: Duration;

  /**
   * Whether proxies do without the hardware where there is none. Istio 1.21 and later.
   *
   * @default false
   */
  readonly fallback?: boolean;
}

/**
 * Hardware that speeds up TLS.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#PrivateKeyProvider
 */
export class PrivateKeyProvider {
  /** Instructions of processors of Intel. */
  public static cryptoMb(options: PrivateKeyProviderOptions): PrivateKeyProvider {
    return new PrivateKeyProvider('cryptomb', options);
  }

  /** QuickAssist. */
  public static qat(options: PrivateKeyProviderOptions): PrivateKeyProvider {
    return new PrivateKeyProvider('qat', options);
  }

  private constructor(
    /** @internal */
    public readonly _kind: string,
    /** @internal */
    public readonly _options: PrivateKeyProviderOptions,
  ) {}
}
