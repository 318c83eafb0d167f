import { IBackend } from './backend';
import { GrpcRouteFilter } from './grpc-route-filter';
import { GrpcRouteMatch } from './grpc-route-match';
import { SessionPersistence } from './session-persistence';

/** What happens to some of the calls of a route. */
export interface GrpcRouteRule {
  /**
   * The name of the rule, unique in its route, a DNS subdomain.
   *
   * @default - no name
   */
  readonly name?: string;

  /**
   * Which calls the rule is about; one of them has to match. With more than 64 the rule is written as several.
   *
   * @default - every call
   */
  readonly matches?: GrpcRouteMatch[];

  /**
   * What is done to the calls and responses, at most 16; only mirrors and extensions may repeat.
   *
   * @default - nothing
   */
  readonly filters?: GrpcRouteFilter[];

  /**
   * Where calls go, at most 16.
   *
   * @default - nowhere: a filter answers, or clients get status UNAVAILABLE
   */
  readonly backends?: GrpcRouteBackend[];

  /**
   * How the calls of one session stay with one endpoint; experimental channel.
   *
   * @default - each call may go to any endpoint
   */
  readonly sessionPersistence?: SessionPersistence;
}

/** One of the places where the calls of a rule go. */
export interface GrpcRouteBackend {
  /** The place. In another namespace it brings its ReferenceGrant. */
  readonly backend: IBackend;

  /**
   * Its share of the calls, in proportion to the weights of the others, 0 to 1000000.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * What is done to the calls that go here, after the filters of the rule, at most 16.
   *
   * @default - nothing
   */
  readonly filters?: GrpcRouteFilter[];
}
