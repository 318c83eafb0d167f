import { Chart, Duration, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  GrpcRoute, HttpRoute, LinkerdEgressNetwork, LinkerdFailureAccrual, LinkerdGrpcRetry, LinkerdGrpcRetryCondition,
  LinkerdHttpRetry, LinkerdHttpRetryCondition, LinkerdTimeouts, LinkerdTrafficPolicy, RouteParent,
} from '../../src';

function objects() {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const parents = [RouteParent.producerServiceName('web')];
  return {
    http: new HttpRoute(chart, 'Http', { metadata: { name: 'http' }, parents, rules: [{}] }),
    grpc: new GrpcRoute(chart, 'Grpc', { metadata: { name: 'grpc' }, parents, rules: [{}] }),
    service: new Service(chart, 'Service', { metadata: { name: 'web' }, ports: [{ port: 80 }] }),
    network: new LinkerdEgressNetwork(chart, 'Network', { metadata: { name: 'outside' }, trafficPolicy: LinkerdTrafficPolicy.DENY }),
    annotations: () => Object.fromEntries((Testing.synth(chart) as any[]).map(({ kind, metadata }) => [kind, metadata.annotations])),
  };
}

describe('timeouts', () => {
  test('are annotations of routes, Services and EgressNetworks', () => {
    // GIVEN
    const { http, grpc, service, network, annotations } = objects();
    const timeouts = LinkerdTimeouts.of({ request: Duration.seconds(90), response: Duration.millis(500), idle: Duration.minutes(60) });

    // WHEN
    timeouts.addToHttpRoute(http);
    timeouts.addToGrpcRoute(grpc);
    timeouts.addToService(service);
    timeouts.addToEgressNetwork(network);

    // THEN
    const written = { 'timeout.linkerd.io/request': '90s', 'timeout.linkerd.io/response': '500ms', 'timeout.linkerd.io/idle': '1h' };
    expect(annotations()).toEqual({ HTTPRoute: written, GRPCRoute: written, Service: written, EgressNetwork: written });
  });

  test('say something', () => {
    expect(() => LinkerdTimeouts.of({})).toThrow('timeouts of Linkerd need at least one, got none: pass request, response or idle');
  });

  test('are said once', () => {
    const { http } = objects();
    LinkerdTimeouts.of({ request: Duration.seconds(1) }).addToHttpRoute(http);
    expect(() => LinkerdTimeouts.of({ request: Duration.seconds(2) }).addToHttpRoute(http))
      .toThrow('HTTPRoute \'http\' has annotation timeout.linkerd.io/request: 1s already, got timeouts with 2s: say it once');
    expect(() => LinkerdTimeouts.of({ idle: Duration.seconds(2) }).addToHttpRoute(http)).not.toThrow();
  });
});

describe('retries', () => {
  test('of HTTP are annotations of HTTPRoutes, Services and EgressNetworks', () => {
    // GIVEN
    const { http, service, network, annotations } = objects();
    const { SERVER_ERROR, GATEWAY_ERROR } = LinkerdHttpRetryCondition;
    const conditions = [SERVER_ERROR, GATEWAY_ERROR, LinkerdHttpRetryCondition.status(429), LinkerdHttpRetryCondition.statusRange(500, 504)];
    const retry = LinkerdHttpRetry.after(conditions, { limit: 3, timeout: Duration.millis(300) });

    // WHEN
    retry.addToHttpRoute(http);
    retry.addToService(service);
    retry.addToEgressNetwork(network);

    // THEN
    const written = { 'retry.linkerd.io/http': '5xx,gateway-error,429,500-504', 'retry.linkerd.io/limit': '3', 'retry.linkerd.io/timeout': '300ms' };
    expect(annotations()).toEqual({ HTTPRoute: written, Service: written, EgressNetwork: written });
  });

  test('of gRPC are annotations of GRPCRoutes, Services and EgressNetworks', () => {
    // GIVEN
    const { grpc, service, network, annotations } = objects();
    const retry = LinkerdGrpcRetry.after(Object.values(LinkerdGrpcRetryCondition));

    // WHEN
    retry.addToGrpcRoute(grpc);
    retry.addToService(service);
    retry.addToEgressNetwork(network);

    // THEN
    const written = { 'retry.linkerd.io/grpc': 'cancelled,deadline-exceeded,resource-exhausted,internal,unavailable' };
    expect(annotations()).toEqual({ GRPCRoute: written, Service: written, EgressNetwork: written });
  });

  test('have each condition once', () => {
    const { SERVER_ERROR } = LinkerdHttpRetryCondition;
    expect(() => LinkerdHttpRetry.after([SERVER_ERROR, SERVER_ERROR])).toThrow('conditions of retries must differ from each other, got \'5xx\' twice');
  });
});

describe('failure accrual', () => {
  test('is annotations of Services and EgressNetworks', () => {
    // GIVEN
    const { service, network, annotations } = objects();
    const accrual = LinkerdFailureAccrual.consecutive({
      maxFailures: 5, minPenalty: Duration.seconds(2), maxPenalty: Duration.minutes(5), jitterRatio: 0.1,
    });

    // WHEN
    accrual.addToService(service);
    LinkerdFailureAccrual.consecutive().addToEgressNetwork(network);

    // THEN
    expect(annotations()).toEqual({
      Service: {
        'balancer.linkerd.io/failure-accrual': 'consecutive',
        'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '5',
        'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '2s',
        'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '5m',
        'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio': '0.1',
      },
      EgressNetwork: { 'balancer.linkerd.io/failure-accrual': 'consecutive' },
    });
  });
});
