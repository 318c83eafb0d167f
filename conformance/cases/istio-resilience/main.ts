import { App, Chart, Duration } from 'cdk8s';
import {
  ConnectionPool, ConsistentHashKey, Destination, DestinationRule, GrpcStatus, HttpFault, HttpRetries, IstioGateway, IstioHost, IstioServer,
  LoadBalancer, OutlierDetection, StringMatch, TrafficPolicy, VirtualService, VirtualServiceHttpRoute, WorkloadSelector,
} from 'cdk8s-mesh';

/** Faults, timeouts and tries of routes; circuit breakers, sticky clients and localities of destinations. */
const app = new App();
const chart = new Chart(app, 'istio-resilience');
const gateway = new IstioGateway(chart, 'edge', {
  metadata: { name: 'edge', namespace: 'edge' },
  selector: WorkloadSelector.labels({ istio: 'edge' }),
  servers: [IstioServer.http({ hosts: ['*.example.com'] })],
});
const to = (service: string) => [{ destination: Destination.host(IstioHost.serviceName(service, 'shop'), { port: 80 }) }];
const on = (path: string) => [{ uri: StringMatch.prefix(path) }];
const host = (name: string, ...httpRoutes: VirtualServiceHttpRoute[]) => new VirtualService(chart, name, {
  metadata: { name, namespace: 'shop' }, hosts: [IstioHost.of(`${name}.example.com`)], gateways: [gateway], httpRoutes,
});
const web = { destinations: to('web-v1') };

host('faults',
  { matches: on('/abort'), fault: HttpFault.abort(418, 100), ...web },
  { matches: on('/half'), fault: HttpFault.abort(418, 50), ...web },
  { matches: on('/never'), fault: HttpFault.abort(418, 0), ...web },
  { matches: on('/shop.Greeter'), fault: HttpFault.abortGrpc(GrpcStatus.UNAVAILABLE, 100), ...web },
  { matches: on('/delay'), fault: HttpFault.delay(Duration.seconds(2), 100), ...web },
  { matches: on('/late-abort'), fault: HttpFault.delay(Duration.seconds(2), 100).combinedWith(HttpFault.abort(503, 100)), ...web },
  { matches: on('/other.Greeter'), destinations: to('greeter') },
  web);
host('times', { matches: on('/one-second'), timeout: Duration.seconds(1), ...web }, web);
host('tries',
  { matches: on('/twice'), retries: HttpRetries.attempts(2, { retryOn: ['503'] }), ...web },
  { matches: on('/none'), retries: HttpRetries.none(), ...web },
  { matches: on('/each'), retries: HttpRetries.attempts(2, { perTryTimeout: Duration.seconds(1), retryOn: ['5xx'] }), ...web });

const ejecting = OutlierDetection.of({
  consecutive5xxErrors: 1, interval: Duration.seconds(1), baseEjectionTime: Duration.minutes(5), maxEjectionPercent: 100,
});
const policies: { [service: string]: TrafficPolicy } = {
  limited: { connectionPool: ConnectionPool.of({ tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 1 } }) },
  watched: { outlierDetection: ejecting },
  sticky: { loadBalancer: LoadBalancer.consistentHash(ConsistentHashKey.header('x-user')) },
  placed: {
    loadBalancer: LoadBalancer.roundRobin({ locality: { failover: [{ region: 'west', fallback: 'east' }] } }),
    outlierDetection: ejecting,
  },
};
for (const [service, trafficPolicy] of Object.entries(policies)) {
  new DestinationRule(chart, `rule-${service}`, {
    metadata: { name: service, namespace: 'shop' }, host: IstioHost.serviceName(service, 'shop'), trafficPolicy,
  });
}
for (const service of [...Object.keys(policies), 'unlimited', 'unwatched', 'scattered', 'anywhere']) {
  host(service, { destinations: to(service), retries: HttpRetries.none() });
}

app.synth();
