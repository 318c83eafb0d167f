import { checkHeaderName } from './header-name';
import type { TelemetrySpecTracingCustomTags } from '../imports/telemetry.istio.io';
import { Manifest } from '../semantics/manifest';

/**
 * The value of a tag on spans.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Tracing-CustomTag
 */
export class TracingTag {
  /**
   * Always the same value.
   *
   * @throws when it is empty
   */
  public static literal(value: string): TracingTag {
    return new TracingTag({ literal: { value: checkGiven(value, 'value of a literal tag') } });
  }

  /**
   * The value of an environment variable of the proxy.
   *
   * @param name the name of the variable
   * @param defaultValue the value where there is no such variable; otherwise the tag is left out
   * @throws when the name is empty
   */
  public static environment(name: string, defaultValue?: string): TracingTag {
    return new TracingTag({ environment: { name: checkGiven(name, 'variable of an environment tag'), defaultValue } });
  }

  /**
   * The value of a request header.
   *
   * @param name the name of the header
   * @param defaultValue the value where a request has no such header; otherwise the tag is left out
   * @throws when the name is none of a header
   */
  public static header(name: string, defaultValue?: string): TracingTag {
    return new TracingTag({ header: { name: checkHeaderName(name, 'header of a tag'), defaultValue } });
  }

  /**
   * A text with the command operators of Envoy's access logs, such as `%REQ(:METHOD)% %PROTOCOL%`. Istio 1.29 and later.
   *
   * @throws when it is empty
   * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators
   */
  public static formatter(format: string): TracingTag {
    return new TracingTag({ formatter: { value: checkGiven(format, 'format of a formatter tag') } });
  }

  private constructor(private readonly spec: Manifest<TelemetrySpecTracingCustomTags>) {}

  /** @internal */
  public _toKube(): Manifest<TelemetrySpecTracingCustomTags> {
    return this.spec;
  }
}

function checkGiven(value: string, what: string): string {
  if (value === '') {
    throw new Error(`${what} must not be empty: pass one, or leave the tag out`);
  }
  return value;
}
