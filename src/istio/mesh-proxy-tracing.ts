import { ClientTls } from './client-tls';
import { TracingTag } from './tracing-tag';

/**
 * Where proxies send spans, when no provider takes them.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#Tracing
 */
export class ProxyTracer {
  /**
   * To Zipkin.
   *
   * @param address `host:port`; `$(HOST_IP)` is the node
   * @throws when it is no such address
   */
  public static zipkin(address: string): ProxyTracer {
    return new ProxyTracer('zipkin', address);
  }

  /**
   * To the agent of Datadog.
   *
   * @param address `host:port`; `$(HOST_IP)` is the node
   * @throws when it is no such address
   */
  public static datadog(address: string): ProxyTracer {
    return new ProxyTracer('datadog', address);
  }

  private constructor(
    /** @internal */
    public readonly _kind: string,
    /** @internal */
    public readonly _address: string,
  ) {}
}

/** How proxies trace, until a Telemetry says it. */
export interface MeshTracing {
  /**
   * Where spans go when no provider takes them.
   *
   * @default - nowhere
   */
  readonly tracer?: ProxyTracer;

  /**
   * The share of requests that are traced, in percent, 0 to 100.
   *
   * @default 1
   */
  readonly sampling?: number;

  /**
   * Tags of all spans, by name.
   *
   * @default - Istio's own
   */
  readonly customTags?: { [name: string]: TracingTag };

  /**
   * The longest path that a span shows, in characters, 1 or more.
   *
   * @default 256
   */
  readonly maxPathTagLength?: number;

  /**
   * How proxies begin TLS with whom spans go to.
   *
   * @default - none
   */
  readonly tlsSettings?: ClientTls;

  /**
   * Whether spans have Istio's own tags. Istio 1.25 and later.
   *
   * @default true
   */
  readonly enableIstioTags?: boolean;
}
