import { Duration, Testing } from 'cdk8s';
import {
  Backend, Gateway, HttpHeaderMatch, HttpPathMatch, HttpPathModifier, HttpRedirectScheme, HttpRoute, HttpRouteFilter,
  HttpRouteMatch, HttpRouteRule, RouteParent,
} from '../../src';

const PARENTS = [RouteParent.gateway(Gateway.fromGatewayName('edge'))];
const backend = Backend.serviceName('backend', { port: 80 });
const redirect = HttpRouteFilter.redirect({ scheme: HttpRedirectScheme.HTTPS });
const rewrite = HttpRouteFilter.rewrite({ hostname: 'in.example.com' });
const byPrefix = HttpRouteFilter.rewrite({ path: HttpPathModifier.replacePrefixMatch('/new') });

function written(rule: HttpRouteRule) {
  const chart = Testing.chart();
  new HttpRoute(chart, 'Route', { parents: PARENTS, rules: [rule] });
  return Testing.synth(chart)[0].spec.rules[0];
}

const EVERY_REQUEST = [{ path: { type: 'PathPrefix', value: '/' } }];

test('an empty rule is about every request', () => {
  expect(written({})).toEqual({ matches: EVERY_REQUEST });
});

test('empty parts stay', () => {
  expect(written({ matches: [], filters: [], backends: [], timeouts: {}, retry: {} }))
    .toEqual({ matches: [], filters: [], backendRefs: [], timeouts: {}, retry: { attempts: 1 } });
});

test('a rule with everything said', () => {
  expect(written({
    name: 'cart.v1',
    matches: [HttpRouteMatch.pathPrefix('/cart'), HttpRouteMatch.header('canary', 'true')],
    filters: [rewrite],
    backends: [
      { backend, weight: 90 },
      { backend: Backend.serviceName('next', { port: 8080 }), weight: 10, filters: [HttpRouteFilter.requestHeaders({ set: { 'x-next': '1' } })] },
    ],
    timeouts: { request: Duration.seconds(10), backendRequest: Duration.millis(2500) },
    retry: { attempts: 3, codes: [500, 503], backoff: Duration.millis(100) },
  })).toEqual({
    name: 'cart.v1',
    matches: [
      { path: { type: 'PathPrefix', value: '/cart' } },
      { path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'canary', value: 'true' }] },
    ],
    filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'in.example.com' } }],
    backendRefs: [
      { group: '', kind: 'Service', name: 'backend', port: 80, weight: 90 },
      {
        group: '',
        kind: 'Service',
        name: 'next',
        port: 8080,
        weight: 10,
        filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-next', value: '1' }] } }],
      },
    ],
    timeouts: { request: '10s', backendRequest: '2s500ms' },
    retry: { attempts: 3, codes: [500, 503], backoff: '100ms' },
  });
});

test('retries can be switched off, and timeouts be without end', () => {
  expect(written({ retry: { attempts: 0 }, timeouts: { request: Duration.seconds(0), backendRequest: Duration.seconds(5) } }))
    .toMatchObject({ retry: { attempts: 0 }, timeouts: { request: '0s', backendRequest: '5s' } });
});

