import { Duration } from 'cdk8s';
import { formatDuration } from '../../src/semantics/duration';

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
  expect(() => formatDuration(Duration.millis(0.5), 'request timeout')).toThrow('request timeout must be in whole milliseconds and below 100000 hours, got ');
});

test('a number of hours has at most five digits', () => {
  expect(() => formatDuration(Duration.hours(100000))).toThrow('duration must be in whole milliseconds and below 100000 hours, got ');
});
