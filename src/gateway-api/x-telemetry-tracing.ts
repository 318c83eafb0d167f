import { BackendConfig, IBackend } from './backend';
import { Fraction } from './fraction';
import { XTelemetryAttribute } from './x-telemetry-attribute';
import type { XTelemetryPolicySpecTracing, XTelemetryPolicySpecTracingParentBasedSampling } from '../imports/gateway.networking.x-k8s.io';
import { checkFraction } from '../semantics/fraction';
import { checkHeaderName, checkPlainHeaderValue } from '../semantics/header';
import { checkAtMost, checkUnique } from '../semantics/lists';
import { Manifest } from '../semantics/manifest';

/** Where spans go. */
export interface XTelemetryProvider {
  /** The collector, which takes spans by OTLP. TLS to it is said by a BackendTLSPolicy for its Service, or by the XBackend. */
  readonly backend: IBackend;

  /**
   * Headers that are sent with the spans, at most 16.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: string };
}

/** Which spans are made, where they go and what is in them. */
export interface XTelemetryTracingOptions {
  /** Where spans go. */
  readonly provider: XTelemetryProvider;

  /**
   * The share of requests that are traced, when the client did not decide.
   *
   * @default - the implementation decides
   */
  readonly samplingRate?: Fraction;

  /**
   * Whether the decision of the client holds.
   *
   * @default XTelemetryParentBasedSampling.implementationDefault()
   */
  readonly parentBasedSampling?: XTelemetryParentBasedSampling;

  /**
   * The name of the service in spans, 1 to 253 letters, digits or characters of `_.:/-`.
   *
   * @default - the implementation makes one up
   */
  readonly serviceName?: string;

  /**
   * The name of spans, 1 to 256 letters, digits or characters of `_.:/-`, with single blanks inside.
   *
   * @default - the implementation makes one up
   */
  readonly spanName?: string;

  /**
   * Attributes that spans get, each of another name.
   *
   * @default - those of the implementation
   */
  readonly attributes?: XTelemetryAttribute[];
}

const MAX_HEADERS = 16;
const MAX_SERVICE_NAME = 253;
const MAX_SPAN_NAME = 256;
const SERVICE_NAME = /^[a-zA-Z0-9_.:/-]+$/;
const SPAN_NAME = /^[a-zA-Z0-9_.:/-]+( [a-zA-Z0-9_.:/-]+)*$/;

/**
 * Whether the client's decision to trace a request holds.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-5253/
 */
export class XTelemetryParentBasedSampling {
  /**
   * The client's decision holds.
   *
   * @param samplingRate the share of the client's traced requests that are traced here as well; default: all of them
   * @throws when it is no share of a whole
   */
  public static enabled(samplingRate?: Fraction): XTelemetryParentBasedSampling {
    return new XTelemetryParentBasedSampling({
      mode: 'Enabled',
      samplingRate: samplingRate && checkFraction(samplingRate, 'samplingRate of parentBasedSampling'),
    });
  }

  /** The client's decision is passed over. */
  public static disabled(): XTelemetryParentBasedSampling {
    return new XTelemetryParentBasedSampling({ mode: 'Disabled' });
  }

  /** The implementation decides. */
  public static implementationDefault(): XTelemetryParentBasedSampling {
    return new XTelemetryParentBasedSampling({ mode: 'ImplementationDefault' });
  }

  private constructor(private readonly spec: Manifest<XTelemetryPolicySpecTracingParentBasedSampling>) {}

  /** @internal */
  public _toKube(): Manifest<XTelemetryPolicySpecTracingParentBasedSampling> {
    return this.spec;
  }
}

/**
 * Whether a Gateway traces requests.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-5253/
 */
export class XTelemetryTracing {
  /**
   * Requests are traced.
   *
   * @throws when a name, a header or a share is not of its form, or a list says something twice
   */
  public static enabled(options: XTelemetryTracingOptions): XTelemetryTracing {
    const { provider: { backend, headers = {} }, samplingRate, parentBasedSampling, serviceName, spanName, attributes } = options;
    const names = Object.keys(headers);
    checkAtMost(MAX_HEADERS, names.length, 'headers of a telemetry provider', 'leave some out');
    names.forEach(name => checkHeaderName(name, 'header of a telemetry provider'));
    names.forEach(name => checkPlainHeaderValue(headers[name], `value of header '${name}' of a telemetry provider`));
    checkUnique(names, 'headers of a telemetry provider', name => name.toLowerCase());
    checkUnique(attributes?.map(({ name }) => name) ?? [], 'names of attributes');
    checkName(SERVICE_NAME, MAX_SERVICE_NAME, serviceName, 'serviceName');
    checkName(SPAN_NAME, MAX_SPAN_NAME, spanName, 'spanName');
    return new XTelemetryTracing({
      mode: 'Enabled',
      samplingRate: samplingRate && checkFraction(samplingRate, 'samplingRate of tracing'),
      parentBasedSampling: parentBasedSampling?._toKube(),
      serviceName,
      spanName,
      attributes: attributes?.map(attribute => attribute._toKube()),
    }, backend, options.provider.headers && names.map(name => ({ name, value: headers[name] })));
  }

  /** Requests are not traced. */
  public static disabled(): XTelemetryTracing {
    return new XTelemetryTracing({ mode: 'Disabled' });
  }

  /** The implementation decides. */
  public static implementationDefault(): XTelemetryTracing {
    return new XTelemetryTracing({ mode: 'ImplementationDefault' });
  }

  private constructor(
    private readonly spec: Omit<Manifest<XTelemetryPolicySpecTracing>, 'provider'>,
    /** @internal */
    public readonly _backend?: IBackend,
    private readonly headers?: { name: string; value: string }[],
  ) {}

  /** @internal */
  public _toKube(backendRef?: BackendConfig): Manifest<XTelemetryPolicySpecTracing> {
    return { ...this.spec, provider: backendRef && { backendRef, headers: this.headers } };
  }
}

function checkName(pattern: RegExp, max: number, value: string | undefined, what: string): void {
  if (value !== undefined && (value.length > max || !pattern.test(value))) {
    const blanks = pattern === SPAN_NAME ? ', with single blanks inside' : '';
    throw new Error(`${what} of tracing must be 1 to ${max} letters, digits or characters of _.:/-${blanks}, got '${value}'`);
  }
}
