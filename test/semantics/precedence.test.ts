import fc from 'fast-check';
import { comparePrecedence, Contender, grpcRank, HttpMatch, httpRank, PrecedenceOptions } from '../../src/semantics/precedence';

const BASE = { kind: 'HTTPRoute', namespace: 'shop', name: 'web', rule: 0, rank: [] };
const http = (match: HttpMatch, more: Partial<Contender> = {}): Contender => ({ ...BASE, rank: httpRank(match), ...more });
const prefix = (value: string, more: HttpMatch = {}): HttpMatch => ({ path: { type: 'PathPrefix', value }, ...more });
const header = (name: string) => ({ name, value: 'x' });

function expectFirst(winner: Contender, loser: Contender, options?: PrecedenceOptions): void {
  expect(comparePrecedence(winner, loser, options)).toBeLessThan(0);
  expect(comparePrecedence(loser, winner, options)).toBeGreaterThan(0);
}

test('an exact path goes before every prefix', () => {
  expectFirst(http({ path: { type: 'Exact', value: '/a' } }), http(prefix('/a/b/c', { method: 'GET', headers: [header('a')] })));
});

test('the longer prefix goes first', () => {
  expectFirst(http(prefix('/v2')), http(prefix('/', { method: 'GET', headers: [header('a'), header('b')] })));
  expectFirst(http(prefix('/a')), http({}));
});

test('a method goes before headers', () => {
  expectFirst(http({ method: 'GET' }), http({ headers: [header('a'), header('b')] }));
});

test('more headers go before query parameters', () => {
  expectFirst(http({ headers: [header('a'), header('b')] }), http({ headers: [header('a')], queryParams: [header('q'), header('r')] }));
});

test('more query parameters go first', () => {
  expectFirst(http({ queryParams: [header('q'), header('r')] }), http({ queryParams: [header('q')] }));
});

test('a regular expression of a path goes last', () => {
  expectFirst(http({}), http({ path: { type: 'RegularExpression', value: '/very/long/.*' } }));
});

test('the hostname goes before all else', () => {
  const [long, wildcard, none] = ['a.example.com', '*.example.com', undefined].map(hostname => ({ hostname }));
  expectFirst(http({}, long), http({ path: { type: 'Exact', value: '/' } }, wildcard));
  expectFirst(http({}, wildcard), http(prefix('/a'), none));
  expectFirst(http({}, { hostname: 'a.b' }), http({}, { hostname: '*.a-very-long-name.example.com' }));
  expectFirst(http({}, { hostname: '*.shop.example.com' }), http({}, { hostname: '*.example.com' }));
});

test('hostnames that come to the same on the listener, with and without the feature', () => {
  // GIVEN the listener foo.example.com, and an older route for all hosts of example.com
  const whole = http({}, { hostname: '*.example.com', name: 'whole', created: 1 });
  const one = http({}, { hostname: 'foo.example.com', name: 'one', created: 2 });
  const listenerHostname = 'foo.example.com';
  // THEN
  expectFirst(whole, one, { listenerHostname });
  expectFirst(one, whole, { listenerHostname, originalHostnames: true });
});

test('a route without hostnames has those of the listener', () => {
  const options = { listenerHostname: 'foo.example.com' };
  expectFirst(http({}, { created: 1 }), http({}, { hostname: 'foo.example.com', created: 2 }), options);
});

test('the service goes before the method, and that before headers', () => {
  const grpc = (rank: readonly number[]): Contender => ({ ...BASE, kind: 'GRPCRoute', rank });
  expectFirst(grpc(grpcRank({ method: { service: 'shop.Cart' } })), grpc(grpcRank({ method: { service: 'Cart', method: 'AddManyThings' } })));
  expectFirst(grpc(grpcRank({ method: { method: 'Add' } })), grpc(grpcRank({ headers: [header('a'), header('b')] })));
  expectFirst(grpc(grpcRank({ headers: [header('a')] })), grpc(grpcRank({})));
});

test('GRPCRoutes go before HTTPRoutes of one host', () => {
  expectFirst({ ...BASE, kind: 'GRPCRoute', rank: grpcRank({}) }, http({ path: { type: 'Exact', value: '/' } }));
});

test('among equals the older route goes first, then the name, then the rule', () => {
  expectFirst(http({}, { name: 'z', created: 1 }), http({}, { name: 'a', created: 2 }));
  expectFirst(http({}, { name: 'z', created: 1 }), http({}, { name: 'a' }));
  expectFirst(http({}, { name: 'a', rule: 7 }), http({}, { name: 'b' }));
  expectFirst(http({}, { namespace: 'a', name: 'z' }), http({}, { namespace: 'b', name: 'a' }));
  expectFirst(http({}, { rule: 1 }), http({}, { rule: 2 }));
  expect(comparePrecedence(http({}), http({}))).toBe(0);
});

describe('it is a total order', () => {
  const count = fc.integer({ min: 0, max: 2 });
  const contender: fc.Arbitrary<Contender> = fc.record({
    kind: fc.constantFrom('HTTPRoute', 'GRPCRoute'),
    namespace: fc.constantFrom('a', 'b'),
    name: fc.constantFrom('a', 'b', 'a-2'),
    created: fc.option(count, { nil: undefined }),
    hostname: fc.constantFrom(undefined, 'a.example.com', 'b.a.example.com', '*.example.com', '*.a.example.com'),
    rule: count,
    rank: fc.array(count, { minLength: 3, maxLength: 3 }),
  });
  const options = fc.record({ listenerHostname: fc.constantFrom(undefined, '*.example.com', '*.a.example.com'), originalHostnames: fc.boolean() });

  test('of any two one goes first, unless they are the same', () => {
    fc.assert(fc.property(contender, contender, options, (a, b, o) => {
      expect(Math.sign(comparePrecedence(a, b, o)) + Math.sign(comparePrecedence(b, a, o))).toBe(0);
      const identity = ({ kind, namespace, name, rule }: Contender) => [kind, namespace, name, rule].join();
      expect(comparePrecedence(a, b, o) === 0 && identity(a) !== identity(b)).toBe(false);
    }), { numRuns: 2000 });
  });

  test('what goes before a second that goes before a third goes before the third', () => {
    fc.assert(fc.property(contender, contender, contender, options, (a, b, c, o) => {
      const [first, second, third] = [a, b, c].sort((x, y) => comparePrecedence(x, y, o));
      expect(comparePrecedence(first, second, o)).toBeLessThanOrEqual(0);
      expect(comparePrecedence(second, third, o)).toBeLessThanOrEqual(0);
      expect(comparePrecedence(first, third, o)).toBeLessThanOrEqual(0);
    }), { numRuns: 2000 });
  });
});
