import { ExtensionProvider } from './extension-provider';
import { AccessLogFormat } from './extension-provider-access-log';

/** The access log of all proxies. */
export interface MeshAccessLog {
  /**
   * The file.
   *
   * @default '/dev/stdout'
   */
  readonly file?: string;

  /**
   * How an entry looks; it also says whether the encoding is TEXT or JSON.
   *
   * @default - Istio's own line of text
   */
  readonly format?: AccessLogFormat;
}

/** The providers that are used where no Telemetry names one. */
export interface MeshDefaultProviders {
  /**
   * Takers of traces.
   *
   * @default - none
   */
  readonly tracing?: ExtensionProvider[];

  /**
   * Takers of metrics; an empty list is none.
   *
   * @default - ExtensionProvider.PROMETHEUS
   */
  readonly metrics?: ExtensionProvider[];

  /**
   * Takers of access logs.
   *
   * @default - none
   */
  readonly accessLogging?: ExtensionProvider[];
}

/** What is known of the traffic afterwards. */
export interface MeshObservabilitySettings {
  /**
   * The access log of all proxies, without any Telemetry.
   *
   * @default - none
   */
  readonly accessLog?: MeshAccessLog;

  /**
   * Whether proxies send access logs to the envoyAccessLogService of defaultConfig.
   *
   * @default false
   */
  readonly enableEnvoyAccessLogService?: boolean;

  /**
   * Whether connections that meet no route are left out of access logs.
   *
   * @default false
   */
  readonly disableEnvoyListenerLog?: boolean;

  /**
   * Whether proxies make spans and request ids, as the tracing of defaultConfig or a Telemetry says.
   *
   * @default true
   */
  readonly enableTracing?: boolean;

  /**
   * The providers that are used where no Telemetry names one. They must be built in, or in extensionProviders.
   *
   * @default - Prometheus for metrics
   */
  readonly defaultProviders?: MeshDefaultProviders;

  /**
   * Whether the metrics of applications, by their `prometheus.io` annotations, are served together with those of their proxies.
   *
   * @default true
   */
  readonly enablePrometheusMerge?: boolean;

  /**
   * The name of inbound clusters in statistics, with `%SERVICE%`, `%SERVICE_NAME%`, `%SERVICE_FQDN%`, `%SERVICE_PORT%`, `%TARGET_PORT%` and
   * `%SERVICE_PORT_NAME%`.
   *
   * @default - `inbound|port|port name|host`
   */
  readonly inboundClusterStatName?: string;

  /**
   * The name of outbound clusters in statistics, with `%SERVICE%`, `%SERVICE_NAME%`, `%SERVICE_FQDN%`, `%SERVICE_PORT%`, `%SERVICE_PORT_NAME%` and
   * `%SUBSET_NAME%`.
   *
   * @default - `outbound|port|subset|host`
   */
  readonly outboundClusterStatName?: string;
}
