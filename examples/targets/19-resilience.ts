import { Chart, Duration } from 'cdk8s';
import { ConnectionPool, Destination, DestinationRule, HttpFault, HttpRetries, IstioHost, OutlierDetection, StringMatch, VirtualService } from 'cdk8s-mesh';

export function resilience(chart: Chart): void {
  const ratings = IstioHost.serviceName('ratings', 'shop');
  const metadata = { name: 'ratings', namespace: 'shop' };
  new VirtualService(chart, 'Routes', {
    metadata,
    hosts: [ratings],
    httpRoutes: [
      {
        matches: [{ headers: { 'end-user': StringMatch.exact('tester') } }],
        fault: HttpFault.delay(Duration.seconds(7), 100).combinedWith(HttpFault.abort(503, 10)),
        destinations: [{ destination: Destination.host(ratings) }],
      },
      {
        destinations: [{ destination: Destination.host(ratings) }],
        timeout: Duration.seconds(2),
        retries: HttpRetries.attempts(2, { perTryTimeout: Duration.millis(500), retryOn: ['connect-failure', 'refused-stream', '503'] }),
      },
    ],
  });
  new DestinationRule(chart, 'Limits', {
    metadata,
    host: ratings,
    trafficPolicy: {
      connectionPool: ConnectionPool.of({
        tcp: { maxConnections: 100 },
        http: { http1MaxPendingRequests: 10, maxRequestsPerConnection: 10 },
      }),
      outlierDetection: OutlierDetection.of({
        consecutive5xxErrors: 5,
        interval: Duration.seconds(10),
        baseEjectionTime: Duration.seconds(30),
        maxEjectionPercent: 50,
      }),
    },
  });
}
