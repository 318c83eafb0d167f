import { Duration } from 'cdk8s';
import { IBackend } from './backend';
import { HttpRouteFilter } from './http-route-filter';
import { HttpRouteMatch } from './http-route-match';
import { SessionPersistence } from './session-persistence';

/** What happens to some of the requests of a route. */
export interface HttpRouteRule {
  /**
   * The name of the rule, unique in its route, a DNS subdomain.
   *
   * @default - no name
   */
  readonly name?: string;

  /**
   * Which requests the rule is about; one of them has to match. More than 64 are written as several rules: `<name>`, `<name>-2`, ...
   *
   * @default - every request
   */
  readonly matches?: HttpRouteMatch[];

  /**
   * What is done to the requests and responses, at most 16; only mirrors, external authorization and extensions may repeat.
   *
   * @default - nothing
   */
  readonly filters?: HttpRouteFilter[];

  /**
   * Where requests go, at most 16.
   *
   * @default - nowhere: a filter answers, or clients get status 500
   */
  readonly backends?: HttpRouteBackend[];

  /**
   * How long a request may take.
   *
   * @default - what the implementation chooses
   */
  readonly timeouts?: HttpRouteTimeouts;

  /**
   * How often a failed request is tried again.
   *
   * @default - what the implementation chooses
   */
  readonly retry?: HttpRouteRetry;

  /**
   * How the requests of a session stay with one backend. Experimental channel.
   *
   * @default - every request goes where the weights send it
   */
  readonly sessionPersistence?: SessionPersistence;
}

/** One of the places where the requests of a rule go. */
export interface HttpRouteBackend {
  /** The place. In another namespace it brings its ReferenceGrant. */
  readonly backend: IBackend;

  /**
   * Its share of the requests, in proportion to the weights of the others, 0 to 1000000.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * What is done to the requests that go here, after the filters of the rule, at most 16.
   *
   * @default - nothing
   */
  readonly filters?: HttpRouteFilter[];
}

/** How long a request may take, in whole milliseconds. */
export interface HttpRouteTimeouts {
  /**
   * For the whole of it, with all tries; zero means without end.
   *
   * @default - what the implementation chooses
   */
  readonly request?: Duration;

  /**
   * For one try at a backend; not longer than `request`, unless that is zero.
   *
   * @default - what the implementation chooses
   */
  readonly backendRequest?: Duration;
}

/** How a failed request is tried again. */
export interface HttpRouteRetry {
  /**
   * How often, beside the first try; 0 switches retries off.
   *
   * @default 1
   */
  readonly attempts?: number;

  /**
   * The status codes that mean failure, 400 to 599; 500, 502, 503 and 504 work where the field is supported.
   *
   * @default - only when no connection came about, or the backend refused the request unseen
   */
  readonly codes?: number[];

  /**
   * The time between tries, as a base from which the implementation starts; not all of them take it.
   *
   * @default - what the implementation chooses
   */
  readonly backoff?: Duration;
}
