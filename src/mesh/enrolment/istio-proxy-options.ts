import { Duration } from 'cdk8s';
import { IstioLogLevel, EnvoyLogLevel } from './proxy-log-level';
import { ProxyVolume } from './proxy-volume';
import { MeshProxyConfig } from '../../istio/mesh-proxy-config';
import { InboundInterceptionMode } from '../../istio/mesh-proxy-values';
import { ProxyImageType } from '../../istio/proxy-image-type';

/** How the kubelet asks a proxy whether it is ready. */
export interface ProxyReadiness {
  /**
   * How long it waits at first, in whole seconds, 0 or more.
   *
   * @default - as the chart istiod says: 1 second
   */
  readonly initialDelay?: Duration;

  /**
   * How often it asks, in whole seconds, at least 1.
   *
   * @default - as the chart istiod says: 15 seconds
   */
  readonly period?: Duration;

  /**
   * How many failures in a row make the pod not ready, at least 1.
   *
   * @default - as the chart istiod says: 4
   */
  readonly failureThreshold?: number;
}

/**
 * What a pod can say of its sidecar of Istio.
 *
 * Left out because another way is there: the annotations of statistics, compression, the discovery address and the image type, which are in `proxyConfig`; because Istio
 * deprecated it: `kubevirtInterfaces` (use reroutedInterfaces); because nothing reads it any more: `readiness...applicationPorts`; and because it takes probes and the
 * draining of native sidecars with it: the status port 0.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export interface IstioProxyOptions {
  /**
   * The revision or tag that injects the proxy, for pods of a namespace that is not enrolled: a namespace's own label wins over that of a pod.
   *
   * @default - that of the mesh
   */
  readonly revision?: string;

  /**
   * The CIDR blocks to which connections pass the proxy; none of them when the list is empty.
   *
   * @default - all
   */
  readonly includedOutboundIpRanges?: string[];

  /**
   * The CIDR blocks to which connections do not pass the proxy. They make sense only where all others do.
   *
   * @default - none
   */
  readonly excludedOutboundIpRanges?: string[];

  /**
   * The ports of the pod on which connections pass the proxy; none of them when the list is empty.
   *
   * @default - all
   */
  readonly includedInboundPorts?: number[];

  /**
   * Ports to which connections pass the proxy, whatever their address.
   *
   * @default - none in particular
   */
  readonly includedOutboundPorts?: number[];

  /**
   * Network interfaces of the pod whose traffic does not pass the proxy.
   *
   * @default - none
   */
  readonly excludedInterfaces?: string[];

  /**
   * Network interfaces of the pod whose inbound traffic counts as outbound traffic of the pod, such as those of virtual machines in it. Istio 1.25 and later.
   *
   * @default - none
   */
  readonly reroutedInterfaces?: string[];

  /**
   * How connections reach the proxy.
   *
   * @default - as the mesh says
   */
  readonly interceptionMode?: InboundInterceptionMode;

  /**
   * Whether HTTP, TCP and gRPC probes of the pod's containers are asked through the proxy's agent, so that mTLS does not refuse the kubelet.
   *
   * @default - as the chart istiod says: they are
   */
  readonly rewriteAppHttpProbers?: boolean;

  /**
   * How the kubelet asks the proxy whether it is ready.
   *
   * @default - as the chart istiod says
   */
  readonly readiness?: ProxyReadiness;

  /**
   * What Envoy logs.
   *
   * @default - as the chart istiod says: EnvoyLogLevel.WARNING
   */
  readonly logLevel?: EnvoyLogLevel;

  /**
   * What components of Envoy log, such as `rbac` or `connection`.
   *
   * @default - as the chart istiod says
   */
  readonly componentLogLevels?: { [component: string]: EnvoyLogLevel };

  /**
   * What the agent beside Envoy logs, by scope, `default` for those that are not named.
   *
   * @default - as the chart istiod says: IstioLogLevel.INFO
   */
  readonly agentLogLevels?: { [scope: string]: IstioLogLevel };

  /**
   * Whether the agent serves the metrics of the application with those of Envoy, on port 15020.
   *
   * @default - as the mesh says: it does
   */
  readonly mergeMetrics?: boolean;

  /**
   * The image of the proxy, with a registry, in place of that of the installation.
   *
   * @default - that of the installation
   */
  readonly image?: string;

  /**
   * The build of the image.
   *
   * @default - as the mesh says
   */
  readonly imageType?: ProxyImageType;

  /**
   * A ConfigMap in the namespace of the pod whose `custom_bootstrap.json` is merged into the first configuration of Envoy.
   *
   * @default - none
   */
  readonly bootstrapOverride?: string;

  /**
   * Files for the proxy, such as the client certificates that a DestinationRule names.
   *
   * @default - none
   */
  readonly volumes?: ProxyVolume[];

  /**
   * The upper bounds of buckets of histograms, by the prefix of their names.
   *
   * @default - Envoy's own
   */
  readonly statsHistogramBuckets?: { [prefix: string]: number[] };

  /**
   * How often statistics are flushed to those who are sent them. Istio 1.28 and later.
   *
   * @default - 5 seconds
   */
  readonly statsFlushInterval?: Duration;

  /**
   * How long statistics are kept that do not change any more, a multiple of `statsFlushInterval`. Istio 1.28 and later.
   *
   * @default - for ever
   */
  readonly statsEvictionInterval?: Duration;

  /**
   * Settings of the proxy in the words of the mesh's `defaultConfig`, over which they are put. What concerns a mesh as a whole is refused.
   *
   * @default - those of the mesh
   */
  readonly proxyConfig?: MeshProxyConfig;
}
