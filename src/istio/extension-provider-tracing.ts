import { Duration } from 'cdk8s';
import { checkCount } from './count';
import { headersManifest, ProviderHeader } from './extension-provider-header';
import { ProviderService } from './extension-provider-service';
import { formatPositiveDuration } from './positive-duration';

/** Options of takers of traces. */
export interface TracingProviderOptions {
  /** Where the taker is. */
  readonly service: ProviderService;

  /**
   * The longest path that a span shows, in characters, 1 or more.
   *
   * @default - 256
   */
  readonly maxTagLength?: number;
}

/** Which headers carry the context of a trace. */
export enum ZipkinTraceContext {
  /** Those of B3. */
  USE_B3 = 'USE_B3',
  /** Those of B3, and else those of W3C; both are passed on. */
  USE_B3_WITH_W3C_PROPAGATION = 'USE_B3_WITH_W3C_PROPAGATION',
}

/** Options of takers of traces with the API of Zipkin, of which Jaeger is one. */
export interface ZipkinProviderOptions extends TracingProviderOptions {
  /**
   * Whether trace ids have 64 bits, instead of 128.
   *
   * @default false
   */
  readonly enable64bitTraceId?: boolean;

  /**
   * The path that takes spans. Istio 1.24 and later.
   *
   * @default '/api/v2/spans'
   */
  readonly path?: string;

  /**
   * Which headers carry the context of a trace. Istio 1.28 and later.
   *
   * @default ZipkinTraceContext.USE_B3
   */
  readonly traceContextOption?: ZipkinTraceContext;

  /**
   * How long the taker may take, at least 1 ms. Istio 1.29 and later.
   *
   * @default - 5 seconds
   */
  readonly timeout?: Duration;

  /**
   * Headers of the requests with spans. Istio 1.29 and later.
   *
   * @default - none
   */
  readonly headers?: ProviderHeader[];
}

/** Options of SkyWalking. */
export interface SkyWalkingProviderOptions {
  /** Where SkyWalking takes traces. */
  readonly service: ProviderService;

  /**
   * The token that SkyWalking asks for. Everybody who reads the mesh configuration can see it.
   *
   * @default - none
   */
  readonly accessToken?: string;
}

/** Options of Google Cloud, whose own name is Stackdriver. */
export interface StackdriverProviderOptions {
  /**
   * The longest path that a span shows, in characters, 1 or more.
   *
   * @default - 256
   */
  readonly maxTagLength?: number;

  /**
   * Labels of log entries, as expressions of CEL such as `request.url_path` by label.
   *
   * @default - Istio's own
   */
  readonly loggingLabels?: { [label: string]: string };
}

/** @internal */
export function tracingManifest({ service, maxTagLength }: TracingProviderOptions): object {
  return { ...service._toKube(), maxTagLength: checkCount(maxTagLength, 'maxTagLength', undefined, 1) };
}

/** @internal */
export function zipkinManifest(options: ZipkinProviderOptions): object {
  const { enable64bitTraceId, path, traceContextOption, timeout, headers } = options;
  checkAbsolutePath(path, 'path of Zipkin');
  return {
    ...tracingManifest(options),
    enable64bitTraceId,
    path,
    traceContextOption,
    timeout: timeout && formatPositiveDuration(timeout, 'timeout of Zipkin'),
    headers: headersManifest(headers, 'headers of Zipkin'),
  };
}

/** @internal */
export function skyWalkingManifest({ service, accessToken }: SkyWalkingProviderOptions): object {
  return { ...service._toKube(), accessToken };
}

/** @internal */
export function stackdriverManifest({ maxTagLength, loggingLabels }: StackdriverProviderOptions): object {
  return { maxTagLength: checkCount(maxTagLength, 'maxTagLength', undefined, 1), logging: loggingLabels && { labels: loggingLabels } };
}

/** @internal */
export function checkAbsolutePath(path: string | undefined, what: string): void {
  if (path !== undefined && !path.startsWith('/')) {
    throw new Error(`${what} must start with '/', got '${path}'`);
  }
}
