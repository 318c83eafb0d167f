import { Duration } from 'cdk8s';
import { IstioCorsPolicy } from './cors-policy';
import { Destination } from './destination';
import { IstioDirectResponse } from './direct-response';
import { IstioHeaders } from './header-operations';
import { HttpFault } from './http-fault';
import { IstioHttpRedirect } from './http-redirect';
import { HttpRetries } from './http-retries';
import { IstioHttpRewrite } from './http-rewrite';
import { IstioHttpMatch } from './istio-http-match';

/**
 * What happens to HTTP requests: exactly one of destinations, redirect, directResponse and delegate. The first route that matches is taken.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export interface VirtualServiceHttpRoute {
  /**
   * A name for logs and statistics.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * The requests, of which one match must fit.
   *
   * @default - every request; such a route is the last, or delegates
   */
  readonly matches?: IstioHttpMatch[];

  /**
   * Where requests go. Several destinations each have a weight.
   *
   * @default - none; the route does one of the other things
   */
  readonly destinations?: HttpDestination[];

  /**
   * Where clients are sent; with neither fault nor rewrite.
   *
   * @default - none; the route does one of the other things
   */
  readonly redirect?: IstioHttpRedirect;

  /**
   * What is answered at once; with neither fault nor rewrite.
   *
   * @default - none; the route does one of the other things
   */
  readonly directResponse?: IstioDirectResponse;

  /**
   * The routes of another team, tried with the requests that this one matches; what none of them takes is left to the next route. A delegate has none
   * of its own.
   *
   * @default - none; the route does one of the other things
   */
  readonly delegate?: IVirtualServiceDelegate;

  /**
   * How requests are changed.
   *
   * @default - they are not
   */
  readonly rewrite?: IstioHttpRewrite;

  /**
   * How long a request may take with all its attempts, at least 1 ms. The delay of a fault comes before, and does not count.
   *
   * @default - as long as it takes
   */
  readonly timeout?: Duration;

  /**
   * Whether failed requests are tried again. What a fault aborts is not.
   *
   * @default - 2 attempts, unless the mesh says otherwise
   */
  readonly retries?: HttpRetries;

  /**
   * Trouble on purpose.
   *
   * @default - none
   */
  readonly fault?: HttpFault;

  /**
   * Where copies of the requests go; the answers to them are thrown away.
   *
   * @default - nowhere
   */
  readonly mirrors?: HttpMirror[];

  /**
   * What scripts of other origins may do.
   *
   * @default - the application answers
   */
  readonly cors?: IstioCorsPolicy;

  /**
   * What happens to headers, whatever the destination.
   *
   * @default - nothing
   */
  readonly headers?: IstioHeaders;
}

/** A destination of HTTP requests and its share. */
export interface HttpDestination {
  /** Where they go. */
  readonly destination: Destination;

  /**
   * Its share, 0 to 1000000, in proportion to the sum. Required when there are several.
   *
   * @default - every request, being the only destination
   */
  readonly weight?: number;

  /**
   * What happens to headers on the way there.
   *
   * @default - nothing
   */
  readonly headers?: IstioHeaders;
}

/** A destination of copies. */
export interface HttpMirror {
  /** Where the copies go. */
  readonly destination: Destination;

  /**
   * The share of requests that is copied, in percent, 0 to 100.
   *
   * @default 100
   */
  readonly percentage?: number;
}

/** Routes that another VirtualService hands requests to: of this app, or in the cluster already. */
export interface IVirtualServiceDelegate {
  /** The name of the VirtualService. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the VirtualService that delegates
   */
  readonly namespace?: string;

  /**
   * The namespaces it is exported to.
   *
   * @default - not known, or all of them
   */
  readonly exportTo?: string[];
}
