import { GrpcMethodMatch, GrpcRouteMatch, HttpHeaderMatch } from '../../src';

test('every call', () => {
  expect(GrpcRouteMatch.of({})._toKube()).toEqual({});
  expect(GrpcRouteMatch.of({ headers: [] })._toKube()).toEqual({ headers: [] });
});

test('a service, a method of it, a header', () => {
  expect(GrpcRouteMatch.service('shop.Checkout')._toKube()).toEqual({ method: { type: 'Exact', service: 'shop.Checkout' } });
  expect(GrpcRouteMatch.serviceMethod('shop.Checkout', 'Pay')._toKube())
    .toEqual({ method: { type: 'Exact', service: 'shop.Checkout', method: 'Pay' } });
  expect(GrpcRouteMatch.header('canary', 'true')._toKube()).toEqual({ headers: [{ type: 'Exact', name: 'canary', value: 'true' }] });
});

test('all conditions at once', () => {
  const method = GrpcMethodMatch.regex({ service: 'shop\\..+', method: 'Get.*' });
  const headers = [HttpHeaderMatch.exact('tenant', 'blue'), HttpHeaderMatch.regex('x-release', 'v[23]')];
  const match = GrpcRouteMatch.of({ method, headers });
  expect(match.method).toBe(method);
  expect(match.headers).toBe(headers);
  expect(match._toKube()).toEqual({
    method: { type: 'RegularExpression', service: 'shop\\..+', method: 'Get.*' },
    headers: [{ type: 'Exact', name: 'tenant', value: 'blue' }, { type: 'RegularExpression', name: 'x-release', value: 'v[23]' }],
  });
});

test('sixteen headers are the most, each name once', () => {
  const headers = (count: number) => Array.from({ length: count }, (_, i) => HttpHeaderMatch.exact(`x-${i}`, '1'));
  expect(GrpcRouteMatch.of({ headers: headers(16) }).headers).toHaveLength(16);
  expect(() => GrpcRouteMatch.of({ headers: headers(17) })).toThrow('headers of a match must be at most 16, got 17: match on fewer of them');
  expect(() => GrpcRouteMatch.of({ headers: [HttpHeaderMatch.exact('X-A', '1'), HttpHeaderMatch.regex('x-a', '2')] }))
    .toThrow('header names of a match must differ from each other, got \'x-a\' twice');
});

test('what cannot be in a header, or is no name', () => {
  expect(() => GrpcRouteMatch.header('x a', '1')).toThrow('header name must be 1 to 256 letters');
  expect(() => GrpcRouteMatch.header('x-a', '')).toThrow('value of header \'x-a\' must have 1 to 4096 characters, got 0');
  expect(() => GrpcRouteMatch.service('shop/Checkout')).toThrow('gRPC service of a match must be a protobuf name');
  expect(() => GrpcRouteMatch.serviceMethod('shop.Checkout', 'Pay!')).toThrow('gRPC method of a match must be an identifier');
});
