import { Chart, Duration } from 'cdk8s';
import {
  Destination, DestinationRule, HttpFault, IstioGateway, IstioHost, IstioServer, StringMatch, VirtualService, WorkloadSelector,
} from 'cdk8s-mesh';

/** The user of Bookinfo whom tests are for. */
const JASON = { headers: { 'end-user': StringMatch.exact('jason') } };

/** A service of Bookinfo and its versions, which routes refer to. */
function versions(chart: Chart, name: string, labels: string[] = ['v1', 'v2']): DestinationRule {
  return new DestinationRule(chart, `${name}-versions`, {
    metadata: { name },
    host: IstioHost.serviceName(name, chart.namespace!),
    subsets: labels.map(version => ({ name: version, labels: { version } })),
  });
}

/** Version 2 of reviews for one user, version 1 of everything for the others. */
export function requestRouting(chart: Chart): void {
  const productpage = versions(chart, 'productpage', ['v1']);
  const reviews = versions(chart, 'reviews', ['v1', 'v2', 'v3']);
  const ratings = versions(chart, 'ratings');
  const details = versions(chart, 'details');
  for (const rule of [productpage, ratings, details]) {
    new VirtualService(chart, rule.name, {
      metadata: { name: rule.name },
      hosts: [rule.host],
      httpRoutes: [{ destinations: [{ destination: Destination.subset(rule.subset('v1')) }] }],
    });
  }
  new VirtualService(chart, 'reviews', {
    metadata: { name: 'reviews' },
    hosts: [reviews.host],
    httpRoutes: [
      { matches: [JASON], destinations: [{ destination: Destination.subset(reviews.subset('v2')) }] },
      { destinations: [{ destination: Destination.subset(reviews.subset('v1')) }] },
    ],
  });
}

/** Ratings that fail in some way, for one user. */
function faultForJason(chart: Chart, fault: HttpFault): void {
  const ratings = versions(chart, 'ratings');
  const destinations = [{ destination: Destination.subset(ratings.subset('v1')) }];
  new VirtualService(chart, 'ratings', {
    metadata: { name: 'ratings' }, hosts: [ratings.host], httpRoutes: [{ matches: [JASON], fault, destinations }, { destinations }],
  });
}

export function faultInjectionDelay(chart: Chart): void {
  faultForJason(chart, HttpFault.delay(Duration.seconds(7), 100));
}

export function faultInjectionAbort(chart: Chart): void {
  faultForJason(chart, HttpFault.abort(500, 100));
}

/** Half of the requests get version 3. */
export function trafficShifting(chart: Chart): void {
  const reviews = versions(chart, 'reviews', ['v1', 'v2', 'v3']);
  new VirtualService(chart, 'reviews', {
    metadata: { name: 'reviews' },
    hosts: [reviews.host],
    httpRoutes: [{
      destinations: [
        { destination: Destination.subset(reviews.subset('v1')), weight: 50 },
        { destination: Destination.subset(reviews.subset('v3')), weight: 50 },
      ],
    }],
  });
}

/** A fifth of the connections goes to version 2. */
export function tcpTrafficShifting(chart: Chart): void {
  const gateway = new IstioGateway(chart, 'Gateway', {
    metadata: { name: 'tcp-echo-gateway' },
    selector: WorkloadSelector.labels({ istio: 'ingressgateway' }),
    servers: [IstioServer.tcp({ name: 'tcp', port: 31400, hosts: ['*'] })],
  });
  const tcpEcho = versions(chart, 'tcp-echo');
  new VirtualService(chart, 'tcp-echo', {
    metadata: { name: 'tcp-echo' },
    hosts: [IstioHost.ANY],
    gateways: [gateway],
    tcpRoutes: [{
      matches: [{ port: 31400 }],
      destinations: [
        { destination: Destination.subset(tcpEcho.subset('v1'), { port: 9000 }), weight: 80 },
        { destination: Destination.subset(tcpEcho.subset('v2'), { port: 9000 }), weight: 20 },
      ],
    }],
  });
}

/** Reviews must answer in half a second, which they cannot, as ratings take two. */
export function requestTimeouts(chart: Chart): void {
  const reviews = versions(chart, 'reviews', ['v1', 'v2', 'v3']);
  new VirtualService(chart, 'reviews', {
    metadata: { name: 'reviews' },
    hosts: [reviews.host],
    httpRoutes: [{ destinations: [{ destination: Destination.subset(reviews.subset('v2')) }], timeout: Duration.millis(500) }],
  });
  const ratings = versions(chart, 'ratings');
  new VirtualService(chart, 'ratings', {
    metadata: { name: 'ratings' },
    hosts: [ratings.host],
    httpRoutes: [{
      fault: HttpFault.delay(Duration.seconds(2), 100),
      destinations: [{ destination: Destination.subset(ratings.subset('v1')) }],
    }],
  });
}

/** All requests get version 1; version 2 gets a copy of each. */
export function mirroring(chart: Chart): void {
  const httpbin = versions(chart, 'httpbin');
  new VirtualService(chart, 'httpbin', {
    metadata: { name: 'httpbin' },
    hosts: [httpbin.host],
    httpRoutes: [{
      destinations: [{ destination: Destination.subset(httpbin.subset('v1')), weight: 100 }],
      mirrors: [{ destination: Destination.subset(httpbin.subset('v2')), percentage: 100 }],
    }],
  });
}
