import { Testing } from 'cdk8s';
import { Backend, Gateway, GrpcRoute, GrpcRouteFilter, RouteParent } from '../../src';

const backend = Backend.serviceName('copy', { port: 50051 });
const BACKEND_REF = { group: '', kind: 'Service', name: 'copy', port: 50051 };

function written(filter: GrpcRouteFilter) {
  const chart = Testing.chart();
  new GrpcRoute(chart, 'Route', { parents: [RouteParent.gateway(Gateway.fromGatewayName('edge'))], rules: [{ filters: [filter] }] });
  return Testing.synth(chart)[0].spec.rules[0].filters[0];
}

test('headers of the call and of the response', () => {
  const modifier = { set: { 'x-a': '1', 'x-b': '2' }, add: { 'x-c': '3' }, remove: ['x-d'] };
  const spec = { set: [{ name: 'x-a', value: '1' }, { name: 'x-b', value: '2' }], add: [{ name: 'x-c', value: '3' }], remove: ['x-d'] };
  expect(written(GrpcRouteFilter.requestHeaders(modifier))).toEqual({ type: 'RequestHeaderModifier', requestHeaderModifier: spec });
  expect(written(GrpcRouteFilter.responseHeaders(modifier))).toEqual({ type: 'ResponseHeaderModifier', responseHeaderModifier: spec });
  expect(written(GrpcRouteFilter.responseHeaders({ remove: ['server'] })).responseHeaderModifier).toEqual({ remove: ['server'] });
});

test('header modifiers that say nothing, too much or the impossible', () => {
  expect(() => GrpcRouteFilter.requestHeaders({})).toThrow('a header modifier needs a header to set, add or remove, got none: leave the filter out');
  expect(() => GrpcRouteFilter.responseHeaders({ set: { 'X-A': '1' }, remove: ['x-a'] }))
    .toThrow('header names of a modifier must differ from each other, got \'x-a\' twice');
  expect(() => GrpcRouteFilter.requestHeaders({ add: { 'x a': '1' } })).toThrow('header name must be 1 to 256 letters');
});

test('mirrors, of all calls or of some', () => {
  expect(written(GrpcRouteFilter.mirror({ backend }))).toEqual({ type: 'RequestMirror', requestMirror: { backendRef: BACKEND_REF } });
  expect(written(GrpcRouteFilter.mirror({ backend, percent: 0 })).requestMirror).toEqual({ backendRef: BACKEND_REF, percent: 0 });
  expect(written(GrpcRouteFilter.mirror({ backend, fraction: { numerator: 1, denominator: 1000 } })).requestMirror)
    .toEqual({ backendRef: BACKEND_REF, fraction: { numerator: 1, denominator: 1000 } });
  expect(written(GrpcRouteFilter.mirror({ backend, fraction: { numerator: 5 } })).requestMirror)
    .toEqual({ backendRef: BACKEND_REF, fraction: { numerator: 5, denominator: 100 } });
});

test('mirrors of an impossible share', () => {
  expect(() => GrpcRouteFilter.mirror({ backend, percent: 42, fraction: { numerator: 1 } })).toThrow('a mirror takes percent or fraction, got both 42 and 1/100');
  expect(() => GrpcRouteFilter.mirror({ backend, percent: 101 })).toThrow('percent of a mirror must be between 0 and 100, got 101');
  expect(() => GrpcRouteFilter.mirror({ backend, fraction: { numerator: 2, denominator: 1 } })).toThrow('got 2/1');
});

test('a filter of the implementation\'s own', () => {
  expect(written(GrpcRouteFilter.extension({ group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'limit' })))
    .toEqual({ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'limit' } });
  expect(() => GrpcRouteFilter.extension({ group: 'example.com', kind: 'Limit', name: 'A B' }))
    .toThrow('name of the extension must be a DNS subdomain');
});
