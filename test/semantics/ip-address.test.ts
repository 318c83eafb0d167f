import { checkIpAddress, isIpAddress } from '../../src/semantics/ip-address';

test.each(['10.1.2.3', '2001:db8::1', '::1'])('%s is an IP address', address => {
  expect(isIpAddress(address)).toBe(true);
  expect(checkIpAddress(address, 'address')).toBe(address);
});

test.each(['', '10.1.2', '10.1.2.256', 'example.com', '10.0.0.0/8'])('\'%s\' is no IP address', address => {
  expect(isIpAddress(address)).toBe(false);
  expect(() => checkIpAddress(address, 'address')).toThrow(`address must be an IP address such as 10.1.2.3 or 2001:db8::1, got '${address}'`);
});
