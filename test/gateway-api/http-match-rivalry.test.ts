import { HTTP_RIVALRY } from '../../src/gateway-api/http-match-rivalry';
import { HttpMatch } from '../../src/semantics/precedence';

const prefix = (value: string): HttpMatch => ({ path: { type: 'PathPrefix', value } });
const exact = (value: string): HttpMatch => ({ path: { type: 'Exact', value } });
const regex = (value: string): HttpMatch => ({ path: { type: 'RegularExpression', value } });
const header = (name: string, value: string, type = 'Exact'): HttpMatch => ({ headers: [{ type, name, value }] });
const query = (name: string, value: string, type = 'Exact'): HttpMatch => ({ queryParams: [{ type, name, value }] });

test.each<[string, HttpMatch, HttpMatch, string]>([
  ['every request', {}, {}, 'path prefix \'/\''],
  ['one prefix', prefix('/a'), prefix('/a'), 'path prefix \'/a\''],
  ['one prefix, whether or not the last slash counts', prefix('/a'), prefix('/a/'), 'path prefix \'/a/\''],
  ['one path', exact('/a'), exact('/a'), 'path \'/a\''],
  ['one method', { method: 'GET' }, { method: 'GET' }, 'path prefix \'/\', method GET'],
  ['different headers', header('a', '1'), header('b', '1'), 'path prefix \'/\', 1 header'],
  ['one header of one value', header('a', '1'), header('A', '1'), 'path prefix \'/\', 1 header'],
  ['a header that may have the value', header('a', '1'), header('a', '.', 'RegularExpression'), 'path prefix \'/\', 1 header'],
  ['different query parameters', query('a', '1'), query('A', '2'), 'path prefix \'/\', 1 query parameter'],
  ['two headers', { headers: [{ name: 'a', value: '1' }, { name: 'b', value: '2' }] },
    { headers: [{ name: 'b', value: '2' }, { name: 'c', value: '3' }] }, 'path prefix \'/\', 2 headers'],
])('%s: a tie', (_, a, b, how) => {
  expect(HTTP_RIVALRY.tie(a, b)).toBe(`some request matches both by ${how}`);
  expect(HTTP_RIVALRY.tie(b, a)).toBeDefined();
});

test.each<[string, HttpMatch, HttpMatch]>([
  ['a longer prefix', prefix('/a'), prefix('/a/b')],
  ['other prefixes of one length', prefix('/a'), prefix('/b')],
  ['a prefix and a path', prefix('/a'), exact('/a')],
  ['different paths', exact('/a'), exact('/b')],
  ['different methods', { method: 'GET' }, { method: 'PUT' }],
  ['a method and none', { method: 'GET' }, {}],
  ['different values of a header', header('a', '1'), header('A', '2')],
  ['a header more', header('a', '1'), {}],
  ['different values of a query parameter', query('a', '1'), query('a', '2')],
  ['a query parameter more', query('a', '1'), {}],
  ['regular expressions with different methods', { ...regex('/a'), method: 'GET' }, { ...regex('/a'), method: 'PUT' }],
  ['a regular expression and a path with different headers', { ...regex('/a'), ...header('a', '1') }, { ...exact('/a'), ...header('a', '2') }],
])('%s: no tie', (_, a, b) => {
  expect(HTTP_RIVALRY.tie(a, b)).toBeUndefined();
  expect(HTTP_RIVALRY.tie(b, a)).toBeUndefined();
});

test.each<HttpMatch>([exact('/x'), prefix('/x/y'), regex('/b'), { ...exact('/x'), method: 'GET' }])('a regular expression ties with %j', match => {
  expect(HTTP_RIVALRY.tie(regex('/a.*'), match)).toBe('the regular expression \'/a.*\' has no certain rank, and may match any path');
  expect(HTTP_RIVALRY.tie(match, regex('/a.*'))).toContain('has no certain rank');
});
