import { Duration } from 'cdk8s';
import { ClientTls } from './client-tls';
import { ConnectionPool, TcpKeepalive } from './connection-pool';
import { HttpRetries } from './http-retries';
import { LocalityLoadBalancing, ZoneAwareLoadBalancing } from './locality-load-balancing';
import { OutlierDetection } from './outlier-detection';

/**
 * What happens in the whole mesh with destinations that a sidecar does not know.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-OutboundTrafficPolicy
 */
export class MeshOutboundTraffic {
  /** Traffic goes on to them as it is. */
  public static readonly ALLOW_ANY = new MeshOutboundTraffic({ mode: 'ALLOW_ANY' });

  /** They cannot be reached. It finds forgotten ServiceEntries, and is no firewall. */
  public static readonly REGISTRY_ONLY = new MeshOutboundTraffic({ mode: 'REGISTRY_ONLY' });

  /**
   * Proxies resolve their names, and may begin TLS with them. Istio 1.30 and later.
   *
   * @param tls whether and how proxies begin TLS with them; without it they send what the application sends
   */
  public static allowAnyDynamicDns(tls?: ClientTls): MeshOutboundTraffic {
    return new MeshOutboundTraffic({ mode: 'ALLOW_ANY_DYNAMIC_DNS', tls: tls?._toKube() });
  }

  private constructor(private readonly policy: object) {}

  /** @internal */
  public _toKube(): object {
    return this.policy;
  }
}

/** Where a sidecar hands over what arrives. */
export enum InboundTrafficMode {
  /** To the address of the pod, as if there were no sidecar. */
  PASSTHROUGH = 'PASSTHROUGH',
  /** To localhost. */
  LOCALHOST = 'LOCALHOST',
}

/** Whether HTTP/1.1 connections become HTTP/2 where no DestinationRule says it. */
export enum MeshH2Upgrade {
  /** They stay as they are. */
  DO_NOT_UPGRADE = 'DO_NOT_UPGRADE',
  /** They become HTTP/2, which needs proxies on all workloads. */
  UPGRADE = 'UPGRADE',
}

/** How much proxies change paths before they look at them. */
export enum PathNormalization {
  /** As Istio does by default: BASE. */
  DEFAULT = 'DEFAULT',
  /** Not at all. */
  NONE = 'NONE',
  /** As RFC 3986 says: `/a/../b` becomes `/b`. */
  BASE = 'BASE',
  /** As BASE, and `/a//b` becomes `/a/b`. */
  MERGE_SLASHES = 'MERGE_SLASHES',
  /** As MERGE_SLASHES, after `%2F` and `%5C` became slashes. */
  DECODE_AND_MERGE_SLASHES = 'DECODE_AND_MERGE_SLASHES',
}

/** What holds for every host, each part until a DestinationRule says that part. */
export interface MeshDefaultTrafficPolicy {
  /**
   * How much a host is given at once.
   *
   * @default - Istio's own limits
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When endpoints that fail are left out.
   *
   * @default - never
   */
  readonly outlierDetection?: OutlierDetection;
}

/** How traffic flows where nothing else is said. */
export interface MeshTrafficSettings {
  /**
   * What happens with destinations that a sidecar does not know.
   *
   * @default MeshOutboundTraffic.ALLOW_ANY
   */
  readonly outboundTrafficPolicy?: MeshOutboundTraffic;

  /**
   * Where a sidecar hands over what arrives. Istio 1.22 and later.
   *
   * @default InboundTrafficMode.PASSTHROUGH
   */
  readonly inboundTrafficPolicy?: InboundTrafficMode;

  /**
   * How long connecting may take, 1 ms to 1 hour.
   *
   * @default - 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * How long a connection from Envoy to ztunnel may carry nothing, at least 1 ms. Istio 1.29 and later.
   *
   * @default - 1 hour
   */
  readonly hboneIdleTimeout?: Duration;

  /**
   * How long a proxy waits for a client's first bytes to find out the protocol; 0 is no limit. Servers that speak first are broken by any value.
   *
   * @default - no limit
   */
  readonly protocolDetectionTimeout?: Duration;

  /**
   * Probes of idle connections by the operating system.
   *
   * @default - none
   */
  readonly tcpKeepalive?: TcpKeepalive;

  /**
   * How long the failure to resolve a name is remembered, at least 1 ms.
   *
   * @default - 60 seconds
   */
  readonly dnsRefreshRate?: Duration;

  /**
   * Whether HTTP/1.1 connections become HTTP/2.
   *
   * @default MeshH2Upgrade.DO_NOT_UPGRADE
   */
  readonly h2UpgradePolicy?: MeshH2Upgrade;

  /**
   * Whether and how requests are tried again where a route does not say it; perTryTimeout cannot be said here.
   *
   * @default - 2 attempts
   */
  readonly defaultHttpRetryPolicy?: HttpRetries;

  /**
   * What holds for every host, each part until a DestinationRule says that part. Istio 1.31 and later.
   *
   * @default - Istio's own limits
   */
  readonly defaultTrafficPolicy?: MeshDefaultTrafficPolicy;

  /**
   * Which localities are preferred; not together with zoneAwareLbSetting.
   *
   * @default - the client's own
   */
  readonly localityLbSetting?: LocalityLoadBalancing;

  /**
   * Whether traffic stays in the client's zone; not together with localityLbSetting. Sidecars only, those with `ISTIO_META_ENABLE_SELF_DISCOVERY: 'true'`
   * in their proxyMetadata. Istio 1.31 and later.
   *
   * @default - it does not
   */
  readonly zoneAwareLbSetting?: ZoneAwareLoadBalancing;

  /**
   * How much proxies change paths before they look at them.
   *
   * @default PathNormalization.DEFAULT
   */
  readonly pathNormalization?: PathNormalization;
}
