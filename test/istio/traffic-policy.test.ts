import { Duration, Testing } from 'cdk8s';
import { Service } from 'cdk8s-plus-28';
import {
  ClientTls, ConnectionPool, DestinationRule, HttpConnectionPool, IstioHost, LoadBalancer, OutlierDetection, ProxyProtocolVersion, TrafficPolicy,
  TunnelProtocol,
} from '../../src';

const backend = IstioHost.serviceName('backend', 'shop');
const connectionPool = ConnectionPool.of({ tcp: { maxConnections: 100 } });
const outlierDetection = OutlierDetection.of({ consecutive5xxErrors: 5 });
const loadBalancer = LoadBalancer.random();
const tls = ClientTls.istioMutual();

const spec = (trafficPolicy: TrafficPolicy | undefined, subsetPolicy?: TrafficPolicy, host = backend) => {
  const chart = Testing.chart();
  new DestinationRule(chart, 'Backend', { host, trafficPolicy, subsets: subsetPolicy && [{ name: 'v1', trafficPolicy: subsetPolicy }] });
  return Testing.synth(chart)[0].spec;
};
const written = (policy: TrafficPolicy) => spec(policy).trafficPolicy;

test('a policy writes every field', () => {
  expect(written({ loadBalancer, connectionPool, outlierDetection, tls })).toEqual({
    loadBalancer: { simple: 'RANDOM' },
    connectionPool: { tcp: { maxConnections: 100 } },
    outlierDetection: { consecutive5xxErrors: 5 },
    tls: { mode: 'ISTIO_MUTUAL' },
  });
  expect(written({
    proxyProtocol: ProxyProtocolVersion.V2,
    retryBudget: { percent: 0, minRetryConcurrency: 1, budgetInterval: Duration.seconds(0) },
  })).toEqual({ proxyProtocol: { version: 'V2' }, retryBudget: { percent: 0, minRetryConcurrency: 1, budgetInterval: '0s' } });
  expect(written({ tunnel: { targetHost: 'example.com', targetPort: 443, protocol: TunnelProtocol.POST } }))
    .toEqual({ tunnel: { targetHost: 'example.com', targetPort: 443, protocol: 'POST' } });
  expect(written({ tunnel: { targetHost: '10.0.0.1', targetPort: 443 } })).toEqual({ tunnel: { targetHost: '10.0.0.1', targetPort: 443 } });
  expect(written({ retryBudget: {} })).toEqual({ retryBudget: {} });
});

test('the settings of a port repeat what Istio would reset there', () => {
  const portLevelSettings = [{ port: 443, tls: ClientTls.simple() }, { port: 80, loadBalancer: LoadBalancer.roundRobin() }];
  expect(written({ loadBalancer, connectionPool, outlierDetection, tls, portLevelSettings }).portLevelSettings)
    .toEqual([
      {
        port: { number: 443 },
        loadBalancer: { simple: 'RANDOM' },
        connectionPool: { tcp: { maxConnections: 100 } },
        outlierDetection: { consecutive5xxErrors: 5 },
        tls: { mode: 'SIMPLE' },
      },
      {
        port: { number: 80 },
        loadBalancer: { simple: 'ROUND_ROBIN' },
        connectionPool: { tcp: { maxConnections: 100 } },
        outlierDetection: { consecutive5xxErrors: 5 },
        tls: { mode: 'ISTIO_MUTUAL' },
      },
    ]);
});

test('the settings of a port of a subset repeat what the rule says for the port, then for all', () => {
  const ofRule = [{ port: 443, loadBalancer: LoadBalancer.roundRobin(), outlierDetection }];
  const ofSubset = [
    { port: 443, connectionPool: ConnectionPool.of({ http: { maxRetries: 1 } }) },
    { port: 80, outlierDetection: OutlierDetection.of({}) },
  ];
  const { subsets } = spec(
    { loadBalancer, connectionPool, tls: ClientTls.disable(), portLevelSettings: ofRule },
    { tls, portLevelSettings: ofSubset },
  );
  expect(subsets[0].trafficPolicy).toEqual({
    tls: { mode: 'ISTIO_MUTUAL' },
    portLevelSettings: [
      {
        port: { number: 443 },
        connectionPool: { http: { maxRetries: 1 } },
        tls: { mode: 'ISTIO_MUTUAL' },
        loadBalancer: { simple: 'ROUND_ROBIN' },
        outlierDetection: { consecutive5xxErrors: 5 },
      },
      {
        port: { number: 80 },
        outlierDetection: {},
        tls: { mode: 'ISTIO_MUTUAL' },
        loadBalancer: { simple: 'RANDOM' },
        connectionPool: { tcp: { maxConnections: 100 } },
      },
    ],
  });
});