test.each<[HttpRouteRule, string]>([
  [{ name: 'Cart' }, "name must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got 'Cart'"],
  [{ name: '' }, "name must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got ''"],
  [{ backends: Array(17).fill({ backend }) },
    'backends must be at most 16, got 17: a second rule for the same requests would never get one, so put several backends behind one Service'],
  [{ filters: Array(17).fill(HttpRouteFilter.mirror({ backend })) }, 'filters must be at most 16, got 17: use fewer of them'],
  [{ backends: [{ backend, filters: Array(17).fill(HttpRouteFilter.mirror({ backend })) }] }, 'filters of backend 1 must be at most 16, got 17: use fewer of them'],
  [{ filters: [redirect], backends: [{ backend }] }, 'a rule with a redirect must have no backends, got 1: remove the backends, or the redirect'],
  [{ filters: [redirect, rewrite] }, 'filters must not have a redirect and a rewrite, got both: remove one of them'],
  [{ backends: [{ backend, filters: [rewrite, redirect] }] }, 'filters of backend 1 must not have a redirect and a rewrite, got both: remove one of them'],
  [{ backends: [{ backend, weight: -1 }] }, 'weight of backend 1 must be between 0 and 1000000, got -1'],
  [{ backends: [{ backend, weight: 0 }] }, 'backends must have a weight above 0 for at least one destination, got 0: every request would fail, raise one of them'],
  [{ backends: [{ backend, weight: 0 }, { backend, weight: 0 }] }, 'backends must have a weight above 0 for at least one destination, got 0, 0: every request would fail, raise one of them'],
  [{ timeouts: { request: Duration.seconds(1), backendRequest: Duration.seconds(2) } }, 'backend request timeout must be at most the request timeout of 1s, got 2s'],
  [{ timeouts: { request: Duration.millis(0.5) } }, 'request timeout must be in whole milliseconds'],
  [{ timeouts: { backendRequest: Duration.hours(100000) } }, 'backend request timeout must be in whole milliseconds and below 100000h, got 100000h'],
  [{ retry: { attempts: -1 } }, 'attempts of a retry must be a whole number from 0, which is off, got -1'],
  [{ retry: { attempts: 1.5 } }, 'attempts of a retry must be a whole number from 0, which is off, got 1.5'],
  [{ retry: { codes: [399] } }, 'codes of a retry must be between 400 and 599, got 399'],
  [{ retry: { codes: [503, 600] } }, 'codes of a retry must be between 400 and 599, got 600'],
  [{ retry: { codes: [503, 503] } }, 'codes of a retry must differ from each other, got \'503\' twice'],
  [{ retry: { backoff: Duration.millis(0.5) } }, 'backoff of a retry must be in whole milliseconds'],
])('a rule that cannot be: %#', (rule, message) => {
  expect(() => written(rule)).toThrow(message);
});

test('codes of a retry go from 400 to 599', () => {
  expect(written({ retry: { codes: [400, 599] } }).retry.codes).toEqual([400, 599]);
});

test('one weight above 0 is enough', () => {
  expect(written({ backends: [{ backend, weight: 0 }, { backend }] }).backendRefs.map(({ weight }: { weight: number }) => weight)).toEqual([0, 1]);
});

test.each([
  ['RequestHeaderModifier', HttpRouteFilter.requestHeaders({ remove: ['x-a'] })],
  ['ResponseHeaderModifier', HttpRouteFilter.responseHeaders({ remove: ['x-a'] })],
  ['RequestRedirect', redirect],
  ['URLRewrite', rewrite],
  ['CORS', HttpRouteFilter.cors({})],
])('%s comes once in a list', (type, filter) => {
  const message = `must differ from each other, got '${type}' twice: join them into one`;
  expect(() => written({ filters: [filter, filter] })).toThrow(`: types of the filters ${message}`);
  expect(() => written({ backends: [{ backend, filters: [filter, filter] }] })).toThrow(`: types of the filters of backend 1 ${message}`);
});

test('mirrors and extensions repeat, and lists are told apart', () => {
  const extension = HttpRouteFilter.extension({ group: 'example.com', kind: 'Foo', name: 'a' });
  const mirror = HttpRouteFilter.mirror({ backend });
  expect(() => written({ filters: [mirror, mirror, extension, extension, rewrite], backends: [{ backend, filters: [rewrite] }] })).not.toThrow();
});

test.each<[string, HttpRouteMatch[] | undefined]>([
  ['no match', undefined],
  ['a prefix', [HttpRouteMatch.pathPrefix('/old')]],
  ['no path', [HttpRouteMatch.header('x-a', '1')]],
])('a prefix can be replaced where there is just one: %s', (_, matches) => {
  expect(() => written({ matches, filters: [byPrefix], backends: [{ backend, filters: [byPrefix] }] })).not.toThrow();
});

test.each<[HttpRouteMatch[], string]>([
  [[], 'none'],
  [[HttpRouteMatch.pathExact('/old')], 'Exact'],
  [[HttpRouteMatch.of({ path: HttpPathMatch.regex('/o.*') })], 'RegularExpression'],
  [[HttpRouteMatch.pathPrefix('/old'), HttpRouteMatch.of({ headers: [HttpHeaderMatch.exact('x-a', '1')] })], 'PathPrefix, PathPrefix'],
])('a prefix cannot be replaced where there is not just one: %#', (matches, got) => {
  const message = `replacePrefixMatch needs a rule with exactly one match, by path prefix, got ${got}: write one rule for each prefix`;
  const redirectByPrefix = HttpRouteFilter.redirect({ path: HttpPathModifier.replacePrefixMatch('/new') });
  expect(() => written({ matches, filters: [byPrefix] })).toThrow(message);
  expect(() => written({ matches, filters: [redirectByPrefix] })).toThrow(message);
  expect(() => written({ matches, backends: [{ backend, filters: [byPrefix] }] })).toThrow(message);
});
