import { checkHostname, checkPreciseHostname, compareHostnames, covers, intersect, isWildcard } from '../../src/semantics/hostname';

test.each(['shop.example.com', '*.example.com', 'localhost', '1.example.com', 'a--b.c', '1.2.3', 'a.'.repeat(126) + 'a'])('%s is a hostname', host => {
  expect(checkHostname(host)).toBe(host);
});

test.each(['', '*', '*example.com', 'a.*.com', 'Shop.example.com', '-a.com', 'a..b', 'a.com.', '10.0.0.1', 'a.com:80'])(
  '\'%s\' is no hostname', host => {
    expect(() => checkHostname(host, 'host')).toThrow(`host must be a lower case DNS name, optionally starting with '*.', got '${host}'`);
  });

test('a precise hostname is no wildcard, and a hostname', () => {
  expect(checkPreciseHostname('shop.example.com')).toBe('shop.example.com');
  expect(() => checkPreciseHostname('*.example.com')).toThrow('hostname must name one host, got \'*.example.com\': wildcards are not allowed here');
  expect(() => checkPreciseHostname('Shop')).toThrow('hostname must be a lower case DNS name, optionally starting with \'*.\', got \'Shop\'');
});

test('a hostname has at most 253 characters', () => {
  const host = `${'a.'.repeat(127)}a`;
  expect(() => checkHostname(host, 'host')).toThrow(`host must have at most 253 characters, got 255: '${host}'`);
});

test('a wildcard begins with a star', () => {
  expect(isWildcard('*.example.com')).toBe(true);
  expect(isWildcard('shop.example.com')).toBe(false);
});

test.each([
  ['shop.example.com', 'shop.example.com', true],
  ['shop.example.com', 'web.example.com', false],
  ['*.example.com', 'shop.example.com', true],
  ['*.example.com', 'a.shop.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'shopexample.com', false],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', '*.shop.example.com', true],
  ['*.shop.example.com', '*.example.com', false],
  ['shop.example.com', '*.example.com', false],
])('whether %s covers %s: %s', (a, b, covered) => {
  expect(covers(a, b)).toBe(covered);
});

test.each([
  [undefined, undefined, { host: undefined }],
  [undefined, 'a.com', { host: 'a.com' }],
  ['a.com', undefined, { host: 'a.com' }],
  ['*.a.com', 'x.a.com', { host: 'x.a.com' }],
  ['x.a.com', '*.a.com', { host: 'x.a.com' }],
  ['*.a.com', '*.x.a.com', { host: '*.x.a.com' }],
  ['a.com', 'b.com', undefined],
  ['*.a.com', 'a.com', undefined],
])('the hosts that both %s and %s stand for', (a, b, both) => {
  expect(intersect(a, b)).toEqual(both);
});

test('the most specific hostname goes first', () => {
  const hostnames = [undefined, '*.example.com', 'a.b', '*.shop.example.com', 'a.shop.example.com', `*.${'a.'.repeat(120)}b`];
  expect([...hostnames].sort((a, b) => compareHostnames(a ?? undefined, b ?? undefined))).toEqual([
    'a.shop.example.com', 'a.b', `*.${'a.'.repeat(120)}b`, '*.shop.example.com', '*.example.com', undefined,
  ]);
  expect(compareHostnames(undefined, '*.com')).toBeGreaterThan(0);
  expect(compareHostnames('a.com', 'b.com')).toBe(0);
});
