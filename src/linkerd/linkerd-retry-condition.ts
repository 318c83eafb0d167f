const MIN_STATUS = 100;
const MAX_STATUS = 599;

/**
 * Answers after which an HTTP request is tried again.
 *
 * @see https://linkerd.io/2-edge/reference/retries/
 */
export class LinkerdHttpRetryCondition {
  /** Status 500 to 599. */
  public static readonly SERVER_ERROR = new LinkerdHttpRetryCondition('5xx');

  /** Status 502 to 504. */
  public static readonly GATEWAY_ERROR = new LinkerdHttpRetryCondition('gateway-error');

  /**
   * One status, 100 to 599.
   *
   * @throws when it is none
   */
  public static status(status: number): LinkerdHttpRetryCondition {
    return new LinkerdHttpRetryCondition(`${checkStatus(status)}`);
  }

  /**
   * Statuses from one to another, both among them, 100 to 599.
   *
   * @throws when one is none, or the last is below the first
   */
  public static statusRange(first: number, last: number): LinkerdHttpRetryCondition {
    if (checkStatus(last) < checkStatus(first)) {
      throw new Error(`statuses after which a request is tried again must go upwards, got ${first} to ${last}`);
    }
    return new LinkerdHttpRetryCondition(`${first}-${last}`);
  }

  private constructor(
    /** As Linkerd writes it. */
    public readonly condition: string,
  ) {}
}

/** Answers after which a call of gRPC is tried again. */
export enum LinkerdGrpcRetryCondition {
  /** Status 1. */
  CANCELLED = 'cancelled',
  /** Status 4. */
  DEADLINE_EXCEEDED = 'deadline-exceeded',
  /** Status 8. */
  RESOURCE_EXHAUSTED = 'resource-exhausted',
  /** Status 13. */
  INTERNAL = 'internal',
  /** Status 14. */
  UNAVAILABLE = 'unavailable',
}

function checkStatus(status: number): number {
  if (!Number.isInteger(status) || status < MIN_STATUS || status > MAX_STATUS) {
    throw new Error(`status after which a request is tried again must be between ${MIN_STATUS} and ${MAX_STATUS}, got ${status}`);
  }
  return status;
}
