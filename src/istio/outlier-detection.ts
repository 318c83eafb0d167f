import { Duration } from 'cdk8s';
import { checkCount } from './count';
import { formatPositiveDuration } from './positive-duration';
import type { DestinationRuleSpecTrafficPolicyOutlierDetection } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** When an endpoint is left out for a while. */
export interface OutlierDetectionOptions {
  /**
   * Answers of the 500s in a row, 0 or more; 0 switches it off. Failed connections count as well.
   *
   * @default - 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * Answers of 502, 503 and 504 in a row, 0 or more; 0 switches it off. Below consecutive5xxErrors, unless that is off.
   *
   * @default - off
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Connections that failed on this side in a row, 0 or more; above 0 it needs splitExternalLocalOriginErrors.
   *
   * @default - 5 when they are told apart
   */
  readonly consecutiveLocalOriginFailures?: number;

  /**
   * Whether failures on this side are told apart from the server's answers.
   *
   * @default false
   */
  readonly splitExternalLocalOriginErrors?: boolean;

  /**
   * The status codes that count as errors, each 100 to 599. Istio 1.31 and later; the control plane of 1.31 does not act on it yet.
   *
   * @default - the 500s
   */
  readonly outlierDetectionHttpErrorCodes?: number[];

  /**
   * The time between checks, at least 1 ms.
   *
   * @default - 10 seconds
   */
  readonly interval?: Duration;

  /**
   * How long an endpoint is left out the first time, at least 1 ms; the second time is twice as long, and so on.
   *
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * The share of endpoints that may be left out, in percent, 1 to 100.
   *
   * @default - 10
   */
  readonly maxEjectionPercent?: number;

  /**
   * The share of endpoints that must be healthy for any to be left out, in percent, 0 to 100.
   *
   * @default - 0
   */
  readonly minHealthPercent?: number;
}

/** The answers of the 500s in a row after which Envoy leaves an endpoint out by itself. */
const DEFAULT_5XX = 5;

/**
 * Leaves out endpoints that fail, for a while. Locality failover needs it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
 */
export class OutlierDetection {
  /**
   * Leaves out endpoints that fail.
   *
   * @throws when a number or duration is out of range, local failures are counted but not told apart, or consecutiveGatewayErrors is never
   * reached before consecutive5xxErrors
   */
  public static of(options: OutlierDetectionOptions): OutlierDetection {
    if ((options.consecutiveLocalOriginFailures ?? 0) > 0 && !options.splitExternalLocalOriginErrors) {
      throw new Error(`consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors, got ${options.consecutiveLocalOriginFailures} without it`);
    }
    const { consecutiveGatewayErrors = 0, consecutive5xxErrors = DEFAULT_5XX, outlierDetectionHttpErrorCodes } = options;
    if (consecutive5xxErrors > 0 && consecutiveGatewayErrors >= consecutive5xxErrors && !outlierDetectionHttpErrorCodes) {
      throw new Error(`consecutiveGatewayErrors must be below consecutive5xxErrors, which counts them too, got ${consecutiveGatewayErrors} and ` +
        `${options.consecutive5xxErrors ?? `its default ${DEFAULT_5XX}`}: set consecutive5xxErrors to 0 to switch it off, or higher`);
    }
    outlierDetectionHttpErrorCodes?.forEach(code => checkCount(code, 'outlierDetectionHttpErrorCodes', 599, 100));
    return new OutlierDetection({
      consecutive5xxErrors: checkCount(options.consecutive5xxErrors, 'consecutive5xxErrors'),
      consecutiveGatewayErrors: checkCount(options.consecutiveGatewayErrors, 'consecutiveGatewayErrors'),
      consecutiveLocalOriginFailures: checkCount(options.consecutiveLocalOriginFailures, 'consecutiveLocalOriginFailures'),
      splitExternalLocalOriginErrors: options.splitExternalLocalOriginErrors,
      outlierDetectionHttpErrorCodes,
      interval: options.interval && formatPositiveDuration(options.interval, 'interval of outlier detection'),
      baseEjectionTime: options.baseEjectionTime && formatPositiveDuration(options.baseEjectionTime, 'baseEjectionTime'),
      maxEjectionPercent: checkCount(options.maxEjectionPercent, 'maxEjectionPercent', 100, 1),
      minHealthPercent: checkCount(options.minHealthPercent, 'minHealthPercent', 100),
    });
  }

  private constructor(private readonly spec: Manifest<DestinationRuleSpecTrafficPolicyOutlierDetection>) {}

  /** @internal */
  public _toKube(): Manifest<DestinationRuleSpecTrafficPolicyOutlierDetection> {
    return this.spec;
  }
}