test('a port alone is enough', () => {
  expect(spec(undefined, { portLevelSettings: [{ port: 443, tls: ClientTls.istioMutual({ sni: 'httpbin.org' }) }] }).subsets[0].trafficPolicy)
    .toEqual({ portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'ISTIO_MUTUAL', sni: 'httpbin.org' } }] });
});

test('what cannot be repeated at a port is refused beside its settings', () => {
  const portLevelSettings = [{ port: 443, tls }];
  expect(() => written({ retryBudget: {}, proxyProtocol: ProxyProtocolVersion.V1, portLevelSettings })).toThrow(
    'proxyProtocol and retryBudget would be lost at port 443: Istio does not apply it to ports with settings of their own; ' +
    'set it on the subsets, or leave portLevelSettings out');
  expect(() => spec({ portLevelSettings }, { retryBudget: {} })).not.toThrow();
});

test('a policy and its ports say something', () => {
  expect(() => written({})).toThrow('a traffic policy must say at least one thing, got none: leave it out');
  expect(() => written({ portLevelSettings: [] })).toThrow('a traffic policy must say at least one thing');
  expect(() => written({ tls, portLevelSettings: [{ port: 80 }] })).toThrow('portLevelSettings of port 80 must say at least one thing, got none');
});

test('ports are those of the host, each once', () => {
  expect(() => written({ portLevelSettings: [{ port: 80, tls }, { port: 80, loadBalancer }] })).toThrow(
    'port 80 has portLevelSettings already: write them as one');
  const service = new Service(Testing.chart(), 'Backend', { metadata: { name: 'backend', namespace: 'shop' }, ports: [{ port: 80 }] });
  expect(() => spec({ portLevelSettings: [{ port: 81, tls }] }, undefined, IstioHost.service(service))).toThrow(
    'host \'backend.shop.svc.cluster.local\' has no port 81: it has 80');
});

test('a budget of retries stands in place of their number', () => {
  const pool = (http: HttpConnectionPool) => ConnectionPool.of({ http });
  expect(() => written({ retryBudget: {}, connectionPool: pool({ maxRetries: 3 }) })).toThrow(
    'a traffic policy takes either retryBudget or maxRetries of the connectionPool, got both: the budget counts in place of maxRetries');
  expect(() => written({ retryBudget: {}, connectionPool: pool({ http2MaxRequests: 3 }) })).not.toThrow();
});

test('there are at most 4096 ports', () => {
  const ports = (n: number) => () => written({ portLevelSettings: Array.from({ length: n }, (_, i) => ({ port: i + 1, tls })) });
  expect(ports(4096)).not.toThrow();
  expect(ports(4097)).toThrow('portLevelSettings must be for at most 4096 ports, got 4097');
});

test('tunnel and PROXY protocol exclude each other', () => {
  expect(() => written({ proxyProtocol: ProxyProtocolVersion.V1, tunnel: { targetHost: 'a.com', targetPort: 1 } })).toThrow(
    'a traffic policy takes either tunnel or proxyProtocol, got both');
});

test('failover needs outlier detection, of the policy or of the rule', () => {
  const failover = LoadBalancer.random({ locality: { failoverPriority: ['a'] } });
  const message = 'failover of a load balancer needs outlierDetection: without it no endpoint is ever left out for another';
  expect(() => written({ loadBalancer: failover })).toThrow(message);
  expect(() => written({ portLevelSettings: [{ port: 80, loadBalancer: failover }] })).toThrow(message);
  expect(() => spec({ outlierDetection }, { loadBalancer: failover, portLevelSettings: [{ port: 80, tls }] })).not.toThrow();
  expect(() => written({ loadBalancer: LoadBalancer.random({ zoneAware: { failover: [{ region: 'us', fallback: 'eu' }] } }), outlierDetection })).not.toThrow();
});

test('numbers of budgets and tunnels are in range', () => {
  expect(() => written({ retryBudget: { percent: 101 } })).toThrow('percent of a retry budget must be between 0 and 100, got 101');
  expect(() => written({ retryBudget: { minRetryConcurrency: 0 } })).toThrow('minRetryConcurrency must be between 1 and 4294967295, got 0');
  expect(() => written({ tunnel: { targetHost: '*.a.com', targetPort: 1 } })).toThrow('targetHost of a tunnel must name one host, got \'*.a.com\'');
  expect(() => written({ tunnel: { targetHost: 'a.com', targetPort: 0 } })).toThrow('targetPort of a tunnel must be between 1 and 65535, got 0');
});
