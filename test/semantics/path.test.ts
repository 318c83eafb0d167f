import { checkPath, matchesPath, narrowerPath, PathRange, prefixElements } from '../../src/semantics/path';

test.each(['/', '/api', '/api/', '/a.b/~c', '/%20', '/a!$&\'()*+,;=:@', '/..a', '/.well-known/x', `/${'x'.repeat(1023)}`])('%s is a path', path => {
  expect(checkPath(path)).toBe(path);
});

test.each(['', 'api', '*'])('\'%s\' does not start with a slash', path => {
  expect(() => checkPath(path, 'path prefix')).toThrow(`path prefix must start with '/', got '${path}'`);
});

test('a path has an end', () => {
  expect(() => checkPath('/' + 'x'.repeat(1024))).toThrow('path must have at most 1024 characters, got 1025');
});

test.each([
  ['/a//b', '//'], ['/a/./b', '/./'], ['/a/../b', '/../'], ['/a%2fb', '%2f'], ['/a%2Fb', '%2F'], ['/a#b', '#'], ['/a/..', '/..'], ['/a/.', '/.'],
])('%s is not normalized', (path, part) => {
  expect(() => checkPath(path)).toThrow(`path must not contain '${part}', got '${path}': write the normalized path`);
});

test.each(['/a b', '/a?b=c', '/ä', '/%2', '/[a]'])('%s has characters to escape', path => {
  expect(() => checkPath(path)).toThrow(`path must consist of path characters and percent escapes, got '${path}': escape the others as %XX`);
});

test('a slash at the end of a prefix does not count', () => {
  expect(prefixElements('/api/')).toBe('/api');
  expect(prefixElements('/api')).toBe('/api');
  expect(prefixElements('/')).toBe('');
});

const exact = (value: string): PathRange => ({ type: 'Exact', value });
const prefix = (value: string): PathRange => ({ type: 'PathPrefix', value });

test.each([
  [prefix('/'), prefix('/api'), prefix('/api')],
  [prefix('/api'), prefix('/'), prefix('/api')],
  [prefix('/api'), prefix('/api/v1'), prefix('/api/v1')],
  [prefix('/api'), exact('/api'), exact('/api')],
  [exact('/api/v1'), prefix('/api'), exact('/api/v1')],
  [exact('/api'), exact('/api'), exact('/api')],
  [exact('/api'), exact('/web'), undefined],
  [prefix('/api'), prefix('/apis'), undefined],
  [exact('/apis'), prefix('/api'), undefined],
  [exact('/api'), prefix('/api/v1'), undefined],
])('the paths that both %j and %j match', (a, b, narrower) => {
  expect(narrowerPath(a, b)).toEqual(narrower);
});

test.each([
  ['PathPrefix', '/abc', ['/abc', '/abc/', '/abc/def', '/abc//'], ['/abcd', '/ab', '/', '/ABC', '/x/abc']],
  ['PathPrefix', '/abc/', ['/abc', '/abc/', '/abc/def'], ['/abcd', '/ab']],
  ['PathPrefix', '/', ['/', '/abc', '/a/b'], []],
  ['Exact', '/abc', ['/abc'], ['/abc/', '/abc/def', '/Abc', '/']],
  ['Exact', '/abc/', ['/abc/'], ['/abc']],
])('%s %s', (type, value, taken, left) => {
  expect(taken.filter(path => !matchesPath({ type, value }, path))).toEqual([]);
  expect(left.filter(path => matchesPath({ type, value }, path))).toEqual([]);
});
