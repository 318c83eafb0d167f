import { Duration } from 'cdk8s';
import { LinkerdRequestMatch } from './linkerd-request-match';
import { LinkerdResponseMatch } from './linkerd-response-match';
import type { ServiceProfileSpecRoutes } from '../imports/linkerd.io';
import { formatDuration } from '../semantics/duration';
import { Manifest } from '../semantics/manifest';

/** What some answers count as. */
export interface LinkerdResponseClass {
  /** The answers. */
  readonly condition: LinkerdResponseMatch;

  /**
   * Whether they count as failures.
   *
   * @default false
   */
  readonly isFailure?: boolean;
}

/** Requests that are counted by themselves, and what is done for them. */
export interface LinkerdServiceProfileRoute {
  /** The name, under which metrics count its requests. */
  readonly name: string;

  /** The requests. */
  readonly condition: LinkerdRequestMatch;

  /**
   * What answers count as; the first that is about an answer holds.
   *
   * @default - status 500 to 599 are failures
   */
  readonly responseClasses?: LinkerdResponseClass[];

  /**
   * Whether requests that failed are tried again, as far as the budget goes.
   *
   * @default false
   */
  readonly isRetryable?: boolean;

  /**
   * How long a client waits for an answer.
   *
   * @default - ten seconds
   */
  readonly timeout?: Duration;
}

/** @internal */
export function profileRouteToKube(route: LinkerdServiceProfileRoute): Manifest<ServiceProfileSpecRoutes> {
  const { name, condition, responseClasses, isRetryable, timeout } = route;
  if (name === '') {
    throw new Error('name of a route must not be empty: metrics count its requests under it');
  }
  return {
    name,
    condition: condition._toKube(),
    responseClasses: responseClasses?.map(each => ({ condition: each.condition._toKube(), isFailure: each.isFailure })),
    isRetryable,
    timeout: timeout && formatDuration(timeout, `timeout of route '${name}'`),
  };
}
