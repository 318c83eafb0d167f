import { Duration } from 'cdk8s';
import { HttpRetries } from '../../src';

test('retries say how often, how long and when', () => {
  expect(HttpRetries.attempts(3, {
    perTryTimeout: Duration.millis(500),
    retryOn: ['connect-failure', 'refused-stream', '503'],
    backoff: Duration.millis(50),
    retryRemoteLocalities: true,
    retryIgnorePreviousHosts: false,
  })._toKube()).toEqual({
    attempts: 3,
    perTryTimeout: '500ms',
    retryOn: 'connect-failure,refused-stream,503',
    backoff: '50ms',
    retryRemoteLocalities: true,
    retryIgnorePreviousHosts: false,
  });
});

test('none is 0 attempts, said aloud', () => {
  expect(HttpRetries.none()._toKube()).toEqual({ attempts: 0 });
});

test.each([0, -1, 1.5, NaN, 2 ** 31])('%d attempts are refused', attempts => {
  expect(() => HttpRetries.attempts(attempts)).toThrow(`attempts must be between 1 and 2147483647, got ${attempts}: use HttpRetries.none() not to try again`);
});

test.each(['connect failure', '5XX', '499', '', 'refused-stream,503'])('%p is no condition', condition => {
  expect(() => HttpRetries.attempts(1, { retryOn: [condition] })).toThrow(`got '${condition}'`);
});

test.each([['perTryTimeout', { perTryTimeout: Duration.millis(0) }], ['backoff of retries', { backoff: Duration.millis(0) }]])('%s is at least 1ms', (what, options) => {
  expect(() => HttpRetries.attempts(1, options)).toThrow(`${what} must be at least 1ms, got 0s: leave it out for the default`);
});

test('conditions are said, or left out', () => {
  expect(() => HttpRetries.attempts(1, { retryOn: [] })).toThrow(
    'retryOn must name at least one condition, got none: leave it out for the default, or use HttpRetries.none()');
});
