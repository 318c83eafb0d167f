import { Duration } from 'cdk8s';
import { CookieLifetime, SessionPersistence } from '../../src';

test('a cookie that the implementation names', () => {
  expect(SessionPersistence.cookie()._toKube()).toEqual({ type: 'Cookie', cookie: { path: '/', lifetimeType: 'Session' } });
});

test('every field of a cookie', () => {
  const session = SessionPersistence.cookie({
    name: 'cart', path: '/shop', lifetime: CookieLifetime.PERMANENT, absoluteTimeout: Duration.hours(12),
  });
  expect(session._toKube()).toEqual({
    type: 'Cookie', absoluteTimeout: '12h', cookie: { name: 'cart', path: '/shop', lifetimeType: 'Permanent' },
  });
});

test('a header', () => {
  expect(SessionPersistence.header('X-Session', { absoluteTimeout: Duration.minutes(90) })._toKube())
    .toEqual({ type: 'Header', absoluteTimeout: '1h30m', header: { name: 'X-Session' } });
  expect(SessionPersistence.header('X-Session')._toKube()).toEqual({ type: 'Header', header: { name: 'X-Session' } });
});

test('a permanent cookie needs an end', () => {
  expect(() => SessionPersistence.cookie({ lifetime: CookieLifetime.PERMANENT }))
    .toThrow('a permanent session cookie needs an end, got none: pass absoluteTimeout, or use CookieLifetime.SESSION');
});

test.each([
  ['shop', 'path of a session cookie must start with \'/\' and have no \';\', got \'shop\''],
  ['', 'path of a session cookie must start with \'/\' and have no \';\', got \'\''],
  ['/a;b', 'path of a session cookie must start with \'/\' and have no \';\', got \'/a;b\''],
  ['/a\nb', 'path of a session cookie must start with \'/\' and have no \';\', got \'/a\nb\''],
  [`/${'a'.repeat(1024)}`, 'path of a session cookie must have at most 1024 characters, got 1025'],
])('a path that is refused, %#', (path, message) => {
  expect(() => SessionPersistence.cookie({ path })).toThrow(message);
});

test('names are those of headers', () => {
  expect(() => SessionPersistence.cookie({ name: 'a b' })).toThrow('name of a session cookie must be 1 to 256 letters');
  expect(() => SessionPersistence.header('')).toThrow('name of a session header must be 1 to 256 letters');
});

test('timeouts are whole milliseconds', () => {
  expect(() => SessionPersistence.header('a', { absoluteTimeout: Duration.millis(0.5) }))
    .toThrow('absolute timeout of a session must be in whole milliseconds and below 100000h, got 0.5ms');
});
