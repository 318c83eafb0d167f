import { Duration } from 'cdk8s';
import { checkCount } from './count';
import { headersManifest, ProviderHeader } from './extension-provider-header';
import { ProviderService } from './extension-provider-service';
import { checkAbsolutePath, tracingManifest, TracingProviderOptions } from './extension-provider-tracing';
import { formatPositiveDuration } from './positive-duration';

/** Requests with HTTP to a provider. */
export interface ProviderHttpService {
  /** The path, starting with `/`. */
  readonly path: string;

  /**
   * How long a request may take, at least 1 ms.
   *
   * @default - 3 seconds
   */
  readonly timeout?: Duration;

  /**
   * Headers of the requests.
   *
   * @default - none
   */
  readonly headers?: ProviderHeader[];
}

/** Calls with gRPC to a provider. */
export interface ProviderGrpcService {
  /**
   * How long a call may take, at least 1 ms.
   *
   * @default - Envoy's own
   */
  readonly timeout?: Duration;

  /**
   * Metadata of the calls.
   *
   * @default - none
   */
  readonly initialMetadata?: ProviderHeader[];
}

/**
 * How spans reach a collector of OpenTelemetry.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-OpenTelemetryTracingProvider
 */
export class OpenTelemetryExport {
  /**
   * With HTTP. Istio 1.22 and later.
   *
   * @throws when the path is not absolute
   */
  public static http(http: ProviderHttpService): OpenTelemetryExport {
    return new OpenTelemetryExport({ http: httpManifest(http, 'path of OpenTelemetry') });
  }

  /** With gRPC; what says more than the default needs Istio 1.24 or later. */
  public static grpc(grpc: ProviderGrpcService = {}): OpenTelemetryExport {
    return new OpenTelemetryExport({
      grpc: {
        timeout: grpc.timeout && formatPositiveDuration(grpc.timeout, 'timeout of OpenTelemetry'),
        initialMetadata: headersManifest(grpc.initialMetadata, 'initialMetadata of OpenTelemetry'),
      },
    });
  }

  private constructor(private readonly choice: object) {}

  /** @internal */
  public _toKube(): object {
    return this.choice;
  }
}

/** Where the attributes of a resource of OpenTelemetry come from. */
export enum ResourceDetector {
  /** The variable `OTEL_RESOURCE_ATTRIBUTES` of the proxy. */
  ENVIRONMENT = 'environment',
  /** The files of Dynatrace. */
  DYNATRACE = 'dynatrace',
}

/** How services are named in spans. */
export enum ServiceAttributeEnrichment {
  /** As Istio names them. */
  ISTIO_CANONICAL = 'ISTIO_CANONICAL',
  /** By the conventions of OpenTelemetry for Kubernetes. */
  OTEL_SEMANTIC_CONVENTIONS = 'OTEL_SEMANTIC_CONVENTIONS',
}

/** Where Dynatrace is asked how much to sample. */
export interface DynatraceApi {
  /** The environment of Dynatrace. */
  readonly service: ProviderService;

  /** The request. */
  readonly http: ProviderHttpService;
}

/** Sampling by Dynatrace. */
export interface DynatraceSampler {
  /** The tenant of Dynatrace. */
  readonly tenant: string;

  /** What Dynatrace calls the cluster, a whole number. */
  readonly clusterId: number;

  /**
   * The sampled spans of a minute as long as Dynatrace does not answer, 1 or more.
   *
   * @default - 1000
   */
  readonly rootSpansPerMinute?: number;

  /**
   * Where Dynatrace is asked.
   *
   * @default - as for the spans, which must go by HTTP then
   */
  readonly httpService?: DynatraceApi;
}

/** Options of collectors of OpenTelemetry. */
export interface OpenTelemetryProviderOptions extends TracingProviderOptions {
  /**
   * How spans reach it.
   *
   * @default OpenTelemetryExport.grpc()
   */
  readonly exporter?: OpenTelemetryExport;

  /**
   * Where attributes come from. Istio 1.22 and later.
   *
   * @default - only from Istio
   */
  readonly resourceDetectors?: ResourceDetector[];

  /**
   * How services are named in spans. Istio 1.30 and later.
   *
   * @default ServiceAttributeEnrichment.ISTIO_CANONICAL
   */
  readonly serviceAttributeEnrichment?: ServiceAttributeEnrichment;

  /**
   * Sampling by Dynatrace. Istio 1.22 and later.
   *
   * @default - Istio's own sampling
   */
  readonly dynatraceSampler?: DynatraceSampler;
}

/** @internal */
export function openTelemetryManifest(options: OpenTelemetryProviderOptions): object {
  const { resourceDetectors, serviceAttributeEnrichment, dynatraceSampler } = options;
  return {
    ...tracingManifest(options),
    ...options.exporter?._toKube(),
    resourceDetectors: resourceDetectors && Object.fromEntries(resourceDetectors.map(detector => [detector, {}])),
    serviceAttributeEnrichment,
    dynatraceSampler: dynatraceSampler && samplerManifest(dynatraceSampler, options.exporter),
  };
}

function samplerManifest({ tenant, clusterId, rootSpansPerMinute, httpService }: DynatraceSampler, spans?: OpenTelemetryExport): object {
  if (tenant === '') {
    throw new Error('tenant of a Dynatrace sampler must not be empty: pass the identifier of the environment');
  }
  if (!Number.isInteger(clusterId) || Math.abs(clusterId) >= 2 ** 31) {
    throw new Error(`clusterId of a Dynatrace sampler must be a whole number of 32 bits, got ${clusterId}`);
  }
  if (!httpService && !(spans && 'http' in spans._toKube())) {
    throw new Error('a Dynatrace sampler without httpService needs spans that go by HTTP: pass httpService, or exporter: OpenTelemetryExport.http(...)');
  }
  return {
    tenant,
    clusterId,
    rootSpansPerMinute: checkCount(rootSpansPerMinute, 'rootSpansPerMinute', undefined, 1),
    httpService: httpService && { ...httpService.service._toKube(), http: httpManifest(httpService.http, 'path of Dynatrace') },
  };
}

function httpManifest({ path, timeout, headers }: ProviderHttpService, what: string): object {
  checkAbsolutePath(path, what);
  return { path, timeout: timeout && formatPositiveDuration(timeout, `timeout beside ${what}`), headers: headersManifest(headers, `headers beside ${what}`) };
}
