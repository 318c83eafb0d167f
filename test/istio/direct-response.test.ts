import { IstioDirectResponse } from '../../src';

test('an answer is a status, with or without a body', () => {
  expect(IstioDirectResponse.status(404)._toKube()).toEqual({ status: 404 });
  expect(IstioDirectResponse.text(503, 'later')._toKube()).toEqual({ status: 503, body: { string: 'later' } });
  expect(IstioDirectResponse.bytes(200, 'aGk=')._toKube()).toEqual({ status: 200, body: { bytes: 'aGk=' } });
});

test.each([199, 600, NaN])('status %d is refused', status => {
  expect(() => IstioDirectResponse.status(status)).toThrow(`status of a direct response must be between 200 and 599, got ${status}`);
});

test('a body has at most a megabyte', () => {
  expect(IstioDirectResponse.text(200, 'x'.repeat(1048576))._toKube().status).toBe(200);
  expect(() => IstioDirectResponse.text(200, 'ä'.repeat(524289))).toThrow(
    'body of a direct response must have at most 1048576 bytes, got 1048578: let a Service answer');
});

test.each(['', 'aGk', 'a-_=', 'no base64'])('\'%s\' is no body in base64', body => {
  expect(() => IstioDirectResponse.bytes(200, body)).toThrow(
    `bytes of a direct response must be base64 with padding, got '${body}': pass buffer.toString('base64')`);
});
