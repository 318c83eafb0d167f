import type { XTelemetryPolicySpecTracingAttributes } from '../imports/gateway.networking.x-k8s.io';
import { checkHeaderName } from '../semantics/header';
import { Manifest } from '../semantics/manifest';

type Spec = Manifest<XTelemetryPolicySpecTracingAttributes>;

const NAME = /^[a-zA-Z0-9_.:/-]{1,256}$/;
const KEY = /^[a-z0-9_.-]{1,256}$/;
const MAX_LITERAL = 1024;

/**
 * An attribute that spans get beside those of the implementation.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-5253/
 */
export class XTelemetryAttribute {
  /**
   * The value of a header of the request.
   *
   * @param name the name of the attribute, 1 to 256 letters, digits or characters of `_.:/-`
   * @param headerName the name of the header
   * @throws when a name is not of its form
   */
  public static header(name: string, headerName: string): XTelemetryAttribute {
    return new XTelemetryAttribute({ name, sourceType: 'Header', headerName: checkHeaderName(headerName, `header of attribute '${name}'`) });
  }

  /**
   * The same value for every span.
   *
   * @param name the name of the attribute, 1 to 256 letters, digits or characters of `_.:/-`
   * @param value 1 to 1024 characters
   * @throws when the name is not of its form, or the value empty or too long
   */
  public static literal(name: string, value: string): XTelemetryAttribute {
    if (value.length < 1 || value.length > MAX_LITERAL) {
      throw new Error(`value of attribute '${name}' must have 1 to ${MAX_LITERAL} characters, got ${value.length}`);
    }
    return new XTelemetryAttribute({ name, sourceType: 'Literal', literalValue: value });
  }

  /**
   * What the implementation knows of the request by a key of OpenTelemetry.
   *
   * @param name the name of the attribute, 1 to 256 letters, digits or characters of `_.:/-`
   * @param key such as `http.route` or `http.request.header.x-tenant`, 1 to 256 lower case letters, digits or characters of `_.-`
   * @throws when the name or the key is not of its form
   */
  public static attribute(name: string, key: string): XTelemetryAttribute {
    if (!KEY.test(key)) {
      throw new Error(`key of attribute '${name}' must be 1 to 256 lower case letters, digits or characters of _.-, got '${key}'`);
    }
    return new XTelemetryAttribute({ name, sourceType: 'Attribute', attributeKey: key });
  }

  /** The name of the attribute. */
  public readonly name: string;

  private constructor(private readonly spec: Spec) {
    this.name = spec.name;
    if (!NAME.test(this.name)) {
      throw new Error(`name of an attribute must be 1 to 256 letters, digits or characters of _.:/-, got '${this.name}'`);
    }
  }

  /** @internal */
  public _toKube(): Spec {
    return this.spec;
  }
}
