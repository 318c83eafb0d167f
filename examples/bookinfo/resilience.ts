import { App, Chart, Duration } from 'cdk8s';
import { Bookinfo } from './bookinfo';
import { JASON, Routes } from './routing';
import { ConnectionPool, DestinationRule, HttpFault, IstioHost, OutlierDetection } from 'cdk8s-mesh';

/** What becomes of visitors when ratings is slow or out of order, and of details when it has too much to do. */
export function makeResilienceTasks(app: App, bookinfo: Bookinfo): void {
  const { reviews, ratings, details } = bookinfo;
  const toRatings = [{ destination: ratings.all }];
  const jasonSeesStars = [
    { matches: [JASON], destinations: [{ destination: reviews.version('v2') }] },
    { destinations: [{ destination: reviews.version('v1') }] },
  ];

  // Longer than productpage waits for reviews: Jason sees that two timeouts of two teams do not fit together.
  new Routes(app, 'fault-delay', {
    bookinfo,
    reviews: jasonSeesStars,
    ratings: [{ matches: [JASON], fault: HttpFault.delay(Duration.seconds(7), 100), destinations: toRatings }, { destinations: toRatings }],
  });

  // Jason reads that ratings are not available, and the reviews all the same.
  new Routes(app, 'fault-abort', {
    bookinfo,
    reviews: jasonSeesStars,
    ratings: [{ matches: [JASON], fault: HttpFault.abort(500, 100), destinations: toRatings }, { destinations: toRatings }],
  });

  // Reviews has half a second, of which ratings takes two.
  new Routes(app, 'request-timeout', {
    bookinfo,
    reviews: [{ destinations: [{ destination: reviews.version('v2') }], timeout: Duration.millis(500) }],
    ratings: [{ fault: HttpFault.delay(Duration.seconds(2), 100), destinations: toRatings }],
  });

  // One request at a time, and one that waits. A pod that fails once gets none for three minutes.
  const circuitBreaker = new Chart(app, 'circuit-breaker');
  new DestinationRule(circuitBreaker, 'Details', {
    metadata: { name: details.service.name, namespace: details.service.metadata.namespace },
    host: IstioHost.service(details.service),
    trafficPolicy: {
      connectionPool: ConnectionPool.of({ tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } }),
      outlierDetection: OutlierDetection.of({
        consecutive5xxErrors: 1,
        interval: Duration.seconds(1),
        baseEjectionTime: Duration.minutes(3),
        maxEjectionPercent: 100,
      }),
    },
  });
}
