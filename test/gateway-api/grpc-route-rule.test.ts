import { App, Duration, Testing, Chart } from 'cdk8s';
import {
  Backend, Gateway, GatewayApi, GatewayApiChannel, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, GrpcRouteRule, RouteParent, SessionPersistence,
} from '../../src';

const PARENTS = [RouteParent.gateway(Gateway.fromGatewayName('edge'))];
const backend = Backend.serviceName('checkout', { port: 50051 });
const setsHeader = GrpcRouteFilter.requestHeaders({ set: { 'x-route': '1' } });
const mirror = GrpcRouteFilter.mirror({ backend });
const extension = GrpcRouteFilter.extension({ group: 'example.com', kind: 'Limit', name: 'limit' });

function experimental(): Chart {
  const app = new App();
  GatewayApi.declare(app, { channel: GatewayApiChannel.EXPERIMENTAL });
  return new Chart(app, 'test');
}

function written(rule: GrpcRouteRule, chart = Testing.chart()) {
  new GrpcRoute(chart, 'Route', { parents: PARENTS, rules: [rule] });
  return Testing.synth(chart)[0].spec.rules[0];
}

const adding = (rule: GrpcRouteRule) => () => new GrpcRoute(Testing.chart(), 'Route').addRule(rule);

test('an empty rule is about every call, and nothing has to say so', () => {
  expect(written({})).toEqual({});
});

test('empty parts stay', () => {
  expect(written({ matches: [], filters: [], backends: [] })).toEqual({ matches: [], filters: [], backendRefs: [] });
});

test('a rule with everything said', () => {
  expect(written({
    name: 'pay.v1',
    matches: [GrpcRouteMatch.serviceMethod('shop.Checkout', 'Pay'), GrpcRouteMatch.header('canary', 'true')],
    filters: [setsHeader, mirror],
    backends: [
      { backend, weight: 90 },
      { backend: Backend.serviceName('checkout-v2', { port: 9000 }), weight: 0, filters: [GrpcRouteFilter.responseHeaders({ add: { 'x-version': '2' } })] },
      { backend: Backend.serviceName('checkout-v3', { port: 9001 }) },
    ],
    sessionPersistence: SessionPersistence.header('x-session', { absoluteTimeout: Duration.hours(1) }),
  }, experimental())).toEqual({
    name: 'pay.v1',
    matches: [
      { method: { type: 'Exact', service: 'shop.Checkout', method: 'Pay' } },
      { headers: [{ type: 'Exact', name: 'canary', value: 'true' }] },
    ],
    filters: [
      { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-route', value: '1' }] } },
      { type: 'RequestMirror', requestMirror: { backendRef: { group: '', kind: 'Service', name: 'checkout', port: 50051 } } },
    ],
    backendRefs: [
      { group: '', kind: 'Service', name: 'checkout', port: 50051, weight: 90 },
      {
        group: '',
        kind: 'Service',
        name: 'checkout-v2',
        port: 9000,
        weight: 0,
        filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { add: [{ name: 'x-version', value: '2' }] } }],
      },
      { group: '', kind: 'Service', name: 'checkout-v3', port: 9001, weight: 1 },
    ],
    sessionPersistence: { type: 'Header', absoluteTimeout: '1h', header: { name: 'x-session' } },
  });
});

test('a session by cookie', () => {
  expect(written({ sessionPersistence: SessionPersistence.cookie({ name: 'checkout' }) }, experimental()).sessionPersistence)
    .toEqual({ type: 'Cookie', cookie: { name: 'checkout', path: '/', lifetimeType: 'Session' } });
});

test('mirrors and extensions may repeat', () => {
  expect(written({ filters: [mirror, mirror, extension, extension] }).filters).toHaveLength(4);
});

test.each<[string, GrpcRouteRule, string]>([
  ['a name', { name: 'Pay' }, 'name must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got \'Pay\''],
  ['17 backends', { backends: Array(17).fill({ backend }) },
    'backends must be at most 16, got 17: a second rule for the same calls would never get one, so put several backends behind one Service'],
  ['17 filters', { filters: Array(17).fill(mirror) }, 'filters must be at most 16, got 17: use fewer of them'],
  ['17 filters of a backend', { backends: [{ backend, filters: Array(17).fill(mirror) }] },
    'filters of backend 1 must be at most 16, got 17: use fewer of them'],
  ['one filter twice', { filters: [setsHeader, setsHeader] }, "types of the filters must differ from each other, got 'RequestHeaderModifier' twice: join them into one"],
  ['one filter of a backend twice', { backends: [{ backend, filters: [setsHeader, setsHeader] }] },
    "types of the filters of backend 1 must differ from each other, got 'RequestHeaderModifier' twice: join them into one"],
  ['a weight', { backends: [{ backend, weight: 1000001 }] }, 'weight of backend 1 must be between 0 and 1000000, got 1000001'],
  ['weights of nothing', { backends: [{ backend, weight: 0 }] },
    'backends must have a weight above 0 for at least one destination, got 0: every request would fail, raise one of them'],
])('a rule that cannot be: %s', (_, rule, message) => {
  expect(adding(rule)).toThrow(message);
});
