import { checkDnsLabel, checkDnsSubdomain, hostSlug, serviceHost } from '../../src/semantics/names';

test.each(['a', 'shop', 'shop-1', '1a', 'x'.repeat(63)])('%s is a DNS label', label => {
  expect(checkDnsLabel(label, 'name')).toBe(label);
});

test.each(['', 'Shop', '-a', 'a-', 'a.b', 'a_b'])('\'%s\' is no DNS label', label => {
  expect(() => checkDnsLabel(label, 'name')).toThrow(`name must be a DNS label (lower case letters, digits and inner dashes), got '${label}'`);
});

test('a DNS label that is too long is refused with its length', () => {
  const label = 'x'.repeat(64);
  expect(() => checkDnsLabel(label, 'name')).toThrow(`name must have at most 63 characters, got '${label}' with 64: choose a shorter name`);
});

test.each(['a', 'a.b', 'shop.example.com', 'a-b.c-d', 'a.'.repeat(126) + 'a'])('%s is a DNS subdomain', name => {
  expect(checkDnsSubdomain(name, 'name')).toBe(name);
});

test.each(['', '.a', 'a.', 'a..b', 'A.b', '*.a', 'a.'.repeat(127) + 'a'])('\'%s\' is no DNS subdomain', name => {
  expect(() => checkDnsSubdomain(name, 'name'))
    .toThrow(`name must be a DNS subdomain (lower case letters, digits, inner dashes and dots, at most 253 characters), got '${name}'`);
});

test('a host becomes a part of a name', () => {
  expect(hostSlug('shop.example.com')).toBe('shop-example-com');
  expect(hostSlug('*.shop.example.com')).toBe('wildcard-shop-example-com');
});

test('a Service has a host in the cluster\'s domain', () => {
  expect(serviceHost('backend', 'shop')).toBe('backend.shop.svc.cluster.local');
  expect(serviceHost('backend', 'shop', 'corp.local')).toBe('backend.shop.svc.corp.local');
});
