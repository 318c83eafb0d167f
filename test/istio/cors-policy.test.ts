import { Duration } from 'cdk8s';
import { IstioCorsPolicy, StringMatch, UnmatchedPreflights } from '../../src';

const allowOrigins = [StringMatch.exact('https://example.com')];

test('a policy writes every field', () => {
  expect(IstioCorsPolicy.of({
    allowOrigins: [...allowOrigins, StringMatch.regex('https://.*')],
    allowMethods: ['GET', '*'],
    allowHeaders: ['x-a'],
    exposeHeaders: ['*'],
    maxAge: Duration.hours(24),
    allowCredentials: false,
    unmatchedPreflights: UnmatchedPreflights.IGNORE,
  })._toKube()).toEqual({
    allowOrigins: [{ exact: 'https://example.com' }, { regex: 'https://.*' }],
    allowMethods: ['GET', '*'],
    allowHeaders: ['x-a'],
    exposeHeaders: ['*'],
    maxAge: '24h',
    allowCredentials: false,
    unmatchedPreflights: 'IGNORE',
  });
});

test.each([StringMatch.present(), StringMatch.exact(''), StringMatch.prefix('')])('an empty origin is refused', origin => {
  expect(() => IstioCorsPolicy.of({ allowOrigins: [origin] })).toThrow('an allowed origin must not be empty: use StringMatch.regex(\'.*\') for every origin');
});

test('a policy allows some origin', () => {
  expect(() => IstioCorsPolicy.of({ allowOrigins: [] })).toThrow('a CORS policy must allow at least one origin, got none: leave the policy out');
});

test('methods and headers must be such', () => {
  expect(() => IstioCorsPolicy.of({ allowOrigins, allowMethods: ['get'] })).toThrow('allowMethods must be some of GET, HEAD, POST');
  expect(() => IstioCorsPolicy.of({ allowOrigins, allowHeaders: ['x a'] })).toThrow('allowHeaders must be the name of an HTTP header, got \'x a\'');
  expect(() => IstioCorsPolicy.of({ allowOrigins, exposeHeaders: [''] })).toThrow('exposeHeaders must be the name of an HTTP header, got \'\'');
});

test('maxAge is in whole seconds, at least one', () => {
  expect(() => IstioCorsPolicy.of({ allowOrigins, maxAge: Duration.millis(1500) })).toThrow('maxAge must be in whole seconds');
  expect(() => IstioCorsPolicy.of({ allowOrigins, maxAge: Duration.seconds(0) })).toThrow('maxAge must be at least 1ms, got 0s');
});
