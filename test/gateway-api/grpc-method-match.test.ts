import { GrpcMethod, GrpcMethodMatch, GrpcMethodMatchType } from '../../src';

test.each<[GrpcMethod]>([
  [{ service: 'shop.Checkout', method: 'Pay' }],
  [{ service: 'shop.Checkout' }],
  [{ method: 'Pay' }],
  [{ service: '_a1.b_C', method: '_9' }],
  [{ service: `s${'x'.repeat(1023)}`, method: `m${'x'.repeat(1023)}` }],
])('just these names: %j', names => {
  const match = GrpcMethodMatch.exact(names);
  expect(match.type).toBe(GrpcMethodMatchType.EXACT);
  expect([match.service, match.method]).toEqual([names.service, names.method]);
});

test.each<[GrpcMethod]>([
  [{ service: 'shop\\..*', method: 'Get.+' }],
  [{ service: '.*' }],
  [{ method: '.' }],
])('names that expressions match: %j', expressions => {
  const match = GrpcMethodMatch.regex(expressions);
  expect(match.type).toBe(GrpcMethodMatchType.REGULAR_EXPRESSION);
  expect([match.service, match.method]).toEqual([expressions.service, expressions.method]);
});

test.each<[GrpcMethod, string]>([
  [{}, 'a gRPC method match needs a service or a method, got none: leave the match out for every call'],
  [{ service: '' }, 'gRPC service of a match must have 1 to 1024 characters, got 0'],
  [{ method: '' }, 'gRPC method of a match must have 1 to 1024 characters, got 0'],
  [{ service: 's'.repeat(1025) }, 'gRPC service of a match must have 1 to 1024 characters, got 1025'],
  [{ method: 'm'.repeat(1025) }, 'gRPC method of a match must have 1 to 1024 characters, got 1025'],
])('names and expressions that cannot be: %j', (names, message) => {
  expect(() => GrpcMethodMatch.exact(names)).toThrow(message);
  expect(() => GrpcMethodMatch.regex(names)).toThrow(message);
});

test.each(['.*', 'shop.', 'shop..Checkout', '1shop', 'shop/Checkout', 'shop-api.Checkout', 'ſhop'])('a service that is no protobuf name: %s', service => {
  expect(() => GrpcMethodMatch.exact({ service })).toThrow(service.startsWith('.') ?
    `gRPC service of a match must not start with a dot, got '${service}'` :
    `gRPC service of a match must be a protobuf name such as 'shop.Checkout', got '${service}': use GrpcMethodMatch.regex for a pattern`);
});

test('a service with the leading dot that no call has', () => {
  expect(() => GrpcMethodMatch.exact({ service: '.shop.Checkout' }))
    .toThrow('gRPC service of a match must not start with a dot, got \'.shop.Checkout\': write \'shop.Checkout\', calls are made to that');
});

test.each(['.*', 'Pay.Now', '1Pay', '/Pay', 'Pay-Now'])('a method that is no identifier: %s', method => {
  expect(() => GrpcMethodMatch.exact({ method }))
    .toThrow(`gRPC method of a match must be an identifier such as 'Pay', got '${method}': use GrpcMethodMatch.regex for a pattern`);
});
