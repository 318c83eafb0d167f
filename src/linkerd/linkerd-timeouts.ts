import { Duration } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { formatLinkerdDuration } from './linkerd-duration';
import { LinkerdEgressNetwork } from './linkerd-egress-network';
import { annotate, TrafficAnnotations } from './traffic-annotations';
import { GrpcRoute } from '../gateway-api/grpc-route';
import { HttpRoute } from '../gateway-api/http-route';
import { LinkerdTrafficAnnotation } from '../semantics/keys';

/** How long proxies of clients wait; each from 1ms on. */
export interface LinkerdTimeoutsOptions {
  /**
   * From the beginning of a request to the end of its answer, retries among it.
   *
   * @default - for ever; on an HTTPRoute `timeouts.request` of a rule
   */
  readonly request?: Duration;

  /**
   * From the end of a request to the end of its answer.
   *
   * @default - for ever
   */
  readonly response?: Duration;

  /**
   * While nothing is sent either way.
   *
   * @default - for ever
   */
  readonly idle?: Duration;
}

/**
 * How long Linkerd's proxies wait for answers, said by annotations. Those of a route, of whatever subject, take the place of all that its Service has.
 *
 * @see https://linkerd.io/2-edge/reference/timeouts/
 */
export class LinkerdTimeouts {
  /**
   * Timeouts, at least one.
   *
   * @throws when there is none, or one is no whole number of milliseconds from 1 on
   */
  public static of(options: LinkerdTimeoutsOptions): LinkerdTimeouts {
    const { request, response, idle } = options;
    if ((request ?? response ?? idle) === undefined) {
      throw new Error('timeouts of Linkerd need at least one, got none: pass request, response or idle');
    }
    return new LinkerdTimeouts({
      [LinkerdTrafficAnnotation.REQUEST_TIMEOUT]: request && formatLinkerdDuration(request, 'timeout of a request'),
      [LinkerdTrafficAnnotation.RESPONSE_TIMEOUT]: response && formatLinkerdDuration(response, 'timeout of a response'),
      [LinkerdTrafficAnnotation.IDLE_TIMEOUT]: idle && formatLinkerdDuration(idle, 'idle timeout'),
    });
  }

  private constructor(private readonly annotations: TrafficAnnotations) {}

  /**
   * Says it for the requests of an HTTPRoute to a Service or an EgressNetwork.
   *
   * @throws when the route has such an annotation already
   */
  public addToHttpRoute(route: HttpRoute): void {
    annotate(route, this.annotations, 'timeouts');
  }

  /**
   * Says it for the calls of a GRPCRoute to a Service or an EgressNetwork.
   *
   * @throws when the route has such an annotation already
   */
  public addToGrpcRoute(route: GrpcRoute): void {
    annotate(route, this.annotations, 'timeouts');
  }

  /**
   * Says it for requests to a Service whose route says nothing.
   *
   * @throws when the Service has such an annotation already
   */
  public addToService(service: Service): void {
    annotate(service, this.annotations, 'timeouts');
  }

  /**
   * Says it for requests to an EgressNetwork whose route says nothing.
   *
   * @throws when the EgressNetwork has such an annotation already
   */
  public addToEgressNetwork(network: LinkerdEgressNetwork): void {
    annotate(network, this.annotations, 'timeouts');
  }
}
