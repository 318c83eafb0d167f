import { IstioHttpRewrite } from '../../src';

test('a rewrite is of the path, by prefix or pattern, or of the host', () => {
  expect(IstioHttpRewrite.uri('/', { authority: 'a.example.com' })._toKube()).toEqual({ uri: '/', authority: 'a.example.com' });
  expect(IstioHttpRewrite.uriRegex('^/a/(.*)$', '/b/\\1')._toKube()).toEqual({ uriRegexRewrite: { match: '^/a/(.*)$', rewrite: '/b/\\1' } });
  expect(IstioHttpRewrite.authority('a.example.com')._toKube()).toEqual({ authority: 'a.example.com' });
});

test('nothing of it is empty', () => {
  expect(() => IstioHttpRewrite.uri('')).toThrow('uri of a rewrite must not be empty');
  expect(() => IstioHttpRewrite.authority('')).toThrow('authority of a rewrite must not be empty');
  expect(() => IstioHttpRewrite.uriRegex('', '/b')).toThrow('match of a rewrite must not be empty');
  expect(() => IstioHttpRewrite.uriRegex('a', '')).toThrow('replacement of a rewrite must not be empty');
});

test('a pattern is RE2', () => {
  expect(() => IstioHttpRewrite.uriRegex('(?!a)', '/b')).toThrow('match of a rewrite must be an RE2 pattern, got \'(?!\'');
});

test('a replacement names groups of the pattern', () => {
  const written = (match: string, replacement: string) => () => IstioHttpRewrite.uriRegex(match, replacement);
  expect(written('/(?P<a>x)/(?:b)/[(](y)', '/\\2/\\1/\\0')).not.toThrow();
  expect(written('/a', '/\\\\1')).not.toThrow();
  expect(written('/(?:a)/\\(b', '/\\1')).toThrow('replacement of a rewrite must name groups of \'/(?:a)/\\(b\', which has 0, got \'\\1\'');
});
