import { Duration } from 'cdk8s';
import { formatPositiveDuration } from './positive-duration';
import type { VirtualServiceSpecHttpFault, VirtualServiceSpecHttpFaultAbort, VirtualServiceSpecHttpFaultDelay } from '../imports/networking.istio.io';
import { Manifest } from '../semantics/manifest';

/** The names of gRPC status codes. */
export enum GrpcStatus {
  /** 0 */
  OK = 'OK',
  /** 1 */
  CANCELLED = 'CANCELLED',
  /** 2 */
  UNKNOWN = 'UNKNOWN',
  /** 3 */
  INVALID_ARGUMENT = 'INVALID_ARGUMENT',
  /** 4 */
  DEADLINE_EXCEEDED = 'DEADLINE_EXCEEDED',
  /** 5 */
  NOT_FOUND = 'NOT_FOUND',
  /** 6 */
  ALREADY_EXISTS = 'ALREADY_EXISTS',
  /** 7 */
  PERMISSION_DENIED = 'PERMISSION_DENIED',
  /** 8 */
  RESOURCE_EXHAUSTED = 'RESOURCE_EXHAUSTED',
  /** 9 */
  FAILED_PRECONDITION = 'FAILED_PRECONDITION',
  /** 10 */
  ABORTED = 'ABORTED',
  /** 11 */
  OUT_OF_RANGE = 'OUT_OF_RANGE',
  /** 12 */
  UNIMPLEMENTED = 'UNIMPLEMENTED',
  /** 13 */
  INTERNAL = 'INTERNAL',
  /** 14 */
  UNAVAILABLE = 'UNAVAILABLE',
  /** 15 */
  DATA_LOSS = 'DATA_LOSS',
  /** 16 */
  UNAUTHENTICATED = 'UNAUTHENTICATED',
}

/**
 * Trouble on purpose, to see how clients bear it. A share of requests is always said, because Istio takes no share for none.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export class HttpFault {
  /**
   * Keeps requests waiting.
   *
   * @param duration how long, at least 1 ms
   * @param percentage of requests: 0, or 0.0001 to 100
   * @throws when one of them is out of range
   */
  public static delay(duration: Duration, percentage: number): HttpFault {
    return new HttpFault({ fixedDelay: formatPositiveDuration(duration, 'delay of a fault'), percentage: share(percentage) });
  }

  /**
   * Answers requests with an HTTP status.
   *
   * @param status 200 to 599
   * @param percentage of requests: 0, or 0.0001 to 100
   * @throws when one of them is out of range
   */
  public static abort(status: number, percentage: number): HttpFault {
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new Error(`status of a fault must be between 200 and 599, got ${status}`);
    }
    return new HttpFault(undefined, { httpStatus: status, percentage: share(percentage) });
  }

  /**
   * Answers requests with a gRPC status.
   *
   * @param percentage of requests: 0, or 0.0001 to 100
   * @throws when the percentage is out of range
   */
  public static abortGrpc(status: GrpcStatus, percentage: number): HttpFault {
    return new HttpFault(undefined, { grpcStatus: status, percentage: share(percentage) });
  }

  private constructor(
    private readonly delaySpec?: Manifest<VirtualServiceSpecHttpFaultDelay>,
    private readonly abortSpec?: Manifest<VirtualServiceSpecHttpFaultAbort>,
  ) {}

  /**
   * Both faults: `HttpFault.delay(...).combinedWith(HttpFault.abort(...))`; each has its share of all requests.
   *
   * @throws when both are delays, or both are aborts
   */
  public combinedWith(other: HttpFault): HttpFault {
    if ((this.delaySpec && other.delaySpec) || (this.abortSpec && other.abortSpec)) {
      throw new Error(`a fault has at most one delay and one abort, got two ${this.delaySpec && other.delaySpec ? 'delays' : 'aborts'}`);
    }
    return new HttpFault(this.delaySpec ?? other.delaySpec, this.abortSpec ?? other.abortSpec);
  }

  /** @internal */
  public _toKube(): Manifest<VirtualServiceSpecHttpFault> {
    return { delay: this.delaySpec, abort: this.abortSpec };
  }
}

function share(percentage: number): { value: number } {
  if (!(percentage === 0 || (percentage >= 0.0001 && percentage <= 100))) {
    throw new Error(`percentage of a fault must be 0, or between 0.0001 and 100, got ${percentage}`);
  }
  return { value: percentage };
}
