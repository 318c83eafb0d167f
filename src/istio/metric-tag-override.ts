import type { TelemetrySpecMetricsOverridesTagOverrides } from '../imports/telemetry.istio.io';
import { checkCelExpression } from '../semantics/cel-expression';
import { Manifest } from '../semantics/manifest';

/**
 * What becomes of a tag of a metric.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#MetricsOverrides-TagOverride
 */
export class MetricTagOverride {
  /**
   * The tag has the value of an expression of CEL over the attributes of Envoy, such as `request.host`.
   *
   * @throws when it is no expression of CEL
   * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
   */
  public static upsert(expression: string): MetricTagOverride {
    return new MetricTagOverride({ operation: 'UPSERT', value: checkCelExpression(expression, 'value of a tag') });
  }

  /** The tag always has the same value: it is quoted, as a bare word would be an attribute. */
  public static literal(value: string): MetricTagOverride {
    return new MetricTagOverride({ operation: 'UPSERT', value: JSON.stringify(value) });
  }

  /** The metric is without the tag. */
  public static remove(): MetricTagOverride {
    return new MetricTagOverride({ operation: 'REMOVE' });
  }

  private constructor(private readonly spec: Manifest<TelemetrySpecMetricsOverridesTagOverrides>) {}

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecMetricsOverridesTagOverrides> {
    return this.spec;
  }
}
