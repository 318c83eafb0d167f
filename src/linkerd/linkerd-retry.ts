import { Duration } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { formatLinkerdDuration } from './linkerd-duration';
import { LinkerdEgressNetwork } from './linkerd-egress-network';
import { LinkerdGrpcRetryCondition, LinkerdHttpRetryCondition } from './linkerd-retry-condition';
import { annotate, TrafficAnnotations } from './traffic-annotations';
import { GrpcRoute } from '../gateway-api/grpc-route';
import { HttpRoute } from '../gateway-api/http-route';
import { LinkerdTrafficAnnotation } from '../semantics/keys';
import { checkUnique } from '../semantics/lists';

/** How often a request is tried again. */
export interface LinkerdRetryOptions {
  /**
   * How often at most, 1 to 65535.
   *
   * @default 1
   */
  readonly limit?: number;

  /**
   * After what time without an answer a try is given up for the next one, from 1ms on.
   *
   * @default - only after an answer
   */
  readonly timeout?: Duration;
}

const MAX_LIMIT = 65535;

/**
 * After which answers Linkerd's proxies try HTTP requests again, said by annotations. Those of a route, of whatever subject, take the place of all that its Service
 * has. Requests with a body above 64 KiB are not tried again.
 *
 * @see https://linkerd.io/2-edge/reference/retries/
 */
export class LinkerdHttpRetry {
  /**
   * Retries after some answers.
   *
   * @param conditions the answers, at least one
   * @throws when there is none or one twice, or an option is out of range
   */
  public static after(conditions: LinkerdHttpRetryCondition[], options: LinkerdRetryOptions = {}): LinkerdHttpRetry {
    return new LinkerdHttpRetry(retryAnnotations(LinkerdTrafficAnnotation.RETRY_HTTP, conditions.map(({ condition }) => condition), options));
  }

  private constructor(private readonly annotations: TrafficAnnotations) {}

  /**
   * Says it for the requests of an HTTPRoute to a Service or an EgressNetwork.
   *
   * @throws when the route has such an annotation already
   */
  public addToHttpRoute(route: HttpRoute): void {
    annotate(route, this.annotations, 'retries');
  }

  /**
   * Says it for requests to a Service whose route says nothing.
   *
   * @throws when the Service has such an annotation already
   */
  public addToService(service: Service): void {
    annotate(service, this.annotations, 'retries');
  }

  /**
   * Says it for requests to an EgressNetwork whose route says nothing.
   *
   * @throws when the EgressNetwork has such an annotation already
   */
  public addToEgressNetwork(network: LinkerdEgressNetwork): void {
    annotate(network, this.annotations, 'retries');
  }
}

/**
 * After which answers Linkerd's proxies try calls of gRPC again, said by annotations. Those of a route, of whatever subject, take the place of all that its Service
 * has.
 *
 * @see https://linkerd.io/2-edge/reference/retries/
 */
export class LinkerdGrpcRetry {
  /**
   * Retries after some answers.
   *
   * @param conditions the answers, at least one
   * @throws when there is none or one twice, or an option is out of range
   */
  public static after(conditions: LinkerdGrpcRetryCondition[], options: LinkerdRetryOptions = {}): LinkerdGrpcRetry {
    return new LinkerdGrpcRetry(retryAnnotations(LinkerdTrafficAnnotation.RETRY_GRPC, conditions, options));
  }

  private constructor(private readonly annotations: TrafficAnnotations) {}

  /**
   * Says it for the calls of a GRPCRoute to a Service or an EgressNetwork.
   *
   * @throws when the route has such an annotation already
   */
  public addToGrpcRoute(route: GrpcRoute): void {
    annotate(route, this.annotations, 'retries');
  }

  /**
   * Says it for calls to a Service whose route says nothing.
   *
   * @throws when the Service has such an annotation already
   */
  public addToService(service: Service): void {
    annotate(service, this.annotations, 'retries');
  }

  /**
   * Says it for calls to an EgressNetwork whose route says nothing.
   *
   * @throws when the EgressNetwork has such an annotation already
   */
  public addToEgressNetwork(network: LinkerdEgressNetwork): void {
    annotate(network, this.annotations, 'retries');
  }
}

function retryAnnotations(key: string, conditions: string[], { limit, timeout }: LinkerdRetryOptions): TrafficAnnotations {
  if (conditions.length === 0) {
    throw new Error('retries of Linkerd need at least one condition, got none: without one nothing is tried again');
  }
  checkUnique(conditions, 'conditions of retries');
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT)) {
    throw new Error(`limit of retries must be between 1 and ${MAX_LIMIT}, got ${limit}: for no retries write none`);
  }
  return {
    [key]: conditions.join(','),
    [LinkerdTrafficAnnotation.RETRY_LIMIT]: limit === undefined ? undefined : `${limit}`,
    [LinkerdTrafficAnnotation.RETRY_TIMEOUT]: timeout && formatLinkerdDuration(timeout, 'timeout of a try'),
  };
}
