import { Duration } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { formatLinkerdDuration } from './linkerd-duration';
import { LinkerdEgressNetwork } from './linkerd-egress-network';
import { annotate, TrafficAnnotations } from './traffic-annotations';
import { LinkerdTrafficAnnotation } from '../semantics/keys';

/** When an endpoint is left alone, and for how long. */
export interface LinkerdConsecutiveFailuresOptions {
  /**
   * How many failures one after the other, 1 to 4294967295.
   *
   * @default 7
   */
  readonly maxFailures?: number;

  /**
   * For how long at first, from 1ms on.
   *
   * @default - one second
   */
  readonly minPenalty?: Duration;

  /**
   * For how long at most: it is doubled each time. From 1ms on, and at least the first one.
   *
   * @default - one minute
   */
  readonly maxPenalty?: Duration;

  /**
   * The share of chance in how long it is, 0 to 100.
   *
   * @default 0.5
   */
  readonly jitterRatio?: number;
}

const DEFAULT_MIN_PENALTY = Duration.seconds(1);
const DEFAULT_MAX_PENALTY = Duration.minutes(1);
const MAX_FAILURES = 2 ** 32 - 1;

/**
 * When Linkerd's proxies leave an endpoint alone for a while, said by annotations.
 *
 * @see https://linkerd.io/2-edge/reference/circuit-breaking/
 */
export class LinkerdFailureAccrual {
  /**
   * After failures one after the other: HTTP status 5xx, and failed connections.
   *
   * @throws when an option is out of range, or the longest penalty is shorter than the first
   */
  public static consecutive(options: LinkerdConsecutiveFailuresOptions = {}): LinkerdFailureAccrual {
    const { maxFailures, minPenalty, maxPenalty, jitterRatio } = options;
    if (maxFailures !== undefined && !(Number.isInteger(maxFailures) && maxFailures >= 1 && maxFailures <= MAX_FAILURES)) {
      throw new Error(`maxFailures must be between 1 and ${MAX_FAILURES}, got ${maxFailures}`);
    }
    if (jitterRatio !== undefined && !(jitterRatio >= 0 && jitterRatio <= 100)) {
      throw new Error(`jitterRatio must be between 0 and 100, got ${jitterRatio}`);
    }
    const annotations = {
      [LinkerdTrafficAnnotation.FAILURE_ACCRUAL]: 'consecutive',
      [LinkerdTrafficAnnotation.MAX_FAILURES]: maxFailures === undefined ? undefined : `${maxFailures}`,
      [LinkerdTrafficAnnotation.MIN_PENALTY]: minPenalty && formatLinkerdDuration(minPenalty, 'minPenalty'),
      [LinkerdTrafficAnnotation.MAX_PENALTY]: maxPenalty && formatLinkerdDuration(maxPenalty, 'maxPenalty'),
      [LinkerdTrafficAnnotation.JITTER_RATIO]: jitterRatio === undefined ? undefined : `${jitterRatio}`,
    };
    const [first, last] = [minPenalty ?? DEFAULT_MIN_PENALTY, maxPenalty ?? DEFAULT_MAX_PENALTY];
    if (first.toMilliseconds() > last.toMilliseconds()) {
      throw new Error(`maxPenalty must be at least minPenalty ${formatLinkerdDuration(first, 'minPenalty')}, got ${formatLinkerdDuration(last, 'maxPenalty')}` +
        (maxPenalty === undefined ? ', the default: pass a longer one' : ''));
    }
    return new LinkerdFailureAccrual(annotations);
  }

  private constructor(private readonly annotations: TrafficAnnotations) {}

  /**
   * Says it for the endpoints of a Service.
   *
   * @throws when the Service has such an annotation already
   */
  public addToService(service: Service): void {
    annotate(service, this.annotations, 'failure accrual');
  }

  /**
   * Says it for addresses outside of the cluster.
   *
   * @throws when the EgressNetwork has such an annotation already
   */
  public addToEgressNetwork(network: LinkerdEgressNetwork): void {
    annotate(network, this.annotations, 'failure accrual');
  }
}
