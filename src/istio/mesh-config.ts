import { ClientTls } from './client-tls';
import { MeshObservabilitySettings } from './mesh-config-observability';
import { MeshSecuritySettings } from './mesh-config-security';
import { MeshTrafficSettings } from './mesh-config-traffic';
import { MeshVisibilitySettings } from './mesh-config-visibility';
import { MeshProxyConfig } from './mesh-proxy-config';

/** Where istiod reads its configuration. */
export interface MeshConfigSource {
  /** Its address: `xds://host:port`, `k8s://` or `fs:///directory`. */
  readonly address: string;

  /**
   * How istiod begins TLS with it.
   *
   * @default - none
   */
  readonly tlsSettings?: ClientTls;

  /**
   * Whether it is asked for the services of its platform only.
   *
   * @default false
   */
  readonly serviceRegistryOnly?: boolean;
}

/**
 * Settings of a whole mesh: what Istio calls MeshConfig, without trust domain, root namespace and extension providers. What is left out is as Istio has it.
 *
 * Left out because Istio deprecated them: `certificates` (use cert-manager), `verifyCertificateAtClient` (use the TLS of a DestinationRule).
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig
 */
export interface MeshConfig extends MeshTrafficSettings, MeshVisibilitySettings, MeshSecuritySettings, MeshObservabilitySettings {
  /**
   * The port at which proxies take what applications send.
   *
   * @default 15001
   */
  readonly proxyListenPort?: number;

  /**
   * The port at which proxies take what others send.
   *
   * @default 15006
   */
  readonly proxyInboundListenPort?: number;

  /**
   * The port at which proxies are an HTTP proxy.
   *
   * @default - none
   */
  readonly proxyHttpPort?: number;

  /**
   * The settings of each proxy, for which pods can have others.
   *
   * @default - as Istio has them
   */
  readonly defaultConfig?: MeshProxyConfig;

  /**
   * Where istiod reads its configuration.
   *
   * @default - in its cluster
   */
  readonly configSources?: MeshConfigSource[];
}
