import { App, Chart } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Bookinfo } from './bookinfo';
import { IstioHost, StringMatch, VirtualService, VirtualServiceHttpRoute } from 'cdk8s-mesh';

export interface RoutesProps {
  readonly bookinfo: Bookinfo;
  /** The routes of reviews. */
  readonly reviews: VirtualServiceHttpRoute[];
  /** The routes of ratings; by default nothing in particular. */
  readonly ratings?: VirtualServiceHttpRoute[];
}

/** Somebody who logged in: productpage says who it is in this header, and reviews passes it on. */
export const JASON = { headers: { 'end-user': StringMatch.exact('jason') } };

/**
 * The routes of a task. Each task writes both VirtualServices, always under the same names, so that one task replaces another, and leaves nothing of it behind.
 */
export class Routes extends Chart {
  constructor(scope: Construct, id: string, { bookinfo, reviews, ratings }: RoutesProps) {
    super(scope, id);
    const route = (service: Service, httpRoutes: VirtualServiceHttpRoute[]) => new VirtualService(this, service.name, {
      metadata: { name: service.name, namespace: service.metadata.namespace },
      hosts: [IstioHost.service(service)],
      httpRoutes,
    });
    route(bookinfo.reviews.service, reviews);
    route(bookinfo.ratings.service, ratings ?? [{ destinations: [{ destination: bookinfo.ratings.all }] }]);
  }
}

/** Which version of reviews visitors see. */
export function makeRoutingTasks(app: App, bookinfo: Bookinfo): void {
  const { reviews } = bookinfo;

  // No stars.
  new Routes(app, 'route-all-to-v1', { bookinfo, reviews: [{ destinations: [{ destination: reviews.version('v1') }] }] });

  // Black stars for Jason.
  new Routes(app, 'route-by-user', {
    bookinfo,
    reviews: [
      { matches: [JASON], destinations: [{ destination: reviews.version('v2') }] },
      { destinations: [{ destination: reviews.version('v1') }] },
    ],
  });

  // Red stars for every second visit.
  new Routes(app, 'route-by-weight', {
    bookinfo,
    reviews: [{ destinations: [{ destination: reviews.version('v1'), weight: 50 }, { destination: reviews.version('v3'), weight: 50 }] }],
  });

  // No stars, while v3 gets a copy of each request, and nobody waits for its answer.
  new Routes(app, 'mirror', {
    bookinfo,
    reviews: [{ destinations: [{ destination: reviews.version('v1') }], mirrors: [{ destination: reviews.version('v3') }] }],
  });
}
