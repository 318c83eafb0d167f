import { HttpHeaderMatch, HttpMethod, HttpPathMatch, HttpPathMatchType, HttpQueryParamMatch, HttpRouteMatch } from '../../src';

const EVERY_PATH = { type: 'PathPrefix', value: '/' };

test('a match with every condition', () => {
  // GIVEN
  const path = HttpPathMatch.exact('/cart');
  const headers = [HttpHeaderMatch.exact('x-env', 'staging'), HttpHeaderMatch.regex('user-agent', '^Moz.*')];
  const queryParams = [HttpQueryParamMatch.exact('debug', '1'), HttpQueryParamMatch.regex('id', '[0-9]+')];

  // WHEN
  const match = HttpRouteMatch.of({ path, headers, queryParams, method: HttpMethod.POST });

  // THEN
  expect(match).toMatchObject({ path, headers, queryParams, method: 'POST' });
  expect(match._toKube()).toEqual({
    path: { type: 'Exact', value: '/cart' },
    headers: [{ type: 'Exact', name: 'x-env', value: 'staging' }, { type: 'RegularExpression', name: 'user-agent', value: '^Moz.*' }],
    queryParams: [{ type: 'Exact', name: 'debug', value: '1' }, { type: 'RegularExpression', name: 'id', value: '[0-9]+' }],
    method: 'POST',
  });
});

test.each([
  [HttpRouteMatch.of({}), { path: EVERY_PATH }],
  [HttpRouteMatch.pathPrefix('/api'), { path: { type: 'PathPrefix', value: '/api' } }],
  [HttpRouteMatch.pathExact('/api'), { path: { type: 'Exact', value: '/api' } }],
  [HttpRouteMatch.of({ path: HttpPathMatch.regex('/v[0-9]/.*') }), { path: { type: 'RegularExpression', value: '/v[0-9]/.*' } }],
  [HttpRouteMatch.header('canary', 'true'), { path: EVERY_PATH, headers: [{ type: 'Exact', name: 'canary', value: 'true' }] }],
  [HttpRouteMatch.queryParam('debug', '1'), { path: EVERY_PATH, queryParams: [{ type: 'Exact', name: 'debug', value: '1' }] }],
  [HttpRouteMatch.httpMethod(HttpMethod.GET), { path: EVERY_PATH, method: 'GET' }],
])('short forms: %#', (match, spec) => {
  expect(match._toKube()).toEqual(spec);
});

test('conditions that are not said are not there', () => {
  const { path, headers, queryParams, method } = HttpRouteMatch.of({});
  expect([path, headers, queryParams, method]).toEqual([undefined, undefined, undefined, undefined]);
});

test('header names are unique without regard to case', () => {
  const headers = [HttpHeaderMatch.exact('X-Env', 'a'), HttpHeaderMatch.exact('x-env', 'b')];
  expect(() => HttpRouteMatch.of({ headers })).toThrow('header names of a match must differ from each other, got \'x-env\' twice');
});

test('names of query parameters are unique with regard to case', () => {
  const param = (name: string) => HttpQueryParamMatch.exact(name, 'a');
  expect(() => HttpRouteMatch.of({ queryParams: [param('id'), param('ID')] })).not.toThrow();
  expect(() => HttpRouteMatch.of({ queryParams: [param('id'), param('id')] }))
    .toThrow('query parameter names of a match must differ from each other, got \'id\' twice');
});

test('sixteen conditions of a kind are the most', () => {
  const names = Array.from({ length: 17 }, (_, i) => `x-${i}`);
  expect(() => HttpRouteMatch.of({ headers: names.slice(1).map(name => HttpHeaderMatch.exact(name, 'a')) })).not.toThrow();
  expect(() => HttpRouteMatch.of({ headers: names.map(name => HttpHeaderMatch.exact(name, 'a')) }))
    .toThrow('headers of a match must be at most 16, got 17: match on fewer of them');
  expect(() => HttpRouteMatch.of({ queryParams: names.map(name => HttpQueryParamMatch.exact(name, 'a')) }))
    .toThrow('query parameters of a match must be at most 16, got 17: match on fewer of them');
});

test('paths are normalized', () => {
  expect(HttpPathMatch.prefix('/api')).toMatchObject({ type: HttpPathMatchType.PATH_PREFIX, value: '/api' });
  expect(() => HttpPathMatch.prefix('api')).toThrow('path prefix must start with \'/\', got \'api\'');
  expect(() => HttpPathMatch.exact('/a//b')).toThrow('path must not contain \'//\', got \'/a//b\': write the normalized path');
});

test('a regular expression of a path may be any text', () => {
  expect(() => HttpPathMatch.regex('x'.repeat(1024))).not.toThrow();
  expect(() => HttpPathMatch.regex('')).toThrow('regular expression of a path must have 1 to 1024 characters, got 0');
  expect(() => HttpPathMatch.regex('x'.repeat(1025))).toThrow('regular expression of a path must have 1 to 1024 characters, got 1025');
});

test('headers are such as HTTP has', () => {
  expect(() => HttpHeaderMatch.exact('x env', 'a')).toThrow('header name must be 1 to 256 letters, digits or characters of');
  expect(() => HttpHeaderMatch.regex('x-env', '')).toThrow('value of header \'x-env\' must have 1 to 4096 characters, got 0');
});

test('query parameters are such as Gateway API takes', () => {
  expect(() => HttpQueryParamMatch.exact('a[]', 'a')).toThrow('name of a query parameter must be 1 to 256 letters, digits or characters of');
  expect(() => HttpQueryParamMatch.exact('a', '')).toThrow('value of query parameter \'a\' must have 1 to 1024 characters, got 0');
  expect(() => HttpQueryParamMatch.regex('a', 'x'.repeat(1025))).toThrow('value of query parameter \'a\' must have 1 to 1024 characters, got 1025');
});

describe('a cookie', () => {
  const matches = (cookie: string, name: string, value: string) => new RegExp(HttpHeaderMatch.cookie(name, value).value).test(cookie);

  test.each([
    ['version=next', true], ['a=b; version=next', true], ['version=next; a=b', true], ['a=b;version=next;c=d', true],
    ['version=nextone', false], ['myversion=next', false], ['version=', false], ['a=version=next', false],
  ])('is found among others: %s', (cookie, found) => {
    expect(matches(cookie, 'version', 'next')).toBe(found);
  });

  test('means its characters as they are', () => {
    expect(matches('a.b=1.0', 'a.b', '1.0')).toBe(true);
    expect(matches('aXb=1X0', 'a.b', '1.0')).toBe(false);
    expect(HttpRouteMatch.cookie('a', 'b').headers).toEqual([HttpHeaderMatch.regex('cookie', '^(.*; *)?a=b(;.*)?$')]);
  });

  test.each([['a b', 'c', 'name of a cookie must be 1 to 256 letters'], ['a', 'b;c', "value of cookie 'a' must be printable ASCII without blanks, quotes, commas, semicolons"]])(
    'that is none: %s=%s', (name, value, message) => {
      expect(() => HttpHeaderMatch.cookie(name, value)).toThrow(message);
    });
});
