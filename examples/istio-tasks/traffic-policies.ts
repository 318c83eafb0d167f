import { Chart, Duration } from 'cdk8s';
import { ConnectionPool, DestinationRule, IstioHost, LoadBalancer, OutlierDetection } from 'cdk8s-mesh';

/** One connection and one request at a time; who fails once gets no requests for three minutes. */
export function circuitBreaking(chart: Chart): void {
  new DestinationRule(chart, 'httpbin', {
    metadata: { name: 'httpbin' },
    host: IstioHost.serviceName('httpbin', chart.namespace!),
    trafficPolicy: {
      connectionPool: ConnectionPool.of({ tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } }),
      outlierDetection: OutlierDetection.of({
        consecutive5xxErrors: 1, interval: Duration.seconds(1), baseEjectionTime: Duration.minutes(3), maxEjectionPercent: 100,
      }),
    },
  });
}

/** A region that fails is stood in for by the next one; connections are made anew, so that each request shows where it goes. */
export function localityFailover(chart: Chart): void {
  new DestinationRule(chart, 'helloworld', {
    metadata: { name: 'helloworld' },
    host: IstioHost.serviceName('helloworld', chart.namespace!),
    trafficPolicy: {
      connectionPool: ConnectionPool.of({ http: { maxRequestsPerConnection: 1 } }),
      loadBalancer: LoadBalancer.roundRobin({ locality: { enabled: true, failover: [{ region: 'region1', fallback: 'region2' }] } }),
      outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 1, interval: Duration.seconds(1), baseEjectionTime: Duration.minutes(1) }),
    },
  });
}

/** Most requests stay in their zone, the others go to two more. */
export function localityWeightedDistribution(chart: Chart): void {
  const distribute = [{ clients: 'region1/zone1/*', shares: { 'region1/zone1/*': 70, 'region1/zone2/*': 20, 'region3/zone4/*': 10 } }];
  new DestinationRule(chart, 'helloworld', {
    metadata: { name: 'helloworld' },
    host: IstioHost.serviceName('helloworld', chart.namespace!),
    trafficPolicy: {
      loadBalancer: LoadBalancer.leastRequest({ locality: { enabled: true, distribute } }),
      outlierDetection: OutlierDetection.of({ consecutive5xxErrors: 100, interval: Duration.seconds(1), baseEjectionTime: Duration.minutes(1) }),
    },
  });
}
