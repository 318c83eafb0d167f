import { ProviderService } from './extension-provider-service';
import { checkHeaderName } from '../semantics/header';

/**
 * How an entry of an access log looks.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-EnvoyFileAccessLogProvider-LogFormat
 */
export class AccessLogFormat {
  /**
   * A line of text.
   *
   * @param format text with command operators of Envoy, such as `%RESPONSE_CODE%`; Istio ends it with a line break
   * @throws when it is empty
   */
  public static text(format: string): AccessLogFormat {
    if (format === '') {
      throw new Error('format of an access log must not be empty: leave it out for the default');
    }
    return new AccessLogFormat({ text: format });
  }

  /**
   * A JSON object.
   *
   * @param labels its members, which may be objects, with command operators of Envoy as values; without any, those of Istio
   */
  public static labels(labels: { [label: string]: any } = {}): AccessLogFormat {
    return new AccessLogFormat({ labels });
  }

  private constructor(
    /** @internal */
    public readonly _parts: { readonly text?: string; readonly labels?: object },
  ) {}
}

/** Options of access logs in a file. */
export interface EnvoyFileAccessLogOptions {
  /**
   * The file.
   *
   * @default '/dev/stdout'
   */
  readonly path?: string;

  /**
   * How an entry looks.
   *
   * @default - Istio's own line of text
   */
  readonly logFormat?: AccessLogFormat;

  /**
   * Whether what has no value is left out of JSON, and is empty in text instead of `-`. Istio 1.26 and later.
   *
   * @default false
   */
  readonly omitEmptyValues?: boolean;
}

/** Options of takers of entries with Envoy's gRPC API for access logs. */
export interface EnvoyTcpAlsOptions {
  /** Where the taker is. */
  readonly service: ProviderService;

  /**
   * The name of the log.
   *
   * @default - `http_envoy_accesslog`, `tcp_envoy_accesslog` or `listener_envoy_accesslog`
   */
  readonly logName?: string;

  /**
   * Objects of the filter state that entries have in addition.
   *
   * @default - none
   */
  readonly filterStateObjectsToLog?: string[];
}

/** Options of takers of entries about HTTP. */
export interface EnvoyHttpAlsOptions extends EnvoyTcpAlsOptions {
  /**
   * Headers of the request that entries have in addition.
   *
   * @default - none
   */
  readonly additionalRequestHeadersToLog?: string[];

  /**
   * Headers of the response that entries have in addition.
   *
   * @default - none
   */
  readonly additionalResponseHeadersToLog?: string[];

  /**
   * Trailers of the response that entries have in addition.
   *
   * @default - none
   */
  readonly additionalResponseTrailersToLog?: string[];
}

/** How an entry looks in OpenTelemetry. */
export interface OpenTelemetryLogFormat {
  /**
   * The body: text with command operators of Envoy.
   *
   * @default - Istio's own line of text
   */
  readonly text?: string;

  /**
   * Attributes, which may be objects, with command operators of Envoy as values.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: any };
}

/** Options of takers of entries with the API of OpenTelemetry. */
export interface EnvoyOtelAlsOptions {
  /** Where the taker is. */
  readonly service: ProviderService;

  /**
   * The name of the log.
   *
   * @default 'otel_envoy_accesslog'
   */
  readonly logName?: string;

  /**
   * How an entry looks.
   *
   * @default - Istio's own line of text
   */
  readonly logFormat?: OpenTelemetryLogFormat;
}

/** @internal */
export function fileAccessLogManifest({ path, logFormat, omitEmptyValues }: EnvoyFileAccessLogOptions): object {
  // Istio's default exists for a provider that is built in only: a new one without a path would log to nowhere.
  return { path: path ?? '/dev/stdout', logFormat: logFormat?._parts, omitEmptyValues };
}

/** @internal */
export function tcpAlsManifest({ service, logName, filterStateObjectsToLog }: EnvoyTcpAlsOptions): object {
  return { ...service._toKube(), logName, filterStateObjectsToLog };
}

/** @internal */
export function httpAlsManifest(options: EnvoyHttpAlsOptions): object {
  const { additionalRequestHeadersToLog, additionalResponseHeadersToLog, additionalResponseTrailersToLog } = options;
  for (const [what, names] of Object.entries({ additionalRequestHeadersToLog, additionalResponseHeadersToLog, additionalResponseTrailersToLog })) {
    names?.forEach(name => checkHeaderName(name, `name in ${what}`));
  }
  return { ...tcpAlsManifest(options), additionalRequestHeadersToLog, additionalResponseHeadersToLog, additionalResponseTrailersToLog };
}

/** @internal */
export function otelAlsManifest({ service, logName, logFormat }: EnvoyOtelAlsOptions): object {
  return { ...service._toKube(), logName, logFormat: logFormat && { text: logFormat.text, labels: logFormat.labels } };
}
