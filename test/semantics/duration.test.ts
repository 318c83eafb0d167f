import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/semantics/duration';

test.each([
  [Duration.seconds(30), '30s'],
  [Duration.seconds(90), '1m30s'],
  [Duration.minutes(90), '1h30m'],
  [Duration.millis(500), '500ms'],
  [Duration.millis(3661001), '1h1m1s1ms'],
  [Duration.days(2), '48h'],
  [Duration.hours(99999), '99999h'],
  [Duration.seconds(0), '0s'],
])('a duration is written in hours, minutes, seconds and milliseconds: %#', (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});

test('half a millisecond cannot be written', () => {
  expect(() => formatDuration(Duration.millis(0.5), 'request timeout')).toThrow('request timeout must be in whole milliseconds and below 100000h, got 0.5ms');
});

test('a number of hours has at most five digits', () => {
  expect(() => formatDuration(Duration.hours(100000))).toThrow('duration must be in whole milliseconds and below 100000h, got 100000h');
});

test.each([
  ['0s', 0], ['10s', 10000], ['1h30m', 5400000], ['500ms', 500], ['1h2m3s4ms', 3723004], ['4ms3s', 3004], ['1s1s', 2000], ['99999h', 359996400000], ['05m', 300000],
])('%s is read', (text, milliseconds) => {
  expect(parseDuration(text).toMilliseconds()).toBe(milliseconds);
});

test.each(['', '10', 's', '1d', '1.5s', '-1s', '1h 2m', '100000s', '1h1h1h1h1h', 'PT5S', '1s\n'])('%j is no duration', text => {
  expect(() => parseDuration(text, 'timeout'))
    .toThrow(`timeout must be one to four numbers of at most five digits, each with h, m, s or ms, got '${text}'`);
});

test('what is written is read again', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 99999 * 3600000 }), milliseconds => {
    expect(parseDuration(formatDuration(Duration.millis(milliseconds))).toMilliseconds()).toBe(milliseconds);
  }));
});
