import { Duration, Size } from 'cdk8s';
import { MeshConnectionSettings } from './mesh-connection-settings';
import { MeshGatewayTopology, MeshProxyHeaders } from './mesh-proxy-headers';
import { MeshTracing } from './mesh-proxy-tracing';
import {
  ControlPlaneAuthPolicy, InboundInterceptionMode, PrivateKeyProvider, ProxyRemoteService, ProxyServiceName, ProxyStatsMatcher,
} from './mesh-proxy-values';
import { ProxyImageType } from './proxy-image-type';
import { WorkloadProbe } from './workload-probe';

/**
 * The settings of each proxy of a mesh. A change of them reaches pods when they start again.
 *
 * Left out because Istio deprecated them: `zipkinAddress` (use tracing), `envoyMetricsServiceAddress` (use envoyMetricsService), `extraStatTags` (not
 * needed any more), `discoveryRefreshDelay`, `availabilityZone`, `sds`; and the tracers Lightstep, Stackdriver and OpenCensus, which Envoy dropped.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export interface MeshProxyConfig {
  /**
   * The worker threads of a proxy; 0 is one for each core of the machine, whatever the limits say.
   *
   * @default - by the CPU that the proxy requests
   */
  readonly concurrency?: number;

  /**
   * Whether the containers of a pod start after its proxy.
   *
   * @default false
   */
  readonly holdApplicationUntilProxyStarts?: boolean;

  /**
   * Environment variables of proxies; istiod knows those that start with `ISTIO_META_`.
   *
   * @default - none
   */
  readonly proxyMetadata?: { [name: string]: string };

  /**
   * Envoy's runtime configuration.
   *
   * @default - none
   */
  readonly runtimeValues?: { [name: string]: string };

  /**
   * The image of proxies.
   *
   * @default - as the charts say
   */
  readonly image?: ProxyImageType;

  /**
   * How proxies trace, until a Telemetry says it.
   *
   * @default - 1 % of the requests, to the default providers
   */
  readonly tracing?: MeshTracing;

  /**
   * How proxies are called in spans.
   *
   * @default ProxyServiceName.APP_LABEL_AND_NAMESPACE
   */
  readonly serviceName?: ProxyServiceName;

  /**
   * The statistics of Envoy that proxies have in addition.
   *
   * @default - Istio's own only
   */
  readonly proxyStatsMatcher?: ProxyStatsMatcher;

  /**
   * Whether statistics are compressed. Istio 1.29 and later.
   *
   * @default true
   */
  readonly statsCompression?: boolean;

  /**
   * The longest name of a host in statistics, in characters, 1 or more.
   *
   * @default 189
   */
  readonly statNameLength?: number;

  /**
   * Where proxies send statistics with UDP, as `host:port`.
   *
   * @default - nowhere
   */
  readonly statsdUdpAddress?: string;

  /**
   * Where access logs go with Envoy's gRPC API, when enableEnvoyAccessLogService is set.
   *
   * @default - nowhere
   */
  readonly envoyAccessLogService?: ProxyRemoteService;

  /**
   * Where metrics go with Envoy's gRPC API.
   *
   * @default - nowhere
   */
  readonly envoyMetricsService?: ProxyRemoteService;

  /**
   * What is in front of gateways.
   *
   * @default - clients connect to them
   */
  readonly gatewayTopology?: MeshGatewayTopology;

  /**
   * The headers that proxies add.
   *
   * @default - Istio's own
   */
  readonly proxyHeaders?: MeshProxyHeaders;

  /**
   * Connections to proxies. Istio 1.31 and later.
   *
   * @default - as Istio has them
   */
  readonly connectionSettings?: MeshConnectionSettings;

  /**
   * Hardware that speeds up TLS.
   *
   * @default - none
   */
  readonly privateKeyProvider?: PrivateKeyProvider;

  /**
   * Authorities that workloads trust in addition, as PEM.
   *
   * @default - none
   */
  readonly caCertificatesPem?: string[];

  /**
   * How long a proxy serves connections once its pod is to end; 0 is not at all.
   *
   * @default - 5 seconds
   */
  readonly terminationDrainDuration?: Duration;

  /**
   * How long connections may take after a listener changed, in whole seconds, at least 1.
   *
   * @default - 45 seconds
   */
  readonly drainDuration?: Duration;

  /**
   * How often files such as access logs are written, at least 1 ms. Istio 1.29 and later.
   *
   * @default - 1 second
   */
  readonly fileFlushInterval?: Duration;

  /**
   * How much is collected before files are written, in whole KiB. Istio 1.29 and later.
   *
   * @default - 64 KiB
   */
  readonly fileFlushMinSize?: Size;

  /**
   * How the readiness of workloads on virtual machines is found out.
   *
   * @default - not at all
   */
  readonly readinessProbe?: WorkloadProbe;

  /**
   * How connections reach proxies.
   *
   * @default InboundInterceptionMode.REDIRECT
   */
  readonly interceptionMode?: InboundInterceptionMode;

  /**
   * The identifier of the mesh, the same for all control planes of it.
   *
   * @default - the trust domain
   */
  readonly meshId?: string;

  /**
   * Where proxies find istiod, as `host:port`.
   *
   * @default - the istiod of their revision
   */
  readonly discoveryAddress?: string;

  /**
   * Whether proxies use TLS with istiod.
   *
   * @default ControlPlaneAuthPolicy.MUTUAL_TLS
   */
  readonly controlPlaneAuthPolicy?: ControlPlaneAuthPolicy;

  /**
   * The port for commands to Envoy.
   *
   * @default 15000
   */
  readonly proxyAdminPort?: number;

  /**
   * The port of the agent for probes and metrics.
   *
   * @default 15020
   */
  readonly statusPort?: number;

  /**
   * The directory of generated files.
   *
   * @default - `./etc/istio/proxy`
   */
  readonly configPath?: string;

  /**
   * The file of Envoy.
   *
   * @default - `/usr/local/bin/envoy`
   */
  readonly binaryPath?: string;

  /**
   * A file with the whole configuration of Envoy, in place of what istiod says.
   *
   * @default - none
   */
  readonly customConfigFile?: string;

  /**
   * A file with the template of the first configuration of Envoy.
   *
   * @default - Istio's own
   */
  readonly proxyBootstrapTemplatePath?: string;
}
