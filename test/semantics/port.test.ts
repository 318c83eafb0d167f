import { checkPort } from '../../src/semantics/port';

test.each([1, 80, 65535])('%d is a port', port => {
  expect(checkPort(port)).toBe(port);
});

test.each([0, 65536, -1, 80.5, NaN])('%d is no port', port => {
  expect(() => checkPort(port, 'port of the host')).toThrow(`port of the host must be between 1 and 65535, got ${port}`);
});
