import { App, Chart } from 'cdk8s';
import {
  Backend, GatewayApi, GatewayApiChannel, GrpcRoute, GrpcRouteFilter, GrpcRouteMatch, HttpHeaderMatch, HttpRoute, HttpRouteFilter, HttpRouteMatch,
  HttpRouteRule,
} from '../../src';

const metadata = { name: 'web', namespace: 'shop' };
const backend = Backend.serviceName('web', { port: 80 });
const modifier = { set: { 'x-a': 'a  b' } };
const PATTERN = 'must be printable ASCII with single blanks inside only, got';
const { STANDARD, EXPERIMENTAL } = GatewayApiChannel;

function chart(channel: GatewayApiChannel): Chart {
  const app = new App();
  GatewayApi.declare(app, { channel });
  return new Chart(app, 'test');
}

const RULES: [string, HttpRouteRule, string][] = [
  ['an expression with two blanks', { matches: [HttpRouteMatch.of({ headers: [HttpHeaderMatch.regex('x-a', 'a  b')] })] }, 'a  b'],
  ['a value that is no ASCII', { matches: [HttpRouteMatch.header('x-a', 'é')] }, 'é'],
  ['a header of requests', { filters: [HttpRouteFilter.requestHeaders(modifier)] }, 'a  b'],
  ['a header of responses', { filters: [HttpRouteFilter.responseHeaders({ add: { 'x-a': 'ü' } })] }, 'ü'],
  ['a header for one backend', { backends: [{ backend, filters: [HttpRouteFilter.requestHeaders(modifier)] }] }, 'a  b'],
];

describe.each(RULES)('%s', (_, rule, value) => {
  test('is for HTTPRoutes of the standard channel', () => {
    expect(() => new HttpRoute(chart(STANDARD), 'Route', { metadata, rules: [rule] })).not.toThrow();
  });

  test('is refused in the experimental channel', () => {
    const route = new HttpRoute(chart(EXPERIMENTAL), 'Route', { metadata, rules: [{}] });
    expect(() => route.addRule(rule)).toThrow(`spec.rules[1] of HTTPRoute 'web': value of header 'x-a' ${PATTERN} '${value}'`);
    expect(route._toKube().rules).toHaveLength(1);
  });
});

test('GRPCRoutes may match on any value, and modify as HTTPRoutes do', () => {
  const matches = [GrpcRouteMatch.header('x-a', 'a  b')];
  const filters = [GrpcRouteFilter.requestHeaders(modifier)];
  const rules = (channel: GatewayApiChannel, rule: object) => () => new GrpcRoute(chart(channel), 'Route', { metadata, rules: [rule] });
  expect(rules(STANDARD, { matches, filters })).not.toThrow();
  expect(rules(EXPERIMENTAL, { matches })).not.toThrow();
  expect(rules(EXPERIMENTAL, { filters })).toThrow(`spec.rules[0] of GRPCRoute 'web': value of header 'x-a' ${PATTERN} 'a  b'`);
});
